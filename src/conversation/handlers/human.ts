import type { EscalationReason } from '../../escalations/escalation.ts';
import { isPlaceholder } from '../../kernel/commune.ts';
import { officeCall, sayOfficeNow } from '../office-now.ts';
import { toMenu } from '../offers.ts';
import { paragraphs, shorten, type Answer, type ConversationDeps, type Scene } from '../scene.ts';

/** Enough for an officer to see what it is about. */
const MAX_LAST_TEXT_CHARS = 1000;

/** Handing over to a person, with an honest word on when that person works. */
export interface HumanTopic {
  asked(scene: Scene): Answer;
  /** The same, opened by the conversation itself; `key` says why. */
  handOver(scene: Scene, how: HandOver): Answer;
}

export interface HandOver {
  readonly reason: string;
  readonly escalation: EscalationReason;
  readonly key: string;
  /** False where the resident's words must not be passed on. */
  readonly withText?: boolean;
}

export function createHumanTopic(deps: Pick<ConversationDeps, 'calendar' | 'commune'>): HumanTopic {
  const handOver = (scene: Scene, { reason, escalation, key, withText = true }: HandOver): Answer => ({
    reason,
    effects: [
      {
        kind: 'escalation.open',
        reason: escalation,
        ...(withText && scene.text !== '' && { lastText: shorten(scene.text, MAX_LAST_TEXT_CHARS) }),
      },
    ],
    replies: [
      {
        text: paragraphs(
          scene.say(key),
          sayOfficeNow(deps, scene),
          isPlaceholder(deps.commune, 'officePhone')
            ? undefined
            : scene.say('human.phone', { phone: deps.commune.officePhone }),
          scene.say('human.meanwhile'),
        ),
        buttons: officeCall(deps, scene),
        choices: [toMenu(scene)],
      },
    ],
  });
  return {
    handOver,
    asked: (scene) => handOver(scene, { reason: 'human.asked', escalation: 'asked', key: 'human.asked' }),
  };
}
