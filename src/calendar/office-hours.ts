import type { Commune, TimeBlock } from '../kernel/commune.ts';
import { ConfigError } from '../kernel/errors.ts';

/** The part of the commune file that decides when the office works. */
export type OfficeTimes = Pick<Commune, 'officeHours' | 'holidays' | 'workDays'>;

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The blocks of an ISO weekday in order of time; empty when the office is closed that day. */
export function hoursOn(times: Pick<OfficeTimes, 'officeHours'>, weekday: number): readonly TimeBlock[] {
  return times.officeHours
    .filter((row) => row.weekdays.includes(weekday))
    .flatMap((row) => row.blocks)
    .sort((a, b) => a.from.localeCompare(b.from));
}

/** Throws `ConfigError` naming every contradiction at once: blocks that end before they begin or overlap, no hours at all, a holiday that is worked. */
export function checkOfficeHours(times: OfficeTimes): void {
  const problems = [
    ...emptyHours(times),
    ...brokenBlocks(times),
    ...overlaps(times),
    ...workedHolidays(times),
  ];
  if (problems.length === 0) return;
  throw new ConfigError(`The commune file's working time contradicts itself:\n  ${problems.join('\n  ')}`, {
    code: 'config.office_hours_invalid',
  });
}

function emptyHours({ officeHours }: OfficeTimes): string[] {
  return officeHours.length > 0
    ? []
    : ['officeHours is empty: give at least one block, for example 07:30-11:30'];
}

function brokenBlocks({ officeHours }: OfficeTimes): string[] {
  return officeHours
    .flatMap((row) => row.blocks)
    .filter((block) => block.from >= block.to)
    .map((block) => `officeHours: ${block.from}-${block.to} ends before it begins`);
}

function overlaps({ officeHours }: OfficeTimes): string[] {
  return WEEKDAYS.filter((weekday) => overlap(hoursOn({ officeHours }, weekday))).map(
    (weekday) => `officeHours: blocks of weekday ${String(weekday)} overlap`,
  );
}

function overlap(blocks: readonly TimeBlock[]): boolean {
  return blocks.some((block, index) => index > 0 && block.from < (blocks[index - 1]?.to ?? ''));
}

function workedHolidays({ holidays, workDays }: OfficeTimes): string[] {
  return holidays
    .filter((holiday) => workDays.includes(holiday.day))
    .map((holiday) => `${holiday.day} is both a holiday and a worked day`);
}
