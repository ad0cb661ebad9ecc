import { ACT, OFFER } from './intent-scores.ts';
import type { FeedbackCategory } from '../feedback/feedback.ts';
import { answer, clarify, confidenceOf } from './reading.ts';
import type { Reading } from './reading.ts';
import type { Intent, Understanding } from './understanding.ts';
import type { WholeMessages } from './whole-messages.ts';

/** Outside a form there is no question to say yes or no to; a bare "vâng" is politeness and needs no question back. */
const ONLY_IN_FORMS: readonly Intent[] = ['yes', 'no', 'cancel', 'back'];
/** Offered when a word was understood but not the wish. */
const WAY_FORWARD: readonly Intent[] = ['help', 'human'];
/** Two answers nearer to each other than this are a question. */
const TOO_CLOSE = 0.3;
/** Matters an authority decides on. Anywhere else "khiếu nại" is often just a strong word for a report. */
const OFFICIAL_MATTERS: readonly string[] = [
  'land',
  'social_policy',
  'slow_procedure',
  'staff_attitude',
] satisfies readonly FeedbackCategory[];

/** Reads a message when nothing particular was asked: codes, the law's words, menu words, then the best score. */
export function readFreely(reading: Reading, whole: WholeMessages): Understanding {
  if (reading.namesFeedback) return answer(reading, 'complaint_status', 1);
  if (reading.entities.dossierCode !== undefined) return answer(reading, 'procedure_status', 1);
  if (reading.formal) return readFormal(reading, reading.formal);
  const claimed = whole.intentsOf(reading.words);
  const exact = claimed.find((intent) => !ONLY_IN_FORMS.includes(intent));
  if (exact) return answer(reading, exact, 1);
  if (claimed.includes('yes')) return answer(reading, 'yes', 1);
  if (claimed.length > 0) return clarify(reading, WAY_FORWARD, 0.3);
  return readScores(reading);
}

function readFormal(reading: Reading, formal: NonNullable<Reading['formal']>): Understanding {
  const { category } = reading.entities;
  const onlyAReport = !formal.namesDecision && category !== undefined && !OFFICIAL_MATTERS.includes(category);
  if (onlyAReport) return clarify(reading, ['complaint_file', 'formal_complaint'], 0.5);
  return { ...answer(reading, 'formal_complaint', 0.95), formalKind: formal.kind };
}

function readScores(reading: Reading): Understanding {
  const scores = reading.scores.filter(({ intent }) => !ONLY_IN_FORMS.includes(intent));
  const [best, second] = scores;
  if (!best || best.score < OFFER) return answer(reading, 'out_of_scope', 0.4);
  const confidence = confidenceOf(best.score, second?.score ?? 0);
  if (best.score >= ACT && best.score - (second?.score ?? 0) >= TOO_CLOSE) {
    return answer(reading, best.intent, confidence);
  }
  const offered = scores.filter(({ intent, score }) => score >= OFFER && intent !== 'out_of_scope');
  if (offered.length === 0) return answer(reading, 'out_of_scope', confidence);
  return clarify(
    reading,
    offered.map(({ intent }) => intent),
    confidence,
  );
}
