import { latinLookAlikes } from './look-alikes.ts';

/*
 * How residents write the codes they copy from paper or hear read aloud. Each kind of code has its own pattern; what the
 * patterns share stands here, as sources for `new RegExp(…, 'u')` on a text that went through `toCodeText`.
 */

/** A digit, or a letter that is taken for one: O for 0, I and L for 1. */
export const CODE_DIGIT = '[0-9OIL]';
/** Any dot, blank, comma, slash, underscore or dash stands for any other. */
export const CODE_SEPARATOR = String.raw`[\s.,_/·\p{Pd}\u2212]{1,6}`;
export const CODE_DASH = String.raw`\s{0,3}[\p{Pd}\u2212]\s{0,3}`;

const INVISIBLE = /[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]/g;
/** Separators said or written as words, each with the mark it means; accents may be missing. */
const SPOKEN_SEPARATORS: readonly (readonly [RegExp, string])[] = [
  [spoken('CHẤM|CHÂM|CHAM|PHẨY|PHẢY|PHAY'), '.'],
  [spoken('(?:GẠCH|GACH)(?: ?(?:NGANG|NỐI|NOI|DƯỚI|DUOI))?|NGANG|TRỪ|TRU'), '-'],
  [spoken('(?:GẠCH|GACH) ?(?:CHÉO|CHEO)|XUYỆT|XUYỆC|XUYÊT|XUYET|XUYEC|XẸT|XET|SẸC|SEC'), '/'],
];

/**
 * Upper case in plain Latin letters, full-width characters and invisible ones dealt with, separators as marks:
 * `н49 chấm 23` with a Cyrillic н gives `H49.23`.
 */
export function toCodeText(text: string): string {
  // Before and after the change of case: capital and small eta look like different letters.
  const latin = latinLookAlikes(text.normalize('NFKC').replace(INVISIBLE, '')).toUpperCase();
  return SPOKEN_SEPARATORS.reduce((marked, [word, mark]) => marked.replace(word, mark), latin);
}

/** What the digits of a code stand for, once it is known that they are digits. */
export function toCodeDigits(written: string): string {
  return written.replaceAll('O', '0').replace(/[IL]/g, '1');
}

/** Only right behind a digit and before another group, where the word can be nothing else. */
function spoken(words: string): RegExp {
  return new RegExp(
    String.raw`(?<=[0-9]|[0-9OIL]{2})\s{0,2}(?:${words})\s{0,2}(?=[A-Z]?\s?${CODE_DIGIT})`,
    'gu',
  );
}
