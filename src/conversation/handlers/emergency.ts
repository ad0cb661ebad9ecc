import { isPlaceholder } from '../../kernel/commune.ts';
import type { Button } from '../../kernel/messages.ts';
import { toFeedback, toMenu, toPerson, toResume } from '../offers.ts';
import { paragraphs, shorten, type Answer, type ConversationDeps, type Scene } from '../scene.ts';
import type { Choice } from '../turn.ts';
import { EMERGENCY_CONTACTS, type EmergencyContact } from '../../understanding/emergency.ts';

/** When all that is known is that somebody needs help. */
const UNKNOWN_DANGER = { numbers: ['113', '114', '115'], alertPerson: false } as const;
const MAX_LAST_TEXT_CHARS = 1000;
const KNOWN_NUMBERS = ['111', '112', '113', '114', '115'] as const;

/** Danger now: the numbers before everything else, on one screen. A person is told when someone may harm themselves. */
export interface EmergencyTopic {
  danger(scene: Scene): Answer;
}

export function createEmergencyTopic({ commune }: Pick<ConversationDeps, 'commune'>): EmergencyTopic {
  return {
    danger(scene) {
      const kind = scene.understanding?.emergency ?? 'unknown';
      const { numbers, alertPerson }: EmergencyContact =
        kind === 'unknown' ? UNKNOWN_DANGER : EMERGENCY_CONTACTS[kind];
      const calls = numbers.map((number) => callButton(scene, number));
      const others = KNOWN_NUMBERS.filter((number) => !numbers.includes(number));
      return {
        reason: `emergency.${kind}`,
        replies: [
          {
            text: paragraphs(
              scene.say(`emergency.${kind}`),
              scene.say('emergency.others', {
                numbers: others.map((n) => scene.say(`emergency.number.${n}`)).join(', '),
              }),
              alertPerson ? undefined : scene.say('emergency.ifNot'),
            ),
            buttons: [...calls, ...policeCall(commune, scene, numbers)],
            choices: [alertPerson ? toPerson(scene) : wayOn(scene), toMenu(scene)],
          },
        ],
        ...(alertPerson && {
          effects: [
            {
              kind: 'escalation.open',
              reason: 'emergency',
              lastText: shorten(scene.text, MAX_LAST_TEXT_CHARS),
            },
          ] as const,
        }),
      };
    },
  };
}

function wayOn(scene: Scene): Choice {
  const { form, parked } = scene.session;
  return (form ?? parked) ? toResume(scene) : toFeedback(scene);
}

/** The commune's own police are nearest; their number is shown only when it is a real one. */
function policeCall(
  commune: ConversationDeps['commune'],
  scene: Scene,
  numbers: readonly string[],
): readonly Button[] {
  const { policePhone } = commune;
  if (isPlaceholder(commune, 'policePhone') || KNOWN_NUMBERS.some((known) => known === policePhone))
    return [];
  if (!numbers.includes('113')) return [];
  return [
    { kind: 'call', title: scene.say('buttons.callPolice', { phone: policePhone }), phone: policePhone },
  ];
}

function callButton(scene: Scene, number: string): Button {
  return {
    kind: 'call',
    title: scene.say('buttons.call', { name: scene.say(`emergency.number.${number}`) }),
    phone: number,
  };
}
