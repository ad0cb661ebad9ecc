import { KEYWORD_INTENTS } from './pattern-schemas.ts';
import type { KeywordIntent, Patterns } from './pattern-schemas.ts';
import { createPhraseFinder } from './phrases.ts';
import type { PhraseHit } from './phrases.ts';
import type { Word } from './words.ts';

/** How strongly a message speaks for an intent. From `ACT` on it may be acted on, from `OFFER` on it may be offered. */
export interface IntentScore {
  readonly intent: KeywordIntent;
  readonly score: number;
}

export const ACT = 3;
export const OFFER = 1.5;
/** A longer phrase is rarer and therefore surer; past six words that is no longer true. */
const PER_EXTRA_WORD = 0.4;
const MAX_EXTRA_WORDS = 5;
/** Further phrases of the same intent add a little, so that a long message cannot win by its length. */
const PER_FURTHER_SURE = 0.5;
const MAX_FURTHER_SURE = 2;
const MAX_HINTS = 3;

type Weight = 'sure' | 'hint' | 'against';
interface Vote {
  readonly intent: KeywordIntent;
  readonly weight: Weight;
}

export interface IntentScorer {
  /** Intents with any support, best first; equal ones in the order of the contract. */
  score(words: readonly Word[]): readonly IntentScore[];
}

export function createIntentScorer(intents: Patterns['intents']): IntentScorer {
  const finder = createPhraseFinder<Vote>(
    KEYWORD_INTENTS.flatMap((intent) =>
      (['sure', 'hint', 'against'] as const).flatMap((weight) =>
        intents[intent][weight].map((phrase) => ({ phrase, value: { intent, weight } })),
      ),
    ),
  );
  return { score: (words) => rank(finder.find(words)) };
}

function rank(hits: readonly PhraseHit<Vote>[]): readonly IntentScore[] {
  return KEYWORD_INTENTS.map((intent) => ({
    intent,
    score: scoreOf(distinct(hits.filter((hit) => hit.value.intent === intent))),
  }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

function distinct(hits: readonly PhraseHit<Vote>[]): readonly PhraseHit<Vote>[] {
  return [...new Map(hits.map((hit) => [`${hit.value.weight}:${hit.phrase}`, hit])).values()];
}

function scoreOf(hits: readonly PhraseHit<Vote>[]): number {
  const sizesOf = (weight: Weight): number[] =>
    hits.filter((hit) => hit.value.weight === weight).map((hit) => hit.size);
  const sure = sizesOf('sure');
  const bestSure = sure.length === 0 ? 0 : ACT + extraFor(Math.max(...sure));
  const furtherSure = Math.min(Math.max(sure.length - 1, 0), MAX_FURTHER_SURE) * PER_FURTHER_SURE;
  const hints = Math.min(sizesOf('hint').length, MAX_HINTS) * OFFER;
  return bestSure + furtherSure + hints - sizesOf('against').length * ACT;
}

function extraFor(size: number): number {
  return Math.min(size - 1, MAX_EXTRA_WORDS) * PER_EXTRA_WORD;
}
