import { latinLookAlikes } from '../../kernel/look-alikes.ts';
import { cleanText } from '../../kernel/vietnamese.ts';
import { isAnnouncedAsOther } from './announced-numbers.ts';
import { findDigitGroups } from './digit-groups.ts';
import type { DigitGroup } from './digit-groups.ts';
import { standsAlone, startsLikeDate } from './phone-surroundings.ts';
import { toNationalNumber } from './phone-numbers.ts';

/** Codes of ours and of the desk's; the digits in them can add up to a telephone number. */
const CODES = [
  /(?<![\p{L}\p{N}])pa[\s.,_/\p{Pd}]{0,3}[0-9oil]{6}[\s.,_/\p{Pd}]{0,3}[0-9oil]{1,6}(?![0-9])/gu,
  /(?<![0-9])[a-z][0-9oil]{2}(?:[\s.,_/\p{Pd}]{1,3}[0-9oil]{2,3}){0,4}[\s.,_/\p{Pd}]{1,3}(?:[0-9oil]{8}|[0-9oil]{6})[\s.,_/\p{Pd}]{1,3}[0-9oil]{4,7}(?![0-9])/gu,
];
const MASK = '¤';
/** +84 with a zero, in groups of one digit. */
const MAX_DIGITS = 15;
/** So far round a number people say what it is. */
const ANNOUNCEMENT_CHARS = 80;
const MAX_GROUPS_BACK = 20;
const WHOLE_NUMBER_DIGITS = 9;
const LONG_NUMBER_DIGITS = 4;

/**
 * The first Vietnamese telephone number in a text as it is dialled within the country: ten digits beginning with 03,
 * 05, 07, 08 or 09 for a mobile, eleven beginning with 02 for a landline. Reads the country code, any usual separators,
 * letters for digits, spoken digits and mobile prefixes from before 2018. ID numbers, tax codes, accounts, dossier and
 * report codes and parts of longer numbers are none. Takes time in proportion to the text.
 */
export function findPhone(text: string): string | undefined {
  const readable = toReadable(text);
  const groups = findDigitGroups(readable);
  for (const [from, group] of groups.entries()) {
    if (!/^(?:0|84|8$)/.test(group.digits)) continue;
    // One spoken "không" before digits is a no.
    if (group.spoken && groups[from + 1]?.spoken !== true) continue;
    const candidate = candidateAt(groups, from);
    if (candidate && isPhone(readable, groups, from, candidate.to)) return candidate.number;
  }
  return undefined;
}

interface Candidate {
  readonly number: string;
  /** Place of its last group. */
  readonly to: number;
}

function toReadable(text: string): string {
  const latin = latinLookAlikes(cleanText(text.normalize('NFKC'))).toLowerCase();
  return CODES.reduce((masked, code) => masked.replace(code, MASK), latin);
}

/** The groups from here that make up a whole number, if any do. */
function candidateAt(groups: readonly DigitGroup[], from: number): Candidate | undefined {
  let digits = '';
  for (let to = from; to < groups.length; to += 1) {
    const group = groups[to];
    if (!group || (to > from && group.gap === undefined)) return undefined;
    digits += group.digits;
    if (digits.length > MAX_DIGITS) return undefined;
    const number = toNationalNumber(digits);
    if (number !== undefined) return { number, to };
  }
  return undefined;
}

function isPhone(text: string, groups: readonly DigitGroup[], from: number, to: number): boolean {
  const [first, last] = [groups[from], groups[to]];
  if (!first || !last || startsLikeDate(groups.slice(from, to + 1))) return false;
  const isNumberAt = (at: number): boolean => candidateAt(groups, at) !== undefined;
  if (!standsAlone(text, groups, { from, to }, isNumberAt)) return false;
  const before = text.slice(lastNumberEnd(groups, from), first.start);
  return !isAnnouncedAsOther(before, text.slice(last.end, last.end + ANNOUNCEMENT_CHARS));
}

/** Where the number before this one ends: what announced that one does not announce this one. */
function lastNumberEnd(groups: readonly DigitGroup[], from: number): number {
  let isJoined = true;
  for (let at = from - 1; at >= Math.max(0, from - MAX_GROUPS_BACK); at -= 1) {
    const group = groups[at];
    isJoined = isJoined && groups[at + 1]?.gap !== undefined;
    const digits = group?.digits.length ?? 0;
    // Joined to this one, a short group is a part of one long number: "stk 1903 0912 3456 78".
    if (digits >= WHOLE_NUMBER_DIGITS || (!isJoined && digits >= LONG_NUMBER_DIGITS)) return group?.end ?? 0;
  }
  return Math.max(0, (groups[from]?.start ?? 0) - ANNOUNCEMENT_CHARS);
}
