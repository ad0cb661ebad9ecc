import { classify } from './model/linear-model.ts';
import type { StepKind, UnderstandingModel } from './model/model.ts';
import { answer } from './reading.ts';
import type { Reading } from './reading.ts';
import type { Intent, Understanding, UnderstandingContext } from './understanding.ts';
import type { WholeMessages } from './whole-messages.ts';

/** Which classifier reads the answers to a question. */
export function stepKind(context: UnderstandingContext): StepKind {
  return context === 'form' || context === 'form:confirm' ? 'choice' : 'words';
}

/**
 * What is a command at each kind of step when it is the whole message. The wider the question, the fewer words are
 * commands: "không ai quét dọn" and "hủy cái giếng cũ" are descriptions, not a no and not a cancel.
 */
const COMMANDS: Readonly<Record<UnderstandingContext, readonly Intent[]>> = {
  form: ['yes', 'no', 'cancel', 'back', 'human', 'help'],
  'form:confirm': ['yes', 'no', 'cancel', 'back', 'human', 'help'],
  'form:text': ['cancel', 'back', 'human', 'help'],
  'form:phone': ['no', 'cancel', 'back', 'human', 'help'],
  'form:village': ['no', 'cancel', 'back', 'human', 'help'],
};
/** From here on the model's reading is a command; where words are asked for, words are the likelier answer. */
const SURE: Readonly<Record<StepKind, number>> = { choice: 0.5, words: 0.6 };

/** A wish outside the form, read this clearly, goes before a person or help. */
const SURE_OF_ANOTHER = 0.75;

/** At a step with choices these may be the choice itself ("đèn đường hỏng"), so the form looks first. */
const MAY_BE_THE_ANSWER: readonly Understanding['intent'][] = [
  'complaint_file',
  'complaint_status',
  'announcements',
  'subscribe',
  'out_of_scope',
  'clarify',
];

/** A word of command and nothing else: "không", "vâng đúng đấy ạ", "hủy". */
export function readCommand(
  context: UnderstandingContext,
  reading: Reading,
  whole: WholeMessages,
): Understanding | undefined {
  const exact = whole.intentsOf(reading.words).find((intent) => COMMANDS[context].includes(intent));
  return exact && answer(reading, exact, 1);
}

/**
 * Reads a message while a form is open. An appeal or a denunciation told in an answer is still marked with
 * `formalKind`, so that the form never files it as an ordinary report.
 */
export function readInForm(
  context: UnderstandingContext,
  reading: Reading,
  forms: UnderstandingModel['forms'],
  readFreely: (reading: Reading) => Understanding,
): Understanding {
  const [best] = holdsAnAnswer(context, reading) ? [] : classify(forms[stepKind(context)], reading.vector);
  const command = COMMANDS[context].find((intent) => intent === best?.label);
  if (best && command && best.probability >= SURE[stepKind(context)] && !wantsElse(command, reading))
    return answer(reading, command, best.probability);
  const freely = context === 'form' ? readFreely(reading) : undefined;
  if (freely && !MAY_BE_THE_ANSWER.includes(freely.intent)) return freely;
  const formAnswer = answer(reading, 'form_answer', 0.9);
  return reading.formal ? { ...formAnswer, formalKind: reading.formal.kind } : formAnswer;
}

/** "Số điện thoại ủy ban" is a question of its own, however near it sounds to asking for a person. */
function wantsElse(command: Intent, { ranked: [top] }: Reading): boolean {
  const mayBeElse = command === 'human' || command === 'help';
  return mayBeElse && top !== undefined && top.intent !== command && top.probability >= SURE_OF_ANOTHER;
}

/** What was asked for stands there, so nothing else is meant. */
function holdsAnAnswer(context: UnderstandingContext, { entities }: Reading): boolean {
  if (context === 'form:phone') return entities.phone !== undefined;
  return context === 'form:village' && entities.village !== undefined;
}
