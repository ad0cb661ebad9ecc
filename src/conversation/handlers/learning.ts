import { agreedNow, stoppedNow } from '../learning-consent.ts';
import { toMenu, toPerson } from '../offers.ts';
import { payloadFor } from '../payloads.ts';
import type { Answer, Reply, Scene } from '../scene.ts';

/** "You may learn from this" and "stop learning": the consent without which nothing is kept. */
export interface LearningTopic {
  allow(scene: Scene): Answer;
  stop(scene: Scene): Answer;
}

export function createLearningTopic(): LearningTopic {
  return {
    allow(scene) {
      const { miss } = scene.session;
      const toStop = {
        title: scene.say('learning.stop'),
        payload: payloadFor({ kind: 'learning', allowed: false }),
      };
      return {
        reason: 'learning.allowed',
        replies: [{ ...asBefore(scene, scene.say('learning.allowed')), controls: [toStop] }],
        session: {
          ...stillAsked(scene),
          learning: agreedNow(scene.session, scene.now),
          ...(miss && { miss: { key: miss.key } }),
        },
        ...(miss?.waiting && { effects: [{ kind: 'misunderstood.keep', lesson: miss.waiting }] }),
      };
    },
    stop: (scene) => ({
      reason: 'learning.stopped',
      replies: [asBefore(scene, scene.say('learning.stopped'))],
      session: { ...stillAsked(scene), learning: stoppedNow(scene.now) },
      effects: [{ kind: 'misunderstood.forget' }],
    }),
  };
}

/** The question that was not understood is still open: what was offered stays on offer, under the same numbers. */
function asBefore(scene: Scene, text: string): Reply {
  return { text, choices: scene.session.choices ?? [toMenu(scene), toPerson(scene)] };
}

function stillAsked({ session: { misunderstood, kept } }: Scene): Answer['session'] & object {
  return { misunderstood, ...(kept && { kept }) };
}
