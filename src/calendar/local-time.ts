import { InvalidInputError } from '../kernel/errors.ts';
import type { LocalDay } from './calendar.ts';

/** Vietnam has been UTC+7 without clock changes since 1975, so no time-zone data is needed. */
const UTC_OFFSET_MS = 7 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const LOCAL_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The calendar day in Vietnam at that moment. */
export function localDayOf(at: Date): LocalDay {
  return shifted(at).slice(0, 10);
}

/** The clock on the wall in Vietnam at that moment, `HH:mm`. */
export function localTimeOf(at: Date): string {
  return shifted(at).slice(11, 16);
}

/** The moment a local wall clock shows `time` (`HH:mm`) on `day`. Throws `InvalidInputError` on a day that does not exist. */
export function momentOf(day: LocalDay, time: string): Date {
  return new Date(startOf(day) + minutesOf(time) * 60_000 - UTC_OFFSET_MS);
}

/** `day` moved by whole days, over month and year ends. Throws `InvalidInputError` on a day that does not exist. */
export function addDays(day: LocalDay, days: number): LocalDay {
  return new Date(startOf(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** ISO weekday, 1 = Monday … 7 = Sunday. Throws `InvalidInputError` on a day that does not exist. */
export function weekdayOf(day: LocalDay): number {
  return new Date(startOf(day)).getUTCDay() || 7;
}

/** Minutes after midnight of a valid `HH:mm`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function shifted(at: Date): string {
  return new Date(at.getTime() + UTC_OFFSET_MS).toISOString();
}

function startOf(day: LocalDay): number {
  const start = LOCAL_DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // Date.parse turns 30 February into 2 March on some engines; the round trip catches it.
  if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) {
    throw new InvalidInputError('Not a calendar day: expected YYYY-MM-DD.', {
      code: 'calendar.invalid_day',
    });
  }
  return start;
}
