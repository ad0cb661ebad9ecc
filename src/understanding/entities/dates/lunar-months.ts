import type { LocalDay } from '../../../calendar/calendar.ts';
import { nearestNewMoon, newMoonDay, sunSector } from './new-moons.ts';

/** A month of the Vietnamese lunar calendar. */
export interface LunarMonth {
  /** 1 to 12; a leap month has the number of the one before it. */
  readonly month: number;
  readonly isLeap: boolean;
  /** Its first day in the solar calendar. */
  readonly firstDay: LocalDay;
  /** 29 or 30. */
  readonly days: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** The Julian day number of 1 January 1970. */
const EPOCH_DAY = 2440588;
/** The sun enters this sector on the winter solstice, which is always in the eleventh month. */
const WINTER = 9;
const MONTHS = 12;

/**
 * The lunar months from so many before the present one to so many after it, in order. By the rules of the Vietnamese
 * calendar at UTC+7, not by `Intl`'s Chinese one: the two differ by a day about one month in 24, and ICU is also a day
 * late where a new moon comes minutes before midnight (Tết 2027).
 */
export function lunarMonthsAround(today: LocalDay, reach: number): readonly LunarMonth[] {
  const day = toDayNumber(today);
  const nearest = nearestNewMoon(day);
  const present = [nearest + 1, nearest, nearest - 1].find((moon) => newMoonDay(moon) <= day) ?? nearest;
  return Array.from({ length: 2 * reach + 1 }, (_, at) => toMonth(present - reach + at));
}

/** The month that begins with the new moon of this number. */
function toMonth(moon: number): LunarMonth {
  const [start, end] = [newMoonDay(moon), newMoonDay(moon + 1)];
  const before = eleventhMonthUpTo(moon);
  const after = eleventhMonthUpTo(before + MONTHS + 1);
  const place = moon - before;
  // Thirteen months from solstice to solstice: the first without a change of sector is the leap month.
  const leap = after - before > MONTHS ? leapPlace(before) : Infinity;
  const count = place >= leap ? place - 1 : place;
  return {
    month: ((10 + count) % MONTHS) + 1,
    isLeap: place === leap,
    firstDay: toLocalDay(start),
    days: end - start,
  };
}

/** The number of the last new moon up to this one whose month has the winter solstice in it. */
function eleventhMonthUpTo(moon: number): number {
  let each = moon;
  while (!hasWinterSolstice(each)) each -= 1;
  return each;
}

function hasWinterSolstice(moon: number): boolean {
  return sectorAt(moon) < WINTER && sectorAt(moon + 1) >= WINTER;
}

function leapPlace(eleventh: number): number {
  let place = 1;
  while (place < MONTHS && sectorAt(eleventh + place) !== sectorAt(eleventh + place + 1)) place += 1;
  return place;
}

function sectorAt(moon: number): number {
  return sunSector(newMoonDay(moon));
}

function toDayNumber(day: LocalDay): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS + EPOCH_DAY;
}

function toLocalDay(dayNumber: number): LocalDay {
  return new Date((dayNumber - EPOCH_DAY) * DAY_MS).toISOString().slice(0, 10);
}
