import type { Word } from '../text/words.ts';
import { soundOf } from '../text/sounds.ts';
import { HASHES } from './counts.ts';
import type { Counts } from './counts.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One message as the model sees it: places in the vocabulary, and how much each weighs. A place may stand there twice. */
export interface Vector {
  readonly places: Uint32Array;
  readonly values: Float32Array;
}

/**
 * How much each block may say: letters (2 to 5 within word borders), words (one, two, two with one between), the same of
 * accented words, the same by sound, concepts. Chosen on the development set.
 */
const BLOCK_WEIGHTS = [1, 1, 0.6, 0.7, 0.8] as const;

const SHORTEST = 2;
const LONGEST = 5;
const PAIRS_OF_CONCEPTS_UP_TO = 8;

/** Counts everything the model looks at. `concepts` are the names of the phrase groups found in the message. */
export function countFeatures(words: readonly Word[], concepts: readonly string[]): Counts {
  return [
    countLetters(words),
    countWords(words.map(foldedToken)),
    countWords(accentedTokens(words)),
    countWords(words.map(({ folded }) => `'${soundOf(folded)}`)),
    countConcepts(concepts),
  ].map(compact);
}

/** Weighs counts by rarity and gives each block the same length, so that a long message is not a loud one. */
export function toVector(counts: Counts, { placeOf, rarity }: Vocabulary): Vector {
  const size = counts.reduce((sum, { hashes }) => sum + hashes.length, 0);
  const places = new Uint32Array(size);
  const values = new Float32Array(size);
  let at = 0;
  counts.forEach(({ hashes, times }, block) => {
    const start = at;
    let squares = 0;
    hashes.forEach((hash, each) => {
      const place = (placeOf[hash] as number) - 1;
      if (place < 0) return;
      const value = (1 + Math.log(times[each] as number)) * (rarity[place] as number);
      places[at] = place;
      values[at] = value;
      squares += value * value;
      at += 1;
    });
    const scale = (BLOCK_WEIGHTS[block] as number) / (Math.sqrt(squares) || 1);
    for (let each = start; each < at; each += 1) values[each] = (values[each] as number) * scale;
  });
  return { places: places.subarray(0, at), values: values.subarray(0, at) };
}

function countLetters(words: readonly Word[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { folded } of words) {
    const token = `_${folded.slice(0, 20)}_`;
    for (let start = 0; start < token.length; start += 1) {
      let hash = seedOf('l');
      for (let end = start; end < token.length && end < start + LONGEST; end += 1) {
        hash = step(hash, token.charCodeAt(end));
        if (end - start + 1 >= SHORTEST) add(counts, finish(hash));
      }
    }
  }
  return counts;
}

function countWords(tokens: readonly string[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const edged = ['^', ...tokens, '$'];
  edged.forEach((token, at) => {
    if (at > 0 && at < edged.length - 1) add(counts, hashOf('w', token));
    const next = edged[at + 1];
    const afterNext = edged[at + 2];
    if (next !== undefined) add(counts, hashOf('b', `${token} ${next}`));
    if (afterNext !== undefined) add(counts, hashOf('s', `${token} ${afterNext}`));
  });
  return counts;
}

function countConcepts(concepts: readonly string[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const names = [...new Set(concepts)].sort();
  names.forEach((name, at) => {
    add(counts, hashOf('c', name));
    if (names.length > PAIRS_OF_CONCEPTS_UP_TO) return;
    for (const other of names.slice(at + 1)) add(counts, hashOf('p', `${name} ${other}`));
  });
  return counts;
}

/** Small numbers are themselves (mức 2, 113); of long ones only the length tells something. */
function foldedToken({ folded }: Word): string {
  return /^\d{4,}$/.test(folded) ? `#${String(Math.min(folded.length, 13))}` : folded;
}

function accentedTokens(words: readonly Word[]): readonly string[] {
  return words.some((word) => word.exact !== word.folded)
    ? words.filter((word) => word.trusted).map((word) => `~${word.exact}`)
    : [];
}

function compact(counts: ReadonlyMap<number, number>): Counts[number] {
  return { hashes: Uint32Array.from(counts.keys()), times: Uint16Array.from(counts.values()) };
}

function add(counts: Map<number, number>, hash: number): void {
  counts.set(hash, (counts.get(hash) ?? 0) + 1);
}

// FNV-1a, 32 bits: public domain, by Fowler, Noll and Vo.
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

function seedOf(kind: string): number {
  return step(OFFSET, kind.charCodeAt(0));
}

function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, PRIME);
}

function finish(hash: number): number {
  return ((hash ^ (hash >>> 15)) >>> 0) & (HASHES - 1);
}

function hashOf(kind: string, text: string): number {
  let hash = seedOf(kind);
  for (let at = 0; at < text.length; at += 1) hash = step(hash, text.charCodeAt(at));
  return finish(hash);
}
