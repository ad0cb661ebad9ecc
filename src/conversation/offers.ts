import type { Intent } from '../understanding/understanding.ts';
import { payloadFor } from './payloads.ts';
import type { Command } from './commands.ts';
import type { Reply, Scene } from './scene.ts';
import type { Choice } from './turn.ts';

/** The choices that appear under many answers, each made in one place. */

export function toMenu(scene: Scene): Choice {
  return { title: scene.say('buttons.menu'), payload: payloadFor({ kind: 'menu' }) };
}

export function toPerson(scene: Scene): Choice {
  return { title: scene.say('buttons.person'), payload: payloadFor({ kind: 'human' }) };
}

export function toFeedback(scene: Scene): Choice {
  return { title: scene.say('buttons.feedback'), payload: payloadFor({ kind: 'complaint_file' }) };
}

export function toResume(scene: Scene): Choice {
  return {
    title: scene.say('buttons.resume'),
    payload: payloadFor({ kind: 'form_control', control: 'resume' }),
  };
}

/** Commands of the main menu in order; the number a resident types is the place in this list. */
const MENU: readonly { readonly intent: Intent; readonly command: Command }[] = [
  { intent: 'procedure_status', command: { kind: 'procedure_status' } },
  { intent: 'procedure_info', command: { kind: 'procedure_info' } },
  { intent: 'vneid_help', command: { kind: 'vneid_help' } },
  { intent: 'complaint_file', command: { kind: 'complaint_file' } },
  { intent: 'human', command: { kind: 'human' } },
  { intent: 'complaint_status', command: { kind: 'complaint_status' } },
  { intent: 'announcements', command: { kind: 'announcements' } },
  { intent: 'subscribe', command: { kind: 'subscribe' } },
  { intent: 'contact_info', command: { kind: 'contact_info' } },
];

export function menuChoices(scene: Scene): readonly Choice[] {
  return MENU.map(({ intent, command }) => ({
    title: scene.say(`intents.${intent}`),
    payload: payloadFor(command),
  }));
}

const SUGGESTED: Readonly<Partial<Record<Intent, Command>>> = {
  help: { kind: 'menu' },
  procedure_status: { kind: 'procedure_status' },
  procedure_info: { kind: 'procedure_info' },
  vneid_help: { kind: 'vneid_help' },
  complaint_file: { kind: 'complaint_file' },
  complaint_status: { kind: 'complaint_status' },
  formal_complaint: { kind: 'formal_complaint' },
  emergency: { kind: 'emergency' },
  subscribe: { kind: 'subscribe' },
  unsubscribe: { kind: 'unsubscribe' },
  announcements: { kind: 'announcements' },
  contact_info: { kind: 'contact_info' },
  human: { kind: 'human' },
  language_switch: { kind: 'language_switch' },
  delete_data: { kind: 'delete_data' },
};

/**
 * "Did you mean": the guesses that can be acted on, in residents' words, best first. "Something else" stands last, and
 * only beside a guess.
 */
export function suggestionChoices(scene: Scene, intents: readonly Intent[]): readonly Choice[] {
  const guesses = [...new Set(intents)].flatMap((intent) => {
    const command = SUGGESTED[intent];
    return command ? [{ title: scene.say(`intents.${intent}`), payload: payloadFor(command) }] : [];
  });
  if (guesses.length === 0 || !intents.includes('out_of_scope')) return guesses;
  return [
    ...guesses,
    { title: scene.say('intents.out_of_scope'), payload: payloadFor({ kind: 'something_else' }) },
  ];
}

/** Lists up to here leave room for the way back among their own buttons. */
const SHORT_LIST = 4;

/** Last among the choices, so that the numbers of a menu stay what they were; a button even under a long menu. */
export function withWayBack(reply: Reply, resume: Choice): Reply {
  const offered = reply.choices ?? [];
  if (offered.some(({ payload }) => payload === resume.payload)) return reply;
  const choices = [...offered, resume];
  if (choices.length <= SHORT_LIST) return { ...reply, choices };
  return { ...reply, choices, buttons: [...(reply.buttons ?? []), { kind: 'send', ...resume }] };
}
