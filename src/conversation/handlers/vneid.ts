import type { VneidCard } from '../../knowledge/knowledge.ts';
import type { Command } from '../commands.ts';
import { toMenu, toPerson } from '../offers.ts';
import { payloadFor } from '../payloads.ts';
import { lines, paragraphs, type Answer, type ConversationDeps, type Scene } from '../scene.ts';
import type { Choice } from '../turn.ts';
import { isTooUncertain, MAX_OFFERS, saySource, weigh } from './cards.ts';
import { toLastTopic } from './last-topic.ts';

type Wanted = Command & { readonly kind: 'vneid_help' };
type Deps = Pick<ConversationDeps, 'knowledge'>;

/** The troubles people bring most; offered when nothing was asked for in particular. */
const COMMON_IDS: readonly string[] = [
  'quen-mat-khau',
  'otp-khong-ve',
  'doi-may',
  'dang-ky-muc-2',
  'tich-hop-bhyt',
  'tai-khoan-asxh',
  'lua-dao',
];
const SEARCH_LIMIT = 4;

/** Steps out of VNeID trouble, from the cards. Never asks for a code or a password, and says so each time. */
export interface VneidTopic {
  answer(scene: Scene, wanted: Wanted): Answer;
  /** Asks which of these was meant; of none, the usual ones. */
  offer(scene: Scene, ids: readonly string[]): Answer;
}

export function createVneidTopic({ knowledge }: Deps): VneidTopic {
  const find = (scene: Scene, query: string) => knowledge.searchVneid(query, scene.language, SEARCH_LIMIT);
  const give = (scene: Scene, card: VneidCard): Answer => {
    if (isTooUncertain(card)) return uncertain(scene, card);
    const topic = { kind: 'vneid', id: card.id } as const;
    return {
      ...show(scene, card),
      session: { lastTopic: toLastTopic(scene, topic, (text) => find(scene, text)) },
    };
  };
  return {
    offer(scene, ids) {
      const cards = ids.flatMap((id) => knowledge.findVneid(id, scene.language) ?? []);
      if (cards.length > 0) return didYouMean(scene, cards.slice(0, MAX_OFFERS));
      return common(scene, knowledge, 'vneid.list', 'vneid.askWhich');
    },
    answer(scene, { id, query }) {
      const card = id === undefined ? undefined : knowledge.findVneid(id, scene.language);
      if (card) return give(scene, card);
      if (query === undefined) return common(scene, knowledge, 'vneid.list', 'vneid.askWhich');
      const found = weigh(find(scene, query));
      if (found.kind === 'sure') return give(scene, found.card);
      if (found.kind === 'none') return common(scene, knowledge, 'vneid.unknown', 'vneid.notFound');
      return didYouMean(scene, found.cards);
    },
  };
}

function didYouMean(scene: Scene, cards: readonly VneidCard[]): Answer {
  return {
    reason: 'vneid.unsure',
    awaits: true,
    replies: [{ text: scene.say('cards.didYouMean'), choices: [...cards.map(toChoice), toPerson(scene)] }],
  };
}

function uncertain(scene: Scene, card: VneidCard): Answer {
  return {
    reason: 'vneid.uncertain',
    replies: [
      {
        text: scene.say('cards.tooUncertain', { name: card.question }),
        choices: [toPerson(scene), toMenu(scene)],
      },
    ],
  };
}

function show(scene: Scene, card: VneidCard): Answer {
  const steps = card.steps.map((step, index) => scene.say('vneid.step', { number: index + 1, step }));
  return {
    reason: 'vneid.card',
    replies: [
      {
        text: paragraphs(
          scene.say('vneid.title', { question: card.question }),
          lines(...steps),
          card.escalateTo === undefined ? undefined : scene.say('vneid.helpFrom', { who: card.escalateTo }),
          scene.say('vneid.neverShare'),
          saySource(scene, card),
        ),
        choices: [
          { title: scene.say('vneid.another'), payload: payloadFor({ kind: 'vneid_help' }) },
          toPerson(scene),
          toMenu(scene),
        ],
      },
    ],
  };
}

function common(scene: Scene, knowledge: Deps['knowledge'], reason: string, key: string): Answer {
  const cards = COMMON_IDS.flatMap((id) => knowledge.findVneid(id, scene.language) ?? []);
  return {
    reason,
    awaits: true,
    replies: [{ text: scene.say(key), choices: [...cards.map(toChoice), toPerson(scene), toMenu(scene)] }],
  };
}

function toChoice({ id, question }: VneidCard): Choice {
  return { title: question, payload: payloadFor({ kind: 'vneid_help', id }) };
}
