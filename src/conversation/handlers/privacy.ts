import { stoppedNow } from '../learning-consent.ts';
import { toMenu } from '../offers.ts';
import { payloadFor } from '../payloads.ts';
import { paragraphs, type Answer, type Scene } from '../scene.ts';

/** "Delete what you keep about me": asked once more, then given to a person with the lawful time limit. */
export interface PrivacyTopic {
  deleteData(scene: Scene, confirmed: boolean | undefined): Answer;
}

export function createPrivacyTopic(): PrivacyTopic {
  return {
    deleteData(scene, confirmed) {
      if (confirmed === true) return requested(scene);
      return confirmed === false ? kept(scene) : ask(scene);
    },
  };
}

function ask(scene: Scene): Answer {
  const choice = (key: string, confirmed: boolean) => ({
    title: scene.say(key),
    payload: payloadFor({ kind: 'delete_data', confirmed }),
  });
  return {
    reason: 'delete_data.confirm',
    awaits: true,
    replies: [
      {
        text: paragraphs(scene.say('privacy.whatGoes'), scene.say('privacy.confirm')),
        choices: [choice('privacy.yes', true), choice('privacy.no', false)],
      },
    ],
  };
}

function requested(scene: Scene): Answer {
  return {
    reason: 'delete_data.requested',
    // What was kept to learn from needs nobody's decision: it goes at once.
    session: { learning: stoppedNow(scene.now) },
    effects: [{ kind: 'escalation.open', reason: 'delete_data' }, { kind: 'misunderstood.forget' }],
    replies: [
      {
        text: paragraphs(scene.say('privacy.requested'), scene.say('privacy.limit')),
        choices: [toMenu(scene)],
      },
    ],
  };
}

function kept(scene: Scene): Answer {
  return {
    reason: 'delete_data.declined',
    replies: [{ text: scene.say('privacy.declined'), choices: [toMenu(scene)] }],
  };
}
