import type { FeedbackCategory } from '../feedback/feedback.ts';
import { ONLY_IN_FORMS, answer, clarify, probabilityOf } from './reading.ts';
import type { RankedIntent, Reading } from './reading.ts';
import { looksLikeNonsense } from './text/nonsense.ts';
import type { Intent, Understanding } from './understanding.ts';
import type { WholeMessages } from './whole-messages.ts';

/** Offered when a word was understood but not the wish. */
const WAY_FORWARD: readonly Intent[] = ['help', 'human'];
/** From here on the best reading is acted on. Chosen on the development set: about one message in ten is asked back. */
const SURE = 0.75;
/** Readings that change something for the resident, or that the law treats specially, need more. */
const CAREFUL: ReadonlySet<Intent> = new Set<Intent>(['unsubscribe', 'delete_data', 'subscribe']);
const SURE_WHEN_CAREFUL = 0.8;
/** The runner-up must be this much less likely. */
const MARGIN = 0.5;
/** Less likely readings are not worth a button. */
const WORTH_OFFERING = 0.04;
/** A code says what a message is about, unless the words clearly want something else with it. */
const CLEARLY_ELSE = 0.9;
const MAY_CARRY_A_CODE: ReadonlySet<Intent> = new Set<Intent>(['human', 'formal_complaint', 'contact_info']);
/** With so much of an appeal or denunciation in it a message is not taken for an ordinary report. */
const MAYBE_FORMAL = 0.05;
/** Matters an authority decides on. Anywhere else "khiếu nại" is often just a strong word for a report. */
const OFFICIAL_MATTERS: readonly string[] = [
  'land',
  'social_policy',
  'slow_procedure',
  'staff_attitude',
] satisfies readonly FeedbackCategory[];

/** Reads a message when nothing particular was asked: codes, menu words, the law's words, then the model. */
export function readFreely(reading: Reading, whole: WholeMessages): Understanding {
  if (reading.namesFeedback) return answer(reading, 'complaint_status', 1);
  if (reading.entities.dossierCode !== undefined) return answer(reading, withCode(reading), 1);
  if (!saysAnything(reading)) return notUnderstood(reading);
  const claimed = whole.intentsOf(reading.words);
  const exact = claimed.find((intent) => !ONLY_IN_FORMS.includes(intent));
  if (exact) return answer(reading, exact, 1);
  // Without a question "vâng" and "ok" only say that the answer arrived.
  if (claimed.includes('yes')) return answer(reading, 'thanks', 0.9);
  if (claimed.length > 0) return clarify(reading, WAY_FORWARD, 0.3);
  return withFormalKind(reading, unlessNonsense(reading, readRanked(reading)));
}

/** "Asdfgh" is not refused as somebody else's matter: what was not said clearly is asked for again. */
function unlessNonsense(reading: Reading, understood: Understanding): Understanding {
  const isUnclear = understood.intent === 'out_of_scope' || understood.intent === 'clarify';
  return isUnclear && looksLikeNonsense(reading.words) ? notUnderstood(reading) : understood;
}

function notUnderstood(reading: Reading): Understanding {
  return answer(reading, 'out_of_scope', 0.4);
}

function withCode({ ranked }: Reading): Intent {
  const [best] = ranked;
  const isElse = best && best.probability >= CLEARLY_ELSE && MAY_CARRY_A_CODE.has(best.intent);
  return isElse ? best.intent : 'procedure_status';
}

function readRanked(reading: Reading): Understanding {
  const [best, second] = reading.ranked;
  if (!best) return notUnderstood(reading);
  if (isSure(best, second) && !isRiskyReport(reading, best))
    return answer(reading, best.intent, best.probability);
  const offered = reading.ranked
    .filter(({ probability }) => probability >= WORTH_OFFERING)
    .map(({ intent }) => intent);
  return clarify(reading, withFormalOffered(reading, offered), best.probability);
}

function isSure(best: RankedIntent, second: RankedIntent | undefined): boolean {
  const needed = CAREFUL.has(best.intent) ? SURE_WHEN_CAREFUL : SURE;
  return best.probability >= needed && best.probability - (second?.probability ?? 0) >= MARGIN;
}

/** An appeal or a denunciation must never end in the ordinary queue: a hint of one is asked back. */
function isRiskyReport(reading: Reading, best: RankedIntent): boolean {
  if (best.intent !== 'complaint_file') return false;
  if (probabilityOf(reading, 'formal_complaint') >= MAYBE_FORMAL) return true;
  const { category } = reading.entities;
  const isOrdinary = category !== undefined && !OFFICIAL_MATTERS.includes(category);
  return reading.formal?.namesDecision === true && !isOrdinary;
}

function withFormalOffered(reading: Reading, offered: readonly Intent[]): readonly Intent[] {
  if (!reading.formal || offered.slice(0, 3).includes('formal_complaint')) return offered;
  return [...offered.slice(0, 1), 'formal_complaint', ...offered.slice(1)];
}

function withFormalKind(reading: Reading, understood: Understanding): Understanding {
  return understood.intent === 'formal_complaint'
    ? { ...understood, formalKind: reading.formalKind }
    : understood;
}

/** Without a letter or a digit, nothing was said. */
function saysAnything({ words }: Reading): boolean {
  return words.some(({ folded }) => /[\p{L}\p{N}]/u.test(folded));
}
