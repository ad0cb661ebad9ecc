import type { DigitGroup } from './digit-groups.ts';
import { toNationalNumber } from './phone-numbers.ts';

/** The places of the first and the last group of a possible phone number. */
export interface GroupRange {
  readonly from: number;
  readonly to: number;
}

const CITIZEN_ID_DIGITS = 12;
/** A number beside it with at most so many digits counts something: "tổ 12 0912…", "0912… 5 giờ". */
const SMALL_NUMBER_DIGITS = 2;
const HOUSE_NUMBER_DIGITS = 4;
const YEAR = /^(?:19|20)\d\d$/;

/** Is the number whole, and not the beginning, the end or the middle of something longer? */
export function standsAlone(
  text: string,
  groups: readonly DigitGroup[],
  { from, to }: GroupRange,
  isNumberAt: (place: number) => boolean,
): boolean {
  const [first, last] = [groups[from], groups[to]];
  if (!first || !last || isGlued(text, first, last)) return false;
  const [before, behind] = [first.gap === undefined ? undefined : groups[from - 1], groups[to + 1]];
  const isSingle = from === to;
  if (before && !mayComeBefore(groups, from, isSingle)) return false;
  if (!behind || behind.gap === undefined || behind.spoken !== last.spoken) return true;
  return isNumberAt(to + 1) || mayFollow(text, groups, to + 1, isSingle);
}

/** `03/11/2026 10` and `03.11.26 0912…`: a date whose digits go on to look like a phone number. */
export function startsLikeDate([day, month, year, next]: readonly DigitGroup[]): boolean {
  if (!day || !month || !year || day.digits.length !== 2 || month.digits.length !== 2) return false;
  if (Number(day.digits) > 31 || Number(month.digits) > 12 || month.gap !== year.gap) return false;
  if (YEAR.test(year.digits)) return true;
  return year.digits.length === 2 && /^[/.-]$/.test(year.gap ?? '') && next?.gap !== year.gap;
}

/** Part of a code like `h0912…`, of a decimal number or of a mail address. */
function isGlued(text: string, first: DigitGroup, last: DigitGroup): boolean {
  const before = text.slice(Math.max(0, first.start - 2), first.start);
  return (
    /(?:^|[^\p{L}])[b-df-hj-np-tv-z]$|\d,$/u.test(before) ||
    /^(?:@|[,:]\d)/.test(text.slice(last.end, last.end + 2))
  );
}

function mayComeBefore(groups: readonly DigitGroup[], from: number, isSingle: boolean): boolean {
  const [before, first] = [groups[from - 1], groups[from]];
  if (!before || !first || before.spoken !== first.spoken) return true;
  const gap = first.gap ?? '';
  const isLast = before.gap === undefined;
  // "thôn một không chín …": one digit may belong to what was said before.
  if (first.spoken) return isLast;
  if (endsNumber(groups, from - 1) || /[()[\]]/.test(gap)) return true;
  if (!gap.includes(' ')) return false;
  if (isSingle || YEAR.test(before.digits)) return true;
  return before.digits.length <= SMALL_NUMBER_DIGITS && !isCitizenId(groups, from - 1);
}

function mayFollow(text: string, groups: readonly DigitGroup[], at: number, isSingle: boolean): boolean {
  const group = groups[at];
  const gap = group?.gap ?? '';
  if (!group || group.spoken || !gap.includes(' ')) return false;
  if (isSingle && /[\p{Pd}\u2212/(]/u.test(gap)) return true;
  const behind = text.slice(group.end, group.end + 3);
  // A count of something, a time or a date; behind digits in one piece also a house.
  const longest = isSingle ? HOUSE_NUMBER_DIGITS : SMALL_NUMBER_DIGITS;
  return group.digits.length <= longest && /^(?: ?\p{L}|[:/]\d|%)/u.test(behind);
}

/** Is the group before this place the end of a whole number? */
function endsNumber(groups: readonly DigitGroup[], at: number): boolean {
  return toNationalNumber(groups[at]?.digits ?? '') !== undefined;
}

/** All groups in a row from here are the twelve digits of an ID number. */
function isCitizenId(groups: readonly DigitGroup[], from: number): boolean {
  let digits = groups[from]?.digits ?? '';
  for (let at = from + 1; digits.length <= CITIZEN_ID_DIGITS; at += 1) {
    const group = groups[at];
    if (!group || group.gap === undefined || group.spoken) break;
    digits += group.digits;
  }
  return digits.length === CITIZEN_ID_DIGITS && digits.startsWith('0');
}
