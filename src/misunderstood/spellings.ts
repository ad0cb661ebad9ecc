import { foldVietnamese } from '../kernel/vietnamese.ts';

/** A letter before or a digit behind makes it another word. */
export const WORD_START = String.raw`(?<![\p{L}\p{N}])`;
export const WORD_END = String.raw`(?![\p{L}\p{N}])`;

/**
 * The phrases as an alternative of a pattern that must tell capitals apart (so no `i` flag): with accents or without,
 * in small letters, with a capital, or all in capitals. Longer phrases first.
 */
export function spellingsOf(phrases: readonly string[]): string {
  const ordered = [...phrases].sort((a, b) => b.length - a.length);
  const wordBy = (phrase: string): string =>
    phrase
      .split(' ')
      .map(spellingsOfWord)
      .join(String.raw`\s+`);
  return `(?:${ordered.map(wordBy).join('|')})`;
}

function spellingsOfWord(word: string): string {
  const capitalised = (each: string): string => each.charAt(0).toUpperCase() + each.slice(1);
  const spellings = [word, foldVietnamese(word)].flatMap((each) => [
    each,
    capitalised(each),
    each.toUpperCase(),
  ]);
  return `(?:${[...new Set(spellings)].join('|')})`;
}

/** Phrases parted by commas, which read better than a page of quotation marks. */
export function listOf(phrases: string): readonly string[] {
  return phrases.split(',');
}
