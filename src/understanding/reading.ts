import type { FormalComplaint } from './formal-complaint.ts';
import type { IntentScore } from './intent-scores.ts';
import type { Entities, Intent, Understanding } from './understanding.ts';
import type { Word } from './words.ts';

/** What is known of one message before anything is decided. Made once, so that every layer reads the same words. */
export interface Reading {
  readonly words: readonly Word[];
  /** Best first. */
  readonly scores: readonly IntentScore[];
  readonly entities: Entities;
  readonly formal: FormalComplaint | undefined;
  /** The code of an earlier report stands in it. */
  readonly namesFeedback: boolean;
}

const MAX_SUGGESTIONS = 3;

/** An answer to act on. The other readings stay visible, so that the conversation can offer the second need. */
export function answer(reading: Reading, intent: Intent, confidence: number): Understanding {
  return { intent, confidence, alternatives: alternativesTo(reading, intent), entities: reading.entities };
}

/** A question instead of an answer. */
export function clarify(reading: Reading, suggestions: readonly Intent[], confidence: number): Understanding {
  return {
    intent: 'clarify',
    confidence,
    suggestions: suggestions.slice(0, MAX_SUGGESTIONS),
    alternatives: alternativesTo(reading, undefined),
    entities: reading.entities,
  };
}

/** How sure a score is, given the runner-up; never quite 1, which is kept for exact words. */
export function confidenceOf(score: number, runnerUp: number): number {
  return Math.round((score / (score + runnerUp / 2 + 1)) * 100) / 100;
}

function alternativesTo(reading: Reading, intent: Intent | undefined): Understanding['alternatives'] {
  return reading.scores
    .filter((each) => each.intent !== intent)
    .slice(0, MAX_SUGGESTIONS)
    .map((each) => ({
      intent: each.intent,
      confidence: confidenceOf(each.score, reading.scores[0]?.score ?? 0),
    }));
}
