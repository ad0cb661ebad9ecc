/** Zalo OA docs, consultation message page, read 2026-11-22: longer texts are refused with -210. */
export const MAX_TEXT_CHARS = 2000;

/** Parts aim below the limit, since the docs do not say what they count as a character. */
const AIM_SHARE = 0.95;

/** How far beyond the aim a visible character that crosses it is looked at. */
const LOOK_AHEAD_CHARS = 100;

// Best border first. Each matches one border; the cut comes after the match.
const BORDERS: readonly RegExp[] = [/\n\s*\n/g, /\n/g, /[.!?…]+["'”’)\]]*\s+/g, /\s+/g];

/** A border before this share of the part would leave a stump; the next kind of border is taken instead. */
const SMALLEST_SHARE = 0.4;

/**
 * Cuts a text into parts of at most `maxChars` (UTF-16 units, the strictest way to count) at the best border
 * there is: paragraph, line, sentence, word, and within one endless word between visible characters. Only white
 * space at the borders is lost.
 */
export function splitText(text: string, maxChars: number = MAX_TEXT_CHARS): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > maxChars) {
    const cut = findCut(rest, Math.max(1, Math.floor(maxChars * AIM_SHARE)));
    parts.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts;
}

function findCut(text: string, aimChars: number): number {
  const window = text.slice(0, aimChars);
  for (const border of BORDERS) {
    const at = lastBorder(window, border);
    if (at >= aimChars * SMALLEST_SHARE) return at;
  }
  return lastWholeCharacter(text, aimChars);
}

function lastBorder(window: string, border: RegExp): number {
  let end = 0;
  for (const match of window.matchAll(border)) end = match.index + match[0].length;
  return end;
}

/** The last border between visible characters, so that no accent or emoji is torn apart. */
function lastWholeCharacter(text: string, aimChars: number): number {
  const segmenter = new Intl.Segmenter('vi', { granularity: 'grapheme' });
  let end = 0;
  for (const { index } of segmenter.segment(text.slice(0, aimChars + LOOK_AHEAD_CHARS))) {
    if (index > aimChars) break;
    end = index;
  }
  return end > 0 ? end : endOfCodePoint(text, aimChars);
}

/** For a "character" of more than a whole message: a heap of combining marks. Only the code point is kept whole. */
function endOfCodePoint(text: string, at: number): number {
  const first = text.charCodeAt(at - 1);
  const splitsPair = first >= 0xd800 && first <= 0xdbff;
  if (!splitsPair) return at;
  return at > 1 ? at - 1 : at + 1;
}
