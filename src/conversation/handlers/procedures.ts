import type { ProcedureCard } from '../../knowledge/knowledge.ts';
import { findCardPart } from '../card-parts.ts';
import type { CardPart, Command } from '../commands.ts';
import { toMenu, toPerson } from '../offers.ts';
import { payloadFor } from '../payloads.ts';
import { lines, paragraphs, type Answer, type ConversationDeps, type Scene } from '../scene.ts';
import type { Choice } from '../turn.ts';
import { isTooUncertain, MAX_OFFERS, saySource, sayWholeSource, weigh, worthOffering } from './cards.ts';
import { toLastTopic } from './last-topic.ts';

type Wanted = Command & { readonly kind: 'procedure_info' };
type Deps = Pick<ConversationDeps, 'knowledge'>;

/** What most people come for; offered when nothing was asked for in particular. */
const COMMON_IDS: readonly string[] = [
  'khai-sinh',
  'thuong-tru',
  'tam-tru',
  'chung-thuc-ban-sao',
  'xac-nhan-tinh-trang-hon-nhan',
  'ket-hon',
  'khai-tu',
  'can-cuoc',
];
const SEARCH_LIMIT = 4;

/** Papers, fees, times and places of procedures, from the cards. */
export interface ProceduresTopic {
  answer(scene: Scene, wanted: Wanted): Answer;
  /** A short question about the card last shown; nothing when its words may mean another card. */
  followUp(scene: Scene): Answer | undefined;
  /** Asks which of these was meant; of none, the usual ones. */
  offer(scene: Scene, ids: readonly string[]): Answer;
}

export function createProceduresTopic({ knowledge }: Deps): ProceduresTopic {
  const find = (scene: Scene, query: string) =>
    knowledge.searchProcedures(query, scene.language, SEARCH_LIMIT);
  const show = (scene: Scene, card: ProcedureCard, part?: CardPart): Answer => {
    if (isTooUncertain(card)) return uncertain(scene, card);
    const answer = part ? onePart(scene, card, part) : whole(scene, card);
    const topic = { kind: 'procedure', id: card.id, ...(part && { part }) } as const;
    return { ...answer, session: { lastTopic: toLastTopic(scene, topic, (text) => find(scene, text)) } };
  };
  const search = (scene: Scene, query: string): Answer => {
    const found = weigh(find(scene, query));
    if (found.kind === 'sure') return show(scene, found.card);
    if (found.kind === 'unsure') {
      // The words are kept for the part they ask for: the choice names only the card.
      const kept = { text: query, about: 'procedure_info' } as const;
      return { ...didYouMean(scene, found.cards), session: { kept } };
    }
    return common(scene, knowledge, 'procedure.unknown', 'procedure.notFound');
  };
  const followUp = (scene: Scene): Answer | undefined => {
    const { lastTopic } = scene.session;
    const part = findCardPart(scene.text);
    if (lastTopic?.kind !== 'procedure' || part === undefined) return undefined;
    const [nearest] = worthOffering(find(scene, scene.text));
    // The fee of one procedure told for another would be worse than a question.
    if (nearest && nearest.card.id !== lastTopic.id) return undefined;
    const card = knowledge.findProcedure(lastTopic.id, scene.language);
    return card && show(scene, card, part);
  };
  return {
    followUp,
    offer(scene, ids) {
      const cards = ids.flatMap((id) => knowledge.findProcedure(id, scene.language) ?? []);
      if (cards.length > 0) return didYouMean(scene, cards.slice(0, MAX_OFFERS));
      return common(scene, knowledge, 'procedure.list', 'procedure.askWhich');
    },
    answer(scene, { id, part, query }) {
      const card = id === undefined ? undefined : knowledge.findProcedure(id, scene.language);
      if (card) return show(scene, card, part);
      if (query === undefined) return common(scene, knowledge, 'procedure.list', 'procedure.askWhich');
      return followUp(scene) ?? search(scene, query);
    },
  };
}

function whole(scene: Scene, card: ProcedureCard): Answer {
  return shown(scene, card, 'card', [
    lines(
      scene.say('procedure.title', { name: card.name }),
      scene.say('procedure.time', { time: card.time }),
      scene.say('procedure.fee', { fee: card.fee }),
    ),
    sayPapers(scene, card),
    lines(
      scene.say('procedure.where', { handler: card.handler }),
      card.online === undefined ? undefined : scene.say('procedure.online', { online: card.online }),
    ),
  ]);
}

function onePart(scene: Scene, card: ProcedureCard, part: CardPart): Answer {
  return shown(scene, card, part, [
    scene.say('procedure.title', { name: card.name }),
    sayPart(scene, card, part),
  ]);
}

function sayPart(scene: Scene, card: ProcedureCard, part: CardPart): string {
  switch (part) {
    case 'giay-to':
      return sayPapers(scene, card);
    case 'le-phi':
      return scene.say('procedure.fee', { fee: card.fee });
    case 'thoi-gian':
      return scene.say('procedure.time', { time: card.time });
    case 'noi-nop':
      return scene.say('procedure.where', { handler: card.handler });
    case 'truc-tuyen':
      return lines(
        card.online === undefined
          ? scene.say('procedure.onlineUnknown')
          : scene.say('procedure.online', { online: card.online }),
        card.onlineUrl,
      );
    case 'can-cu':
      return lines(
        scene.say('procedure.legalBasis'),
        ...card.legalBasis.map((law) => scene.say('cards.item', { item: law })),
      );
  }
}

function sayPapers(scene: Scene, { papers }: ProcedureCard): string {
  return lines(
    scene.say('procedure.papers'),
    ...papers.map((paper) => scene.say('cards.item', { item: paper })),
  );
}

function shown(
  scene: Scene,
  card: ProcedureCard,
  what: string,
  parts: readonly (string | undefined)[],
): Answer {
  return {
    reason: `procedure.${what}`,
    replies: [
      {
        text: paragraphs(...parts, what === 'can-cu' ? sayWholeSource(scene, card) : saySource(scene, card)),
        choices: followUps(scene, card, what),
      },
    ],
  };
}

/** What the answer does not say yet: after the whole card the law behind it, after a part the other parts. */
function followUps(scene: Scene, card: ProcedureCard, shownPart: string): readonly Choice[] {
  const parts: readonly CardPart[] =
    shownPart === 'card' ? ['truc-tuyen', 'can-cu'] : ['giay-to', 'le-phi', 'noi-nop'];
  const offered = parts
    .filter((part) => part !== shownPart)
    .map((part) => ({
      title: scene.say(`procedure.part.${part}`),
      payload: payloadFor({ kind: 'procedure_info', id: card.id, part }),
    }));
  const another: Choice = {
    title: scene.say('procedure.another'),
    payload: payloadFor({ kind: 'procedure_info' }),
  };
  return [...offered, another, toPerson(scene)];
}

function didYouMean(scene: Scene, cards: readonly ProcedureCard[]): Answer {
  return {
    reason: 'procedure.unsure',
    awaits: true,
    replies: [{ text: scene.say('cards.didYouMean'), choices: [...cards.map(toChoice), toPerson(scene)] }],
  };
}

function common(scene: Scene, knowledge: Deps['knowledge'], reason: string, key: string): Answer {
  const cards = COMMON_IDS.flatMap((id) => knowledge.findProcedure(id, scene.language) ?? []);
  return {
    reason,
    awaits: true,
    replies: [{ text: scene.say(key), choices: [...cards.map(toChoice), toPerson(scene), toMenu(scene)] }],
  };
}

function uncertain(scene: Scene, card: ProcedureCard): Answer {
  return {
    reason: 'procedure.uncertain',
    replies: [
      {
        text: scene.say('cards.tooUncertain', { name: card.name }),
        choices: [toPerson(scene), toMenu(scene)],
      },
    ],
  };
}

function toChoice({ id, name }: ProcedureCard): Choice {
  return { title: name, payload: payloadFor({ kind: 'procedure_info', id }) };
}
