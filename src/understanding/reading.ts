import type { FormalComplaint } from './formal-complaint.ts';
import type { ReadMessage } from './message-reader.ts';
import type { EmergencyKind, Entities, Intent, Understanding } from './understanding.ts';

/** Commands of a form: without one there is no question to say yes or no to. */
export const ONLY_IN_FORMS: readonly Intent[] = ['yes', 'no', 'cancel', 'back'];

export interface RankedIntent {
  readonly intent: Intent;
  /** 0 to 1. */
  readonly probability: number;
}

/** What is known of one message before anything is decided. Made once, so that every layer reads the same words. */
export interface Reading extends ReadMessage {
  readonly text: string;
  /** Every intent a message outside a form can have, best first. */
  readonly ranked: readonly RankedIntent[];
  readonly entities: Entities;
  /** By the phrases of the pattern file. */
  readonly formal: FormalComplaint | undefined;
  /** Appeal or denunciation, in case it is one of them. */
  readonly formalKind: NonNullable<Understanding['formalKind']>;
  /** By the phrases of the pattern file. */
  readonly danger: EmergencyKind | undefined;
  /** The code of an earlier report stands in it. */
  readonly namesFeedback: boolean;
}

const MAX_SUGGESTIONS = 3;

/** An answer to act on. The other readings stay visible. */
export function answer(reading: Reading, intent: Intent, confidence: number): Understanding {
  return {
    intent,
    confidence: rounded(confidence),
    alternatives: alternativesTo(reading, intent),
    entities: reading.entities,
  };
}

/** A question instead of an answer. */
export function clarify(reading: Reading, suggestions: readonly Intent[], confidence: number): Understanding {
  return {
    intent: 'clarify',
    confidence: rounded(confidence),
    suggestions: suggestions.slice(0, MAX_SUGGESTIONS),
    alternatives: alternativesTo(reading, undefined),
    entities: reading.entities,
  };
}

export function probabilityOf(reading: Reading, intent: Intent): number {
  return reading.ranked.find((each) => each.intent === intent)?.probability ?? 0;
}

function alternativesTo(reading: Reading, intent: Intent | undefined): Understanding['alternatives'] {
  return reading.ranked
    .filter((each) => each.intent !== intent)
    .slice(0, MAX_SUGGESTIONS)
    .map((each) => ({ intent: each.intent, confidence: rounded(each.probability) }));
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}
