import { KEYWORD_INTENTS } from './pattern-schemas.ts';
import type { FillerPatterns, KeywordIntent, Patterns } from './pattern-schemas.ts';
import { phraseVariants } from './phrases.ts';
import { isSameWord, toPatternWords } from './text/words.ts';
import type { Word } from './text/words.ts';

/** Reads a message that is nothing but a menu or control word, such as "menu" or "dạ đúng rồi ạ". */
export interface WholeMessages {
  /** All intents that claim it, in the order of the contract: "không" is both a no and, elsewhere, a goodbye. */
  intentsOf(words: readonly Word[]): readonly KeywordIntent[];
  /** The message without the polite words around it. */
  core(words: readonly Word[]): readonly Word[];
}

interface WholeMessage {
  readonly intent: KeywordIntent;
  readonly words: readonly Word[];
}

export function createWholeMessages({
  intents,
  fillers,
}: Pick<Patterns, 'intents' | 'fillers'>): WholeMessages {
  const byFolded = indexMessages(intents);
  const edges = createEdgeFinder(fillers);
  const claimed = (words: readonly Word[]): readonly KeywordIntent[] =>
    (byFolded.get(foldedKey(words)) ?? [])
      .filter((message) => isSame(words, message.words))
      .map(({ intent }) => intent);
  return {
    core: (words) => {
      const { starts, ends } = edges(words);
      return words.slice(starts.at(-1), ends.at(-1));
    },
    intentsOf: (words) => {
      if (words.length > MAX_WHOLE_WORDS) return [];
      const { starts, ends } = edges(words);
      // What was typed comes first: "vâng ạ" must not lose its "vâng", nor "em ơi" everything.
      const readings = starts.flatMap((start) => ends.map((end) => words.slice(start, end)));
      return readings.map(claimed).find((found) => found.length > 0) ?? [];
    },
  };
}

function indexMessages(intents: Patterns['intents']): ReadonlyMap<string, readonly WholeMessage[]> {
  const index = new Map<string, WholeMessage[]>();
  for (const intent of KEYWORD_INTENTS) {
    for (const variant of intents[intent].whole.flatMap(phraseVariants)) {
      const words = toPatternWords(variant);
      index.set(foldedKey(words), [...(index.get(foldedKey(words)) ?? []), { intent, words }]);
    }
  }
  return index;
}

function foldedKey(words: readonly Word[]): string {
  return words.map((word) => word.folded).join(' ');
}

function isSame(words: readonly Word[], pattern: readonly Word[]): boolean {
  return words.every((word, at) => {
    const expected = pattern[at];
    return expected !== undefined && isSameWord(word, expected);
  });
}

/** Places where the message may begin and end, the typed ones first, each next one with one more polite phrase left out. */
interface Edges {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const MAX_FILLER_WORDS = 4;
const MAX_FILLERS = 5;
/** Polite words included; anything longer says more than one word of command. */
const MAX_WHOLE_WORDS = 20;
const PICTURE = /\p{Extended_Pictographic}/u;

function createEdgeFinder(fillers: FillerPatterns): (words: readonly Word[]) => Edges {
  const before = fillers.before.flatMap(phraseVariants).map(toPatternWords);
  const after = fillers.after.flatMap(phraseVariants).map(toPatternWords);
  return (words) => {
    const ends = [words.length];
    for (let end = words.length, size = 1; size > 0 && ends.length <= MAX_FILLERS;) {
      const edge = words.slice(Math.max(0, end - MAX_FILLER_WORDS), end);
      size = fillerSize(edge, after, (length) => edge.slice(edge.length - length));
      end -= size;
      if (size > 0) ends.push(end);
    }
    const starts = [0];
    for (let start = 0, size = 1; size > 0 && starts.length <= MAX_FILLERS;) {
      const edge = words.slice(start, start + MAX_FILLER_WORDS);
      size = fillerSize(edge, before, (length) => edge.slice(0, length));
      start += size;
      if (size > 0) starts.push(start);
    }
    return { starts, ends };
  };
}

/** How many words at that edge are a polite phrase or a smiley; 0 when none. */
function fillerSize(
  edge: readonly Word[],
  fillers: readonly (readonly Word[])[],
  part: (length: number) => readonly Word[],
): number {
  const picture = part(1).some((word) => PICTURE.test(word.folded)) ? 1 : 0;
  const sizes = fillers
    .filter((filler) => filler.length <= edge.length && isSame(part(filler.length), filler))
    .map((filler) => filler.length);
  return Math.max(picture, ...sizes);
}
