import type { LocalDay } from '../../../calendar/calendar.ts';
import { addDays } from '../../../calendar/local-time.ts';
import type { Direction } from './direction.ts';
import { lunarMonthsAround } from './lunar-months.ts';

/** A lunar day; without a month, of whichever month is nearest. */
export interface LunarDate {
  readonly day: number;
  /** 1 to 12. The leap month of that number is never meant: people add "nhuận" for it. */
  readonly month?: number;
  /** Months from the present lunar month, instead of a month. */
  readonly monthsFromNow?: number;
}

/** Half a lunar year and a little: the same date does not come twice on one side. */
const REACH_DAYS = 200;
/** Where "vừa rồi" or "tới" was said: a lunar year, which can have thirteen months. */
const FAR_REACH_DAYS = 400;
const REACH_MONTHS = 14;

/**
 * The solar day of a lunar one: the last one, unless a coming one is meant or none has been within 200 days (400 where
 * the direction is said). Undefined for a day no month in reach has.
 */
export function findLunarDay(wanted: LunarDate, today: LocalDay, direction: Direction): LocalDay | undefined {
  const reach = direction === 'unsaid' ? REACH_DAYS : FAR_REACH_DAYS;
  const [earliest, latest] = [addDays(today, -reach), addDays(today, reach)];
  const fitting = daysOf(wanted, today).filter((solar) => solar >= earliest && solar <= latest);
  const past = fitting.findLast((solar) => solar <= today);
  const future = fitting.find((solar) => solar > today);
  if (wanted.monthsFromNow !== undefined) return fitting[0];
  if (direction === 'future') return future;
  return direction === 'past' ? past : (past ?? future);
}

/** The last day of the lunar year whose end is nearest, the eve of Tết: the 30th, or the 29th of a short month. */
export function findTetEve(today: LocalDay, direction: Direction): LocalDay | undefined {
  const firstDay = findLunarDay({ day: 1, month: 1 }, addDays(today, 1), direction);
  return firstDay === undefined ? undefined : addDays(firstDay, -1);
}

function daysOf({ day, month, monthsFromNow }: LunarDate, today: LocalDay): readonly LocalDay[] {
  return lunarMonthsAround(today, REACH_MONTHS)
    .filter((each, at) => {
      if (monthsFromNow !== undefined) return at - REACH_MONTHS === monthsFromNow;
      return month === undefined || (each.month === month && !each.isLeap);
    })
    .filter((each) => day >= 1 && day <= each.days)
    .map((each) => addDays(each.firstDay, day - 1));
}
