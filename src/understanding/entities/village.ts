import type { Village } from '../../kernel/commune.ts';
import { createPhraseFinder } from '../phrases.ts';
import type { PhraseHit } from '../phrases.ts';
import { toPatternWords } from '../text/words.ts';
import type { Word } from '../text/words.ts';
import { spellNumber } from './spoken-numbers.ts';

/**
 * The ids of all villages somebody names, best first: the longest name, then the first one said. Exactly one can be
 * taken; with two or more the resident must be asked.
 */
export type VillageFinder = (words: readonly Word[]) => readonly string[];

interface Named {
  readonly id: string;
  /** As the commune file writes it, and not only with another word for "village" before it. */
  readonly asWritten: boolean;
  /** Only a number: in "tổ 5 khu 3" the first is a part of the second, unless the file says `tổ 5`. */
  readonly numbered: boolean;
}
type Hit = PhraseHit<Named>;

/** What a village is called before its name, by region and by commune or ward; people use whichever they grew up with. */
const PREFIXES = ['thôn', 'khu', 'xóm', 'tổ', 'khu phố', 'ấp', 'bản', 'khóm', 'làng', 'tổ dân phố'] as const;
const LONGEST_FIRST = [...PREFIXES].sort((a, b) => b.length - a.length);

/**
 * Villages by name or alias, with or without accents. A name of one word, or a number, counts only behind "thôn" and
 * the like: `Hạ`, `Đông` are also ordinary words.
 */
export function createVillageFinder(villages: readonly Village[]): VillageFinder {
  const finder = createPhraseFinder<Named>(
    villages.flatMap(({ id, name, aliases }) =>
      [name, ...aliases].flatMap((each) => {
        const numbered = isNumber(withoutPrefix(each));
        return [
          ...(hasSeveralWords(each) ? [{ phrase: each, value: { id, numbered, asWritten: true } }] : []),
          ...otherWays(each).map((phrase) => ({ phrase, value: { id, numbered, asWritten: false } })),
        ];
      }),
    ),
  );
  return (words) => {
    const all = finder.find(words);
    const written = all.some(({ value }) => value.asWritten);
    const hits = all.filter(({ value }) => value.asWritten || !(written && value.numbered));
    const best = hits.filter((hit) => !hits.some((other) => outdoes(other, hit))).sort(bySize);
    return [...new Set(best.map(({ value }) => value.id))];
  };
}

/** The name behind every word for "village"; a numbered one also spelled out: `tổ 5`, `tổ số 5`, `thôn năm`. */
function otherWays(name: string): readonly string[] {
  const bare = withoutPrefix(name);
  const spellings = isNumber(bare) ? numberSpellings(Number(bare)) : [bare];
  const prefixed = spellings.flatMap((spelling) => PREFIXES.map((prefix) => `${prefix} ${spelling}`));
  return hasSeveralWords(bare) ? [bare, ...prefixed] : prefixed;
}

function withoutPrefix(name: string): string {
  const plain = name.normalize('NFC').trim().toLowerCase();
  const prefix = LONGEST_FIRST.find((each) => plain.startsWith(`${each} `));
  return prefix === undefined ? plain : plain.slice(prefix.length + 1).trim();
}

function isNumber(name: string): boolean {
  return /^\d+$/.test(name);
}

function numberSpellings(number: number): readonly string[] {
  const digits = String(number);
  return [digits, digits.padStart(2, '0'), `số ${digits}`, ...spellNumber(number)];
}

function hasSeveralWords(name: string): boolean {
  return toPatternWords(name).length > 1;
}

/** Names the other one's words and more; or the same words, and only this one is written so in the file. */
function outdoes(other: Hit, hit: Hit): boolean {
  if (other.start > hit.start || other.end < hit.end) return false;
  if (other.size > hit.size) return true;
  return other.size === hit.size && other.value.asWritten && !hit.value.asWritten;
}

function bySize(a: Hit, b: Hit): number {
  return b.size - a.size || a.start - b.start;
}
