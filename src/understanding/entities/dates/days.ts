import type { LocalDay } from '../../../calendar/calendar.ts';
import type { Direction } from './direction.ts';

/** A date without its year is next year's, or this year's, only when it comes so soon; else it has been. */
const SOON_DAYS = 60;
const DAY_MS = 24 * 60 * 60 * 1000;
/** 29 February comes back after at most eight years. */
const MAX_YEARS = 8;
const MAX_MONTHS = 12;

/** The day of these numbers; undefined when the calendar has no such day, or the year is not one of our time. */
export function toDay(year: number, month: number, day: number): LocalDay | undefined {
  if (year < 1900 || year > 2199) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}

/** A day and month without a year. */
export function dayOfYear(
  month: number,
  day: number,
  today: LocalDay,
  direction: Direction,
): LocalDay | undefined {
  const year = yearOf(today);
  const years = Array.from({ length: MAX_YEARS + 1 }, (_, at) => at);
  const past = firstDay(
    years.map((back) => toDay(year - back, month, day)),
    (each) => each <= today,
  );
  const future = firstDay(
    years.map((on) => toDay(year + on, month, day)),
    (each) => each > today,
  );
  if (direction !== 'unsaid') return direction === 'past' ? past : future;
  return future !== undefined && daysBetween(today, future) <= SOON_DAYS ? future : (past ?? future);
}

/** A day of the month without a month: the last one there was, today included, or the next one there will be. */
export function dayOfMonth(day: number, today: LocalDay, direction: Direction): LocalDay | undefined {
  const step = direction === 'future' ? 1 : -1;
  const months = Array.from({ length: MAX_MONTHS }, (_, at) => dayInMonth(day, today, at * step));
  return firstDay(months, (each) => (direction === 'future' ? each > today : each <= today));
}

/** That day in the month so many months from this one. */
export function dayInMonth(day: number, today: LocalDay, months: number): LocalDay | undefined {
  const count = yearOf(today) * 12 + Number(today.slice(5, 7)) - 1 + months;
  return toDay(Math.floor(count / 12), (count % 12) + 1, day);
}

export function yearOf(day: LocalDay): number {
  return Number(day.slice(0, 4));
}

function firstDay(
  days: readonly (LocalDay | undefined)[],
  fits: (day: LocalDay) => boolean,
): LocalDay | undefined {
  return days.find((day) => day !== undefined && fits(day));
}

function daysBetween(from: LocalDay, to: LocalDay): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}
