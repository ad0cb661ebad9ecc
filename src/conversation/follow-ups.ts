import type { CardMatch } from '../knowledge/knowledge.ts';
import { findSureMatch } from '../knowledge/sure-match.ts';
import type { Understanding } from '../understanding/understanding.ts';
import { worthOffering } from './handlers/cards.ts';
import { offeredCards } from './handlers/last-topic.ts';
import { readLeaning, type Leaning } from './leaning.ts';
import type { Decision } from './open-form.ts';
import type { Answer, ConversationDeps, Scene } from './scene.ts';
import type { Topics } from './topics.ts';
import type { LastTopic } from './turn.ts';

/** Short messages that lean on what was said before. */
export interface FollowUps {
  hear(scene: Scene): FollowUp;
}

export interface FollowUp {
  /** After "nhầm rồi, ý mình là …" only what was meant counts; any other message stays as it is. */
  readonly scene: Scene;
  /** The answer about the last card; nothing when the message stands on its own. */
  readonly decision?: Decision | undefined;
}

type CardKind = 'procedure' | 'vneid';
type CardTopic = LastTopic & { readonly kind: CardKind };
type Named = Leaning & { readonly kind: 'other' | 'correction' };

/** How a few words without their context may be read. Anything else is a wish of its own and goes first. */
const MAY_LEAN: ReadonlySet<Understanding['intent']> = new Set<Understanding['intent']>([
  'procedure_info',
  'vneid_help',
  'out_of_scope',
  'clarify',
  'contact_info',
  'no',
  'help',
  'greeting',
]);
/** Read as one of these, the words must name a card clearly to be about one. */
const ONLY_WHEN_NAMED: ReadonlySet<Understanding['intent']> = new Set<Understanding['intent']>([
  'out_of_scope',
  'contact_info',
  'no',
  'help',
  'greeting',
]);
/** "Bao giờ xong" right after a card is about the card, unless it is surely about a file. */
const SURELY_A_FILE = 0.9;
/** The last topic speaks for a card of its kind, so less is needed than out of the blue. */
const ENOUGH_IN_CONTEXT = 0.4;
const CLEARLY_FIRST = 0.15;
/** Below this the words name no card at all and belong to the last one: "còn cho trẻ con thì sao". */
const NAMES_A_CARD = 0.3;
const SEARCH_LIMIT = 4;
/** Read alone as another wish from here on, "còn rác thì sao" is that wish. */
const ANOTHER_WISH = 0.75;
const INTENTS = { procedure: 'procedure_info', vneid: 'vneid_help' } as const;

export function createFollowUps(
  topics: Topics,
  { knowledge, understander }: Pick<ConversationDeps, 'knowledge' | 'understander'>,
): FollowUps {
  const meant = (scene: Scene, words: string): Scene => ({
    ...scene,
    text: words,
    understanding: understander.understand(words),
  });

  const search = (
    scene: Scene,
    kind: CardKind,
    words: string,
  ): readonly CardMatch<{ readonly id: string }>[] =>
    kind === 'procedure'
      ? knowledge.searchProcedures(words, scene.language, SEARCH_LIMIT)
      : knowledge.searchVneid(words, scene.language, SEARCH_LIMIT);

  /** The words that count: all, or those behind "ý mình là" and around "thì sao" where they are a wish of their own. */
  const meantIn = (scene: Scene, leaning: Exclude<Leaning, { kind: 'another' }>): Scene => {
    if (leaning.kind === 'part') return scene;
    const alone = meant(scene, leaning.words);
    if (leaning.kind === 'correction') return alone;
    const topic = cardTopic(scene);
    if (topic && sureInContext(search(scene, topic.kind, leaning.words))) return scene;
    const { intent = 'clarify', confidence = 0 } = alone.understanding ?? {};
    return MAY_LEAN.has(intent) || confidence < ANOTHER_WISH ? scene : alone;
  };

  const show = (scene: Scene, { kind, id, part }: CardTopic): Answer =>
    kind === 'procedure'
      ? topics.procedures.answer(scene, { kind: 'procedure_info', id, ...(part && { part }) })
      : topics.vneid.answer(scene, { kind: 'vneid_help', id });

  const offer = (scene: Scene, kind: CardKind, ids: readonly string[]): Answer =>
    kind === 'procedure' ? topics.procedures.offer(scene, ids) : topics.vneid.offer(scene, ids);

  /** "Thế khai tử thì sao?": the same question about another card. */
  const ofAnother = (
    scene: Scene,
    topic: CardTopic,
    { words, part = topic.part }: Named,
  ): Answer | undefined => {
    const intent = scene.understanding?.intent ?? 'clarify';
    const own = search(scene, topic.kind, words);
    const sure = sureInContext(own) ?? findSureMatch(search(scene, topic.kind, scene.text))?.card.id;
    if (sure) return show(scene, { kind: topic.kind, id: sure, ...(part && { part }) });
    const otherKind: CardKind = topic.kind === 'procedure' ? 'vneid' : 'procedure';
    const elsewhere = findSureMatch(search(scene, otherKind, words))?.card.id;
    if (elsewhere !== undefined && intent === INTENTS[otherKind])
      return show(scene, { kind: otherKind, id: elsewhere, ...(part && { part }) });
    const maybe = worthOffering(own).map(({ card }) => card.id);
    const isNamed = (own[0]?.score ?? 0) >= NAMES_A_CARD;
    const isAsked = isNamed || (maybe.length > 0 && intent === INTENTS[topic.kind]);
    if (ONLY_WHEN_NAMED.has(intent) || !isAsked) return undefined;
    return offer(scene, topic.kind, isNamed ? maybe : [topic.id, ...maybe.filter((id) => id !== topic.id)]);
  };

  /** "Cái kia cơ": what else it could have been; after a list of guesses the list of the usual ones. */
  const notThisOne = (scene: Scene): Decision | undefined => {
    const kind = (['procedure', 'vneid'] as const).find((each) => offeredCards(scene, each).length > 0);
    if (kind) return decided(offer(scene, kind, []));
    const topic = cardTopic(scene);
    return topic && decided(offer(scene, topic.kind, topic.others ?? []));
  };

  const onTheCard = (
    scene: Scene,
    topic: CardTopic,
    leaning: Exclude<Leaning, { kind: 'another' }>,
  ): Answer | undefined => {
    if (!mayLean(scene, leaning)) return undefined;
    if (leaning.kind !== 'part') return ofAnother(scene, topic, leaning);
    return topic.kind === 'procedure' ? show(scene, { ...topic, part: leaning.part }) : undefined;
  };

  return {
    hear(said) {
      const leaning = readLeaning(said.text);
      if (!leaning) return { scene: said };
      if (leaning.kind === 'another') return { scene: said, decision: notThisOne(said) };
      const scene = meantIn(said, leaning);
      const topic = cardTopic(scene);
      const answer = topic && onTheCard(scene, topic, leaning);
      return { scene, decision: answer && decided(answer) };
    },
  };
}

function mayLean({ understanding }: Scene, { kind }: Leaning): boolean {
  if (!understanding) return true;
  const { intent, confidence, entities } = understanding;
  const isLateFile =
    intent === 'procedure_status' && entities.dossierCode === undefined && confidence < SURELY_A_FILE;
  return MAY_LEAN.has(intent) || (kind === 'part' && isLateFile);
}

function cardTopic({ session: { lastTopic } }: Scene): CardTopic | undefined {
  if (!lastTopic || lastTopic.kind === 'dossier') return undefined;
  return { ...lastTopic, kind: lastTopic.kind };
}

function sureInContext(matches: readonly CardMatch<{ readonly id: string }>[]): string | undefined {
  const [best, second] = matches;
  if (!best) return undefined;
  const isNamed = best.score >= ENOUGH_IN_CONTEXT && best.score - (second?.score ?? 0) >= CLEARLY_FIRST;
  return (isNamed ? best : findSureMatch(matches))?.card.id;
}

function decided(answer: Answer): Decision {
  return { intent: answer.reason.startsWith('vneid.') ? 'vneid_help' : 'procedure_info', answer };
}
