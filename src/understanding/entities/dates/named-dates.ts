import type { LocalDay } from '../../../calendar/calendar.ts';
import { readNumber } from '../spoken-numbers.ts';
import type { DateReading, SpokenDate } from './date-reading.ts';
import { AMOUNT_BEHIND, isLunar, toDated } from './day-and-month.ts';
import { dayInMonth, dayOfMonth } from './days.ts';
import { directionOf } from './direction.ts';
import { findLunarDay } from './lunar-calendar.ts';
import { besidePattern, spokenPattern } from './spoken-pattern.ts';
import { WHICH_MONTH, monthsFromNow } from './which-month.ts';

/** Dates in words: "ngày 3 tháng 11", "ngày 15 tháng trước", "hôm 15". */

/** "Ngày 3 lần": so often a day. */
const OFTEN = besidePattern(
  String.raw`^ ?(?:lần|buổi|bữa|ca|tiếng|giờ|h|lượt|chuyến|người|đêm|cữ|viên|cái|ngày|%|triệu|nghìn|đồng)(?!\p{L})`,
);
const NUMBER_BEFORE = /\d $/;
/** Up to here a number in words is mostly a count: "ngày hai buổi". */
const MOSTLY_A_COUNT = 10;

const number = (said: string | undefined): number => readNumber(said ?? '') ?? 0;

/** "Hôm 15" has been; "ngày 15 tới" will be. */
function readDayOfMonth(date: SpokenDate): LocalDay | undefined {
  const { said, before, behind, today } = date;
  const day = number(said['day']);
  if (OFTEN.test(behind) || NUMBER_BEFORE.test(before)) return undefined;
  if (!/^\d/.test(said['day'] ?? '') && day <= MOSTLY_A_COUNT) return undefined;
  const direction = directionOf(behind);
  return isLunar(date) ? findLunarDay({ day }, today, direction) : dayOfMonth(day, today, direction);
}

export const NAMED_DATES: readonly DateReading[] = [
  {
    // Before the next one: without accents "tháng sau" could also be read as "tháng sáu".
    pattern: spokenPattern(`(?:ngày|hôm|bữa) (?<day>#) ${WHICH_MONTH}`),
    read: ({ said, today }) => dayInMonth(number(said['day']), today, monthsFromNow(said['which'])),
  },
  {
    pattern: spokenPattern('(?:(?:ngày|hôm|bữa) )?(?<day>#) (?:tháng|thg) ?(?<month>#)'),
    read: (date) => {
      const { day, month } = date.said;
      return AMOUNT_BEHIND.test(date.behind) ? undefined : toDated(date, number(day), number(month));
    },
  },
  { pattern: spokenPattern('(?:ngày|hôm|bữa) (?<day>#)'), read: readDayOfMonth },
];
