import { foldVietnamese } from '../../../kernel/vietnamese.ts';
import { NUMBER_WORDS } from '../spoken-numbers.ts';

/**
 * A pattern over a message in lower case whose Vietnamese words are also found without accents: typed accents are
 * believed, missing ones forgiven, so `chiều mai` and `chieu mai` match and `chiếu mai` does not. `#` stands for a number
 * of one or two digits or in words. Matches whole words only; every part is bounded, so time is linear in the text.
 */
export function spokenPattern(source: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${spokenSource(source)})(?![\p{L}\p{N}])`, 'gu');
}

/** The same for what stands right before or right behind: `^` and `$` are the caller's. */
export function besidePattern(source: string): RegExp {
  return new RegExp(spokenSource(source), 'u');
}

const NUMBER = String.raw`(?:\d{1,2}|${NUMBER_WORDS.map(withOrWithoutAccents).join('|')})`;

function spokenSource(source: string): string {
  return withOrWithoutAccents(source).replaceAll('#', NUMBER);
}

function withOrWithoutAccents(source: string): string {
  // Only words with an accent are touched, so that nothing of a pattern's own language is.
  return source.normalize('NFC').replace(/[a-z\u00c0-\u1ef9]*[\u00c0-\u1ef9][a-z\u00c0-\u1ef9]*/g, (word) => {
    return `(?:${word}|${foldVietnamese(word)})`;
  });
}
