import { cleanText } from '../kernel/vietnamese.ts';
import { maskAddresses } from './mask-addresses.ts';
import { maskNames } from './mask-names.ts';
import { maskNumbers } from './mask-numbers.ts';

/** What stands where something was taken out. */
export const PLACEHOLDERS = ['[mã]', '[sđt]', '[số]', '[tên]', '[địa chỉ]', '[link]'] as const;

// Blanks around the @ are how people type addresses on a telephone.
const EMAIL = /[\p{L}\p{N}._%+-]+\s?@\s?[\p{L}\p{N}-]+(?:\s?\.\s?[\p{L}\p{N}-]+)*/giu;
const LINK = /(?:https?:\/\/|www\.)[^\s[\]]+/giu;
const BARE_LINK =
  /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}-]+\.)+(?:com|vn|net|org|gov|edu|info|io|me|xyz|top|shop|link|ly|gl|app|cc)(?![\p{L}\p{N}])(?:\/[^\s[\]]*)?/giu;

/**
 * Takes out what could lead to a person: codes, numbers, names, addresses, links. Rather too much than too little: what
 * is lost is one word of an example. Masking twice changes nothing.
 */
export function maskPersonal(text: string): string {
  let masked = cleanText(text);
  // A mask can uncover another beside it ("chị Lan Nguyễn Văn An"). Every round takes letters or digits away, so it ends.
  for (let before = ''; before !== masked;) {
    before = masked;
    masked = cleanText(maskNames(maskAddresses(maskNumbers(maskLinks(masked)))));
  }
  return masked;
}

/** Whether a word is left to learn from. */
export function hasWords(masked: string): boolean {
  const rest = PLACEHOLDERS.reduce((text, placeholder) => text.replaceAll(placeholder, ' '), masked);
  return /\p{L}{2,}/u.test(rest);
}

function maskLinks(text: string): string {
  return text.replace(EMAIL, '[link]').replace(LINK, '[link]').replace(BARE_LINK, '[link]');
}
