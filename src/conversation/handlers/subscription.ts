import type { Village } from '../../kernel/commune.ts';
import { toMenu, toPerson } from '../offers.ts';
import { EVERY_VILLAGE, payloadFor } from '../payloads.ts';
import { paragraphs, type Answer, type ConversationDeps, type Reply, type Scene } from '../scene.ts';
import type { FormState } from '../turn.ts';
import { findMentionedVillage, findVillage, sayVillage } from '../villages.ts';
import type { HumanTopic } from './human.ts';

/** The one-question form that waits for a village. */
export const SUBSCRIBE_FORM = 'subscribe';
const MAX_TRIES = 3;
/** Leaving is done at once only when it was surely meant; otherwise it is asked first. */
const SURE = 0.7;

type Deps = Pick<ConversationDeps, 'commune'> & { readonly human: HumanTopic };

/** News of one's village: on, and off with one word. */
export interface SubscriptionTopic {
  subscribe(scene: Scene, villageId: string | undefined): Answer;
  /** Reads the village typed as an answer. */
  readVillage(scene: Scene, form: FormState): Answer;
  unsubscribe(scene: Scene, confirmed: boolean): Answer;
}

export function createSubscriptionTopic({ commune, human }: Deps): SubscriptionTopic {
  const ask = (scene: Scene, misses: number): Answer => ({
    reason: misses === 0 ? 'subscribe.ask_village' : 'subscribe.unknown_village',
    session: { form: villageForm(scene, misses) },
    replies: [question(scene, commune, misses === 0 ? undefined : 'subscribe.unknownVillage')],
  });
  const accept = (scene: Scene, villages: readonly Village[]): Answer => {
    const names = villages.map((village) => sayVillage(village, commune)).join(', ');
    return {
      reason: 'subscribe.done',
      session: { form: undefined },
      effects: [{ kind: 'resident.subscribe', villageIds: villages.map(({ id }) => id) }],
      replies: [{ text: scene.say('subscribe.done', { villages: names }), choices: [toMenu(scene)] }],
    };
  };
  return {
    subscribe(scene, villageId) {
      if (villageId === EVERY_VILLAGE) return accept(scene, commune.villages);
      const village = commune.villages.find(({ id }) => id === villageId);
      return village ? accept(scene, [village]) : ask(scene, 0);
    },
    readVillage(scene, form) {
      const village = findVillage(scene.text, commune) ?? findMentionedVillage(scene.text, commune);
      if (village) return accept(scene, [village]);
      const misses = form.misses + 1;
      if (misses < MAX_TRIES) return ask(scene, misses);
      const escalation = { reason: 'subscribe.exhausted', escalation: 'not_understood' } as const;
      const answer = human.handOver(scene, { ...escalation, key: 'human.afterMisses' });
      return { ...answer, session: { form: undefined } };
    },
    unsubscribe(scene, confirmed) {
      if (!confirmed && (scene.understanding?.confidence ?? 1) < SURE) return askToLeave(scene);
      return {
        reason: 'unsubscribe.done',
        effects: [{ kind: 'resident.unsubscribe' }],
        replies: [
          {
            text: scene.say('unsubscribe.done'),
            choices: [
              { title: scene.say('unsubscribe.again'), payload: payloadFor({ kind: 'subscribe' }) },
              toMenu(scene),
            ],
          },
        ],
      };
    },
  };
}

function question(scene: Scene, commune: Deps['commune'], noticeKey: string | undefined): Reply {
  const villages = commune.villages.map((village) => ({
    title: sayVillage(village, commune),
    payload: payloadFor({ kind: 'subscribe', villageId: village.id }),
  }));
  const all = {
    title: scene.say('subscribe.all'),
    payload: payloadFor({ kind: 'subscribe', villageId: EVERY_VILLAGE }),
  };
  return {
    text: paragraphs(
      noticeKey === undefined ? undefined : scene.say(noticeKey),
      scene.say('subscribe.askVillage', { village: commune.villageWord }),
    ),
    choices: [...villages, all],
    controls: [toPerson(scene), toMenu(scene)],
  };
}

function askToLeave(scene: Scene): Answer {
  return {
    reason: 'unsubscribe.confirm',
    awaits: true,
    replies: [
      {
        text: scene.say('unsubscribe.confirm'),
        choices: [
          { title: scene.say('unsubscribe.yes'), payload: payloadFor({ kind: 'unsubscribe' }) },
          { title: scene.say('unsubscribe.no'), payload: payloadFor({ kind: 'menu' }) },
        ],
      },
    ],
  };
}

function villageForm(scene: Scene, misses: number): FormState {
  return { form: SUBSCRIBE_FORM, step: 'village', answers: {}, misses, startedAt: scene.now.toISOString() };
}
