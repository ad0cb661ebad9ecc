/** Pure text helpers for Vietnamese. Folding is for matching only; people are always shown the original. */

const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]/g;
// Control characters other than tab and line feed.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * What every text goes through at the door: NFC, no zero-width or control characters, trimmed.
 * Keeps diacritics, case, emoji and line breaks.
 */
export function cleanText(text: string): string {
  return text.replaceAll('\r\n', '\n').normalize('NFC').replace(INVISIBLE, '').replace(CONTROL, ' ').trim();
}

/** Lower-case without diacritics, runs of white space as one blank: `Hồ sơ  ĐẤT` → `ho so dat`. */
export function foldVietnamese(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** True when the text carries at least one Vietnamese diacritic, so accents can be trusted in matching. */
export function hasDiacritics(text: string): boolean {
  return /[\u0300-\u0323\u0331đĐ]/.test(text.normalize('NFD'));
}
