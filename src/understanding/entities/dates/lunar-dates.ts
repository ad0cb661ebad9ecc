import type { LocalDay } from '../../../calendar/calendar.ts';
import { readNumber } from '../spoken-numbers.ts';
import type { DateReading, SpokenDate } from './date-reading.ts';
import { dayOfYear } from './days.ts';
import { directionOf } from './direction.ts';
import { findLunarDay, findTetEve } from './lunar-calendar.ts';
import type { LunarDate } from './lunar-calendar.ts';
import { besidePattern, spokenPattern } from './spoken-pattern.ts';
import { WHICH_MONTH, monthsFromNow } from './which-month.ts';

/** Lunar days: "mùng 5", "rằm tháng giêng", "30 tết", "mùng 1 tháng chạp". */

const FULL_MOON = 15;
const LAST_OF_TET_MONTH = 30;
const SOLAR = besidePattern(String.raw`^ ?\(?(?:dương|dương lịch|tây|dl)(?!\p{L})`);
const DAY_WORD = '(?:ngày |hôm )?';
const EARLY = '(?:mùng|mồng)';
const MONTH = '(?: ?(?:tháng |/ ?)(?<month>giêng|chạp|#))?';

/** Days that everybody knows by the solar calendar though people say "mùng": Women's, Labour, Children's and National Day. */
const SOLAR_HOLIDAYS = new Set(['8/3', '1/5', '1/6', '2/9']);

const number = (said: string | undefined): number => readNumber(said ?? '') ?? 0;

function withMonth(day: number, month: number | undefined): LunarDate {
  return month === undefined ? { day } : { day, month };
}

function readMonth(said: string | undefined): number | undefined {
  if (said === undefined) return undefined;
  if (/^gi[eê]ng$/.test(said)) return 1;
  return /^ch[aạ]p$/.test(said) ? 12 : readNumber(said);
}

function lunar(wanted: LunarDate, { behind, today }: SpokenDate): LocalDay | undefined {
  return findLunarDay(wanted, today, directionOf(behind));
}

function readEarlyDay(date: SpokenDate): LocalDay | undefined {
  const day = number(date.said['day']);
  const month = readMonth(date.said['month']);
  // "Mùng" is said of the first ten days only.
  if (day > 10) return undefined;
  const isSolar = SOLAR.test(date.behind) || SOLAR_HOLIDAYS.has(`${String(day)}/${String(month)}`);
  if (month === undefined || !isSolar) return lunar(withMonth(day, month), date);
  return dayOfYear(month, day, date.today, directionOf(date.behind));
}

function readTet(date: SpokenDate): LocalDay | undefined {
  const day = number(date.said['day']);
  if (day === LAST_OF_TET_MONTH) return findTetEve(date.today, directionOf(date.behind));
  if (day >= 23 && day < LAST_OF_TET_MONTH) return lunar({ day, month: 12 }, date);
  return day <= 10 ? lunar({ day, month: 1 }, date) : undefined;
}

export const LUNAR_DATES: readonly DateReading[] = [
  {
    // Before the next one: without accents "tháng sau" could also be read as "tháng sáu".
    pattern: spokenPattern(`${DAY_WORD}${EARLY} (?<day>#) ${WHICH_MONTH}`),
    read: (date) =>
      lunar({ day: number(date.said['day']), monthsFromNow: monthsFromNow(date.said['which']) }, date),
  },
  { pattern: spokenPattern(`${DAY_WORD}${EARLY} (?<day>#)${MONTH}`), read: readEarlyDay },
  {
    pattern: spokenPattern(`${DAY_WORD}rằm ${WHICH_MONTH}`),
    read: (date) => lunar({ day: FULL_MOON, monthsFromNow: monthsFromNow(date.said['which']) }, date),
  },
  {
    pattern: spokenPattern(`${DAY_WORD}rằm${MONTH}`),
    read: (date) => lunar(withMonth(FULL_MOON, readMonth(date.said['month'])), date),
  },
  {
    pattern: spokenPattern(`${DAY_WORD}(?<day>#) tháng (?<month>giêng|chạp)`),
    read: (date) => lunar(withMonth(number(date.said['day']), readMonth(date.said['month'])), date),
  },
  { pattern: spokenPattern(`${DAY_WORD}(?:${EARLY} )?(?<day>#) tết`), read: readTet },
  {
    pattern: spokenPattern('(?:đêm )?giao thừa'),
    read: ({ behind, today }) => findTetEve(today, directionOf(behind)),
  },
];
