/** Digits that stand together in a text, or one digit said as a word. */
export interface DigitGroup {
  /** Digits only; letters written for digits are read as such. */
  readonly digits: string;
  /** Positions in the text, the second behind the last character. */
  readonly start: number;
  readonly end: number;
  /** Said as a word: `chín`. */
  readonly spoken: boolean;
  /** What stands between the group before and this one; undefined where words stand between, or nothing before. */
  readonly gap: string | undefined;
}

const TOKEN = /[\p{L}\p{N}\p{M}]+/gu;
const LETTERS = /[oil]/g;
const MAX_GAP = 4;
/** What people put between the groups of one number. A comma only joins spoken digits. */
const JOINING = /^[ \t()[\].·\-–—‐‑‒−/_]*$/;
const JOINING_SPOKEN = /^[ \t().,;·\-–—‐‑‒−/_]*$/;

/** Digits as they are said, by the accents people type. */
const SPOKEN: ReadonlyMap<string, string> = new Map(
  [
    ['0', 'không kô ko k hông zero khong'],
    ['1', 'một mốt mot'],
    ['2', 'hai'],
    ['3', 'ba'],
    ['4', 'bốn tư bon tu'],
    ['5', 'năm lăm nhăm nam lam nham'],
    ['6', 'sáu sau'],
    ['7', 'bảy bẩy bay'],
    ['8', 'tám tam'],
    ['9', 'chín chin'],
  ].flatMap(([digit = '', words = '']) => words.split(' ').map((word) => [word, digit] as const)),
);

/** The digit groups of a text that is in lower case and NFC, in order. Takes time in proportion to the text. */
export function findDigitGroups(text: string): readonly DigitGroup[] {
  const found = [...text.matchAll(TOKEN)].flatMap((token) => groupsIn(token[0], token.index));
  return found.map((group, at) => {
    const last = found[at - 1];
    return { ...group, gap: last ? gapBetween(text, last, group) : undefined };
  });
}

type Found = Omit<DigitGroup, 'gap'>;

function groupsIn(token: string, start: number): readonly Found[] {
  const spoken = SPOKEN.get(token);
  if (spoken !== undefined) return [{ digits: spoken, start, end: start + token.length, spoken: true }];
  if (/^(?=.*\d)[0-9oil]+$/.test(token) || /^o{2,4}$/.test(token)) return [toGroup(token, start)];
  return [...token.matchAll(/[oil]?[0-9][0-9oil]*/g)].map((match) => ungluedGroup(token, match, start));
}

/** Leaves out letters that belong to the words the digits are glued to: `so0912`, `0912ok`. */
function ungluedGroup(token: string, { 0: written, index }: RegExpExecArray, start: number): Found {
  // In `sdto912…` the letter is the zero a number must begin with.
  const from = /^[oil](?:0|84)/.test(written) ? 1 : 0;
  const isGluedBehind = index + written.length < token.length;
  const kept = isGluedBehind ? written.slice(from).replace(/[oil]{1,3}$/, '') : written.slice(from);
  return toGroup(kept, start + index + from);
}

function toGroup(written: string, start: number): Found {
  const digits = written.replace(LETTERS, (letter) => (letter === 'o' ? '0' : '1'));
  return { digits, start, end: start + written.length, spoken: false };
}

function gapBetween(text: string, before: Found, behind: Found): string | undefined {
  if (behind.start - before.end > MAX_GAP) return undefined;
  const gap = text.slice(before.end, behind.start);
  return (before.spoken || behind.spoken ? JOINING_SPOKEN : JOINING).test(gap) ? gap : undefined;
}
