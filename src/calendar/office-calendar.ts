import type { TimeBlock } from '../kernel/commune.ts';
import { NotFoundError } from '../kernel/errors.ts';
import type { LocalDay, OfficeCalendar, Opening } from './calendar.ts';
import { addDays, localDayOf, momentOf, weekdayOf } from './local-time.ts';
import { checkOfficeHours, hoursOn } from './office-hours.ts';
import type { OfficeTimes } from './office-hours.ts';

const SATURDAY = 6;
const MONDAY = 1;
/** Longer than any run of closed days (Tết with both weekends is 9); past it the file must be wrong. */
const MAX_CLOSED_DAYS = 60;

/**
 * Working time of one commune. A working day is Monday to Friday without holidays, plus the Saturdays worked
 * in exchange (Labour Code art. 112 and the yearly holiday notices); opening hours may add more, such as a Saturday
 * morning, which opens the door but does not count as a working day.
 * Throws `ConfigError` listing every contradiction in the hours.
 */
export function createOfficeCalendar(times: OfficeTimes): OfficeCalendar {
  checkOfficeHours(times);
  const holidays = new Map(times.holidays.map((holiday) => [holiday.day, holiday.name]));
  const exchanged = new Set(times.workDays);

  const isWorkingDay = (day: LocalDay): boolean =>
    exchanged.has(day) || (weekdayOf(day) < SATURDAY && !holidays.has(day));

  const blocksOf = (day: LocalDay): readonly TimeBlock[] => {
    const hours = hoursOn(times, weekdayOf(day));
    // A Saturday worked in exchange has no hours of its own: it is worked like a Monday.
    if (exchanged.has(day)) return hours.length > 0 ? hours : hoursOn(times, MONDAY);
    return holidays.has(day) ? [] : hours;
  };

  const currentOrNextOpening = (at: Date): Opening => {
    for (let day = localDayOf(at), tried = 0; tried <= MAX_CLOSED_DAYS; day = addDays(day, 1), tried += 1) {
      const next = openingsOn(day, blocksOf(day)).find((opening) => at < opening.closesAt);
      if (next) return next;
    }
    throw new NotFoundError('The commune file has no opening hours in the coming weeks.', {
      code: 'calendar.no_opening',
    });
  };

  return {
    isOpen: (at) =>
      openingsOn(localDayOf(at), blocksOf(localDayOf(at))).some(
        (opening) => opening.opensAt <= at && at < opening.closesAt,
      ),
    currentOrNextOpening,
    isWorkingDay,
    holidayName: (day) => holidays.get(day),
    localDay: localDayOf,
    workingDaysBetween: (from, to) =>
      from <= to ? countWorkingDays(from, to, isWorkingDay) : 0 - countWorkingDays(to, from, isWorkingDay),
  };
}

function openingsOn(day: LocalDay, blocks: readonly TimeBlock[]): readonly Opening[] {
  return blocks.map(({ from, to }) => ({ opensAt: momentOf(day, from), closesAt: momentOf(day, to) }));
}

function countWorkingDays(from: LocalDay, to: LocalDay, isWorkingDay: (day: LocalDay) => boolean): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(day)) count += 1;
  }
  return count;
}
