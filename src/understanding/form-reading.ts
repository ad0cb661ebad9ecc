import { ACT } from './intent-scores.ts';
import type { KeywordIntent } from './pattern-schemas.ts';
import { answer } from './reading.ts';
import type { Reading } from './reading.ts';
import type { Intent, Understanding, UnderstandingContext } from './understanding.ts';
import type { WholeMessages } from './whole-messages.ts';

interface Controls {
  /** Understood when they are the whole message. */
  readonly whole: readonly KeywordIntent[];
  /** Understood inside a short message, too. */
  readonly short: readonly KeywordIntent[];
}

/**
 * What is a command at each kind of step. The wider the question, the fewer words are commands: "không ai quét
 * dọn" and "hủy cái giếng cũ" are descriptions, not a no and not a cancel.
 */
const CONTROLS: Readonly<Record<UnderstandingContext, Controls>> = {
  form: {
    whole: ['yes', 'no', 'cancel', 'back', 'human', 'help'],
    short: ['yes', 'no', 'cancel', 'back', 'human', 'help'],
  },
  'form:confirm': {
    whole: ['yes', 'no', 'cancel', 'back', 'human', 'help'],
    short: ['yes', 'no', 'cancel', 'back', 'human', 'help'],
  },
  'form:text': { whole: ['cancel', 'back', 'human', 'help'], short: ['human'] },
  'form:phone': { whole: ['no', 'cancel', 'back', 'human', 'help'], short: ['cancel', 'back', 'human'] },
  'form:village': { whole: ['no', 'cancel', 'back', 'human', 'help'], short: ['cancel', 'back', 'human'] },
};

/** Longer messages tell something, whatever command words they carry. */
const MAX_COMMAND_WORDS = 6;
/** At a step with choices these may be the choice itself ("đèn đường hỏng"), so the form looks first. */
const MAY_BE_THE_ANSWER: readonly Understanding['intent'][] = [
  'complaint_file',
  'complaint_status',
  'announcements',
  'subscribe',
  'out_of_scope',
  'clarify',
];

/**
 * Reads a message while a form is open. An appeal or a denunciation told in an answer is still marked with
 * `formalKind`, so that the form never files it as an ordinary report.
 */
export function readInForm(
  context: UnderstandingContext,
  reading: Reading,
  whole: WholeMessages,
  readFreely: (reading: Reading) => Understanding,
): Understanding {
  const command = commandIn(CONTROLS[context], reading, whole);
  if (command) return answer(reading, command, 1);
  const freely = context === 'form' ? readFreely(reading) : undefined;
  if (freely && !MAY_BE_THE_ANSWER.includes(freely.intent)) return freely;
  const formAnswer = answer(reading, 'form_answer', 0.9);
  return reading.formal ? { ...formAnswer, formalKind: reading.formal.kind } : formAnswer;
}

function commandIn(controls: Controls, reading: Reading, whole: WholeMessages): Intent | undefined {
  const exact = whole.intentsOf(reading.words).find((intent) => controls.whole.includes(intent));
  if (exact) return exact;
  if (whole.core(reading.words).length > MAX_COMMAND_WORDS) return undefined;
  return reading.scores.find(({ intent, score }) => score >= ACT && controls.short.includes(intent))?.intent;
}
