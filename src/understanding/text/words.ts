import { latinLookAlikes } from '../../kernel/look-alikes.ts';
import { cleanText, foldVietnamese, hasDiacritics } from '../../kernel/vietnamese.ts';
import { decodeKeys } from './keyboard.ts';
import { writeOut } from './shorthand.ts';
import type { Shorthand } from './shorthand.ts';

/** One word of a message or of a pattern, in the two spellings it may be compared by. */
export interface Word {
  /** Lower-case with diacritics, tone mark last, so that `hoà` and `hòa` are one word. */
  readonly exact: string;
  /** Without diacritics. */
  readonly folded: string;
  /** The diacritics can be believed: compare `exact`. Otherwise the writer left them out: compare `folded`. */
  readonly trusted: boolean;
}

const WORD = /[\p{L}\p{N}]+|\p{Extended_Pictographic}/gu;
/** Zalo itself stops at 2,000 characters. Of anything longer the beginning and the end are read: a cry for help may come last. */
const MAX_BEGINNING = 3000;
const MAX_END = 1000;
const STRETCHED = /(\p{L})\1{2,}/gu;
const TONE_MARKS = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** Below this share of accented words a message counts as typed without them: a third of ordinary words carry none. */
const TRUSTED_SHARE = 0.35;

/**
 * A resident's message as words: invisible characters gone, look-alike letters made Latin, left-overs of a Telex or VNI
 * keyboard decoded, drawls shortened, shorthand written out. Of a very
 * long text only the beginning and the end are read, so that time and space stay bounded. Diacritics decide only where they were typed: `chạy` is never `cháy`, but `chay` may be either.
 */
export function toWords(text: string, shorthand: Shorthand): readonly Word[] {
  const typed = decodeKeys(spellingsOf(text));
  const trusting = accentedShare(typed) >= TRUSTED_SHARE;
  const plain = typed.map((spelling) => spelling.replace(STRETCHED, '$1'));
  return plain.flatMap((spelling, at) => {
    // "cccd" is an abbreviation and "quááá" a drawl, so the list is asked for both.
    const meaning = writeOut(typed, at, shorthand) ?? writeOut(plain, at, shorthand);
    if (meaning !== undefined) return toPatternWords(meaning);
    return [toWord(spelling, trusting || hasDiacritics(spelling))];
  });
}

/** The words of a pattern, whose spelling is always right. */
export function toPatternWords(text: string): readonly Word[] {
  return spellingsOf(text).map((spelling) => toWord(spelling, true));
}

/** Does a word of a message stand for this word of a pattern? */
export function isSameWord(word: Word, pattern: Word): boolean {
  return word.trusted ? word.exact === pattern.exact : word.folded === pattern.folded;
}

/** The same words, read as if no accent had been typed: a second look at a message full of slips. */
export function withoutAccents(words: readonly Word[]): readonly Word[] {
  return words.map((word) => ({ ...word, trusted: false }));
}

/** The same words, believing only the accents that are there: for names, which people type plainly amid accented words. */
export function trustingTypedAccents(words: readonly Word[]): readonly Word[] {
  return words.map((word) => ({ ...word, trusted: word.exact !== word.folded }));
}

function beginningAndEnd(text: string): string {
  if (text.length <= MAX_BEGINNING + MAX_END) return text;
  return `${text.slice(0, MAX_BEGINNING)} ${text.slice(-MAX_END)}`;
}

function spellingsOf(text: string): string[] {
  // Cut before anything looks at a hundred kilobytes, and again after: NFKC makes four words of one Arabic ligature.
  const cleaned = cleanText(beginningAndEnd(beginningAndEnd(text).normalize('NFKC'))).toLowerCase();
  return latinLookAlikes(cleaned).match(WORD) ?? [];
}

function accentedShare(spellings: readonly string[]): number {
  const letters = spellings.filter((spelling) => /\p{L}/u.test(spelling));
  return letters.length === 0 ? 0 : letters.filter(hasDiacritics).length / letters.length;
}

function toWord(spelling: string, trusted: boolean): Word {
  return { exact: exactKey(spelling), folded: oneLetterForI(foldVietnamese(spelling)), trusted };
}

function exactKey(spelling: string): string {
  const decomposed = spelling.normalize('NFD');
  const tone = decomposed.match(TONE_MARKS)?.[0] ?? '';
  return oneLetterForI(decomposed.replace(TONE_MARKS, '').normalize('NFC')) + tone;
}

/** `kí` and `ký`, `lí` and `lý` are both schoolbook spellings of one word. */
function oneLetterForI(word: string): string {
  return /^(?:h|k|l|m|s|t|qu)y$/.test(word) ? `${word.slice(0, -1)}i` : word;
}
