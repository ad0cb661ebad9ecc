import { cleanText, foldVietnamese, hasDiacritics } from '../kernel/vietnamese.ts';

/** One word of a message or of a pattern, in the two spellings it may be compared by. */
export interface Word {
  /** Lower-case with diacritics, tone mark last, so that `hoà` and `hòa` are one word. */
  readonly exact: string;
  /** Without diacritics. */
  readonly folded: string;
  /** The diacritics can be believed: compare `exact`. Otherwise the writer left them out: compare `folded`. */
  readonly trusted: boolean;
}

/** Abbreviation → what it stands for: `ko` → `không`. Keys are lower-case and compared with their accents. */
export type Abbreviations = Readonly<Record<string, string>>;

const WORD = /[\p{L}\p{N}]+|\p{Extended_Pictographic}/gu;
const STRETCHED = /(\p{L})\1{2,}/gu;
const TONE_MARKS = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** Below this share of accented words a message counts as typed without them: a third of ordinary words carry none. */
const TRUSTED_SHARE = 0.35;

/**
 * A resident's message as words. Time and space grow with the length of the text, nothing else.
 * Diacritics decide only where they were typed: `chạy` is never `cháy`, but `chay` may be either.
 */
export function toWords(text: string, abbreviations: Abbreviations): readonly Word[] {
  const spellings = spellingsOf(text);
  const trusting = accentedShare(spellings) >= TRUSTED_SHARE;
  return spellings.flatMap((typed) => {
    // "cccd" is an abbreviation and "quááá" a drawl, so the list is asked first.
    const plain = typed.replace(STRETCHED, '$1');
    const meaning = [typed, plain].find((spelling) => Object.hasOwn(abbreviations, spelling));
    if (meaning !== undefined) return toPatternWords(abbreviations[meaning] ?? '');
    return [toWord(plain, trusting || hasDiacritics(plain))];
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

function spellingsOf(text: string): string[] {
  const cleaned = cleanText(text.normalize('NFKC')).toLowerCase();
  return cleaned.match(WORD) ?? [];
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
