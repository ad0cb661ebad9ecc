import { isSameWord, toPatternWords } from './text/words.ts';
import type { Word } from './text/words.ts';

/**
 * Phrases as the pattern files write them: plain words, `*` for up to six words of anything, `(a|b c)` for a
 * choice. `hồ sơ * (đến đâu|xong chưa)` finds "hồ sơ của tôi đến đâu rồi". A leading `=` finds the phrase only where
 * its accents were typed, for words that mean too many things without: `=nổ`, because `no` is mostly `nó`.
 */
export interface PhraseEntry<T> {
  readonly phrase: string;
  readonly value: T;
}

export interface PhraseHit<T> extends PhraseEntry<T> {
  /** Positions of the first word and after the last. */
  readonly start: number;
  readonly end: number;
  /** Words of the phrase itself, without what the gaps swallowed: the longer, the surer. */
  readonly size: number;
}

export interface PhraseFinder<T> {
  /** Every place where a phrase stands, in no particular order. */
  find(words: readonly Word[]): readonly PhraseHit<T>[];
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

/** The words between two gaps, in one of their ways of saying. */
interface Variant {
  readonly key: string;
  readonly words: readonly Word[];
  readonly strict: boolean;
}

interface CompiledPhrase<T> extends PhraseEntry<T> {
  /** One list of variants for each part between gaps. */
  readonly parts: readonly (readonly Variant[])[];
}

type Places = ReadonlyMap<string, readonly Span[]>;

const MAX_GAP_WORDS = 6;
const STRICT = '=';
const CHOICE = /\(([^()]*)\)/;
/** Choices multiply; a phrase with more ways of saying is a slip or belongs on two lines. */
const MAX_VARIANTS = 500;

/** What is wrong with a phrase as an editor wrote it, or undefined. */
export function phraseProblem(phrase: string): string | undefined {
  if (/\([^)]*\*/.test(phrase)) return 'has a * inside brackets';
  const parts = phrase.split('*');
  if (parts.some((part) => toPatternWords(part).length === 0))
    return 'has no words at one side of a *, or none at all';
  const ways = parts.map(countVariants);
  if (ways.some((count) => count > MAX_VARIANTS)) return 'has too many choices in a row: write two phrases';
  if (parts.flatMap(phraseVariants).some((variant) => /[()|]/.test(variant)))
    return 'has a bracket or | without its pair';
  return undefined;
}

/** All plain ways of saying a phrase, or a part of one, with choices in it. */
export function phraseVariants(phrase: string): readonly string[] {
  const choice = CHOICE.exec(phrase);
  if (!choice) return [phrase];
  const [whole, inside = ''] = choice;
  return inside.split('|').flatMap((option) => phraseVariants(phrase.replace(whole, () => option)));
}

/** Compiles phrases once. Finding takes time in proportion to the message times the phrases that share its words. */
export function createPhraseFinder<T>(entries: readonly PhraseEntry<T>[]): PhraseFinder<T> {
  const phrases = entries.map(compile);
  const variantsByFirstWord = indexVariants(phrases);
  const phrasesByFirstPart = indexPhrases(phrases);
  return {
    find: (words) => {
      const places = placesOfVariants(words, variantsByFirstWord);
      const begun = [...places.keys()].flatMap((key) => phrasesByFirstPart.get(key) ?? []);
      // In the order of the list, as if all had been tried.
      const inOrder = [...new Set(begun)].sort((a, b) => a - b);
      return inOrder.flatMap((index) => {
        const phrase = phrases[index];
        return phrase ? hitsOf(phrase, places) : [];
      });
    },
  };
}

/** Which phrases (by their place in the list) can begin with a variant: the others need not be tried. */
function indexPhrases<T>(phrases: readonly CompiledPhrase<T>[]): ReadonlyMap<string, readonly number[]> {
  const index = new Map<string, number[]>();
  phrases.forEach(({ parts }, place) => {
    for (const { key } of parts[0] ?? []) {
      const known = index.get(key);
      if (known) known.push(place);
      else index.set(key, [place]);
    }
  });
  return index;
}

function countVariants(part: string): number {
  return [...part.matchAll(/\(([^()]*)\)/g)].reduce(
    (count, [, inside = '']) => count * inside.split('|').length,
    1,
  );
}

function compile<T>(entry: PhraseEntry<T>): CompiledPhrase<T> {
  const strict = entry.phrase.startsWith(STRICT);
  const parts = entry.phrase.split('*').map((part) =>
    phraseVariants(part)
      .map((variant) => toPatternWords(variant))
      .filter((words) => words.length > 0)
      .map((words) => ({
        key: `${strict ? STRICT : ''}${words.map((word) => word.exact).join(' ')}`,
        words,
        strict,
      })),
  );
  return { ...entry, parts };
}

function indexVariants<T>(phrases: readonly CompiledPhrase<T>[]): ReadonlyMap<string, readonly Variant[]> {
  const unique = new Map(
    phrases.flatMap(({ parts }) => parts.flat()).map((variant) => [variant.key, variant]),
  );
  const index = new Map<string, Variant[]>();
  for (const variant of unique.values()) {
    const first = variant.words[0]?.folded ?? '';
    const known = index.get(first);
    if (known) known.push(variant);
    else index.set(first, [variant]);
  }
  return index;
}

function placesOfVariants(words: readonly Word[], index: ReadonlyMap<string, readonly Variant[]>): Places {
  const places = new Map<string, Span[]>();
  words.forEach((word, start) => {
    for (const { key, words: expected, strict } of index.get(word.folded) ?? []) {
      if (!standsAt(words, start, expected, strict)) continue;
      const span = { start, end: start + expected.length, size: expected.length };
      const known = places.get(key);
      if (known) known.push(span);
      else places.set(key, [span]);
    }
  });
  return places;
}

function standsAt(words: readonly Word[], start: number, pattern: readonly Word[], strict: boolean): boolean {
  return pattern.every((expected, offset) => {
    const word = words[start + offset];
    return word !== undefined && isSameWord(word, expected) && (word.trusted || !strict);
  });
}

function hitsOf<T>(phrase: CompiledPhrase<T>, places: Places): PhraseHit<T>[] {
  let spans: readonly Span[] | undefined;
  for (const variants of phrase.parts) {
    const here = variants.flatMap(({ key }) => places.get(key) ?? []);
    spans = spans ? joinSpans(spans, here) : here;
    if (spans.length === 0) return [];
  }
  return (spans ?? []).map((span) => ({ value: phrase.value, phrase: phrase.phrase, ...span }));
}

/** Each later part joined to the nearest earlier one within the gap: both in order, so one pass is enough. */
function joinSpans(earlier: readonly Span[], later: readonly Span[]): readonly Span[] {
  const before = [...earlier].sort((a, b) => a.end - b.end);
  const joined: Span[] = [];
  let passed = 0;
  for (const span of [...later].sort((a, b) => a.start - b.start)) {
    while ((before[passed]?.end ?? Infinity) <= span.start) passed += 1;
    const nearest = before[passed - 1];
    if (!nearest || span.start - nearest.end > MAX_GAP_WORDS) continue;
    joined.push({ start: nearest.start, end: span.end, size: nearest.size + span.size });
  }
  return joined;
}
