import type { CardMatch } from './knowledge.ts';

/** From here a match is given, below it is only offered (`CardMatch.score`). */
const SURE = 0.5;
/** Two cards nearer than this are a question: a fee of the wrong procedure is worse than one more tap. */
const MARGIN = 0.1;
/** 1 but for rounding: the card's own name was said. */
const EXACT = 0.999;

/** The card that is surely meant; nothing when it is a guess or two are equally likely. Best first. */
export function findSureMatch<T>(matches: readonly CardMatch<T>[]): CardMatch<T> | undefined {
  const [best, second] = matches;
  if (!best || best.score < SURE) return undefined;
  const isClear = best.score >= EXACT || best.score - (second?.score ?? 0) >= MARGIN;
  return isClear ? best : undefined;
}
