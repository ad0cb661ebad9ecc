import { withoutPart } from '../understanding/second-need.ts';
import { isYesNoQuestion } from './choices.ts';
import type { Command } from './commands.ts';
import { DOSSIER_FORM } from './handlers/dossier-status.ts';
import { toCommand } from './intent-to-command.ts';
import type { Decision } from './open-form.ts';
import { payloadFor } from './payloads.ts';
import type { Answer, ConversationDeps, Reply, Scene, SessionChanges } from './scene.ts';
import type { Choice } from './turn.ts';
import type { Intent, SecondNeed, Understanding } from '../understanding/understanding.ts';

type Cards = Pick<ConversationDeps['knowledge'], 'findProcedure' | 'findVneid'>;

/** Nobody's words to keep: a denunciation is secret by law. */
const NEVER_KEPT: readonly Understanding['intent'][] = ['formal_complaint', 'emergency', 'delete_data'];
/** A list of more choices is shown without buttons unless some are featured (see `Reply`). */
const ALL_AS_BUTTONS = 5;

/** Offers the second wish of a message under the answer to the first: "Còn: Đăng ký khai sinh?" */
export function offerSecondWish(scene: Scene, decision: Decision, cards: Cards): Decision {
  const { understanding } = scene;
  const also = understanding?.also;
  const last = decision.answer.replies.at(-1);
  if (!understanding || !also || !last) return decision;
  const command = toCommand({ ...understanding, ...also }, also.text);
  if (!command) return decision;
  const choice: Choice = {
    title: scene.say('buttons.second', { wish: sayWish(scene, also, cards) }),
    payload: payloadFor(command),
  };
  const { answer } = decision;
  const replies = [...answer.replies.slice(0, -1), withSecond(last, choice, answer)];
  const session = { ...answer.session, ...keep(understanding.intent, also, command) };
  return { ...decision, answer: { ...answer, replies, session } };
}

/** The words of the first wish alone, so that a report does not tell what belongs to the second. */
export function ownWords(text: string, { also }: Understanding): string {
  if (!also) return text;
  const own = withoutPart(text, also.text);
  return own === '' ? text : own;
}

/** First among the choices; where the numbers answer a question of their own, a button beside them. */
function withSecond(reply: Reply, choice: Choice, { session }: Answer): Reply {
  const { choices = [], controls = [], featured } = reply;
  const isQuestion = isYesNoQuestion(choices) || (session?.form && session.form.form !== DOSSIER_FORM);
  if (isQuestion) return { ...reply, controls: [choice, ...controls] };
  const count = featured ?? (choices.length <= ALL_AS_BUTTONS ? choices.length : 0);
  return { ...reply, choices: [choice, ...choices], featured: count + 1 };
}

function sayWish(scene: Scene, { intent, entities }: SecondNeed, cards: Cards): string {
  const { procedure, topic } = entities;
  const named =
    intent === 'procedure_info' && procedure !== undefined
      ? cards.findProcedure(procedure, scene.language)?.name
      : intent === 'vneid_help' && topic !== undefined
        ? cards.findVneid(topic, scene.language)?.question.replace(/\?$/, '')
        : undefined;
  return named ?? scene.say(`intents.${intent}`);
}

/** The second wish's own words, while its button is there and wants them. */
function keep(
  first: Understanding['intent'],
  { intent, text }: SecondNeed,
  command: Command,
): SessionChanges {
  const needsWords = WANTS_WORDS.has(intent) && !('id' in command);
  if (!needsWords || NEVER_KEPT.includes(first)) return {};
  return { kept: { text, about: intent } };
}

const WANTS_WORDS: ReadonlySet<Intent> = new Set<Intent>(['procedure_info', 'vneid_help', 'complaint_file']);
