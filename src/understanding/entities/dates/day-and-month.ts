import type { LocalDay } from '../../../calendar/calendar.ts';
import type { SpokenDate } from './date-reading.ts';
import { dayOfYear, toDay, yearOf } from './days.ts';
import { directionOf } from './direction.ts';
import { findLunarDay } from './lunar-calendar.ts';
import { besidePattern } from './spoken-pattern.ts';

const LUNAR = besidePattern(String.raw`^ ?\(?(?:âm|âm lịch|âl|al|lịch ta)(?!\p{L})`);
const YEAR_BEHIND = besidePattern(
  String.raw`^,? năm (?<year>\d{4}|ngoái|nay|này|trước|sau|tới)(?![\p{L}\p{N}])`,
);
const YEARS_FROM_NOW: Readonly<Record<string, number>> = { nay: 0, này: 0, sau: 1, tới: 1, toi: 1 };

/** Of an amount and not of a month: "1/2 số hộ", "2-3 người", "mất 3 tháng 11 ngày". */
export const AMOUNT_BEHIND = besidePattern(
  String.raw`^ ?(?:số|phần|hộ|diện tích|mặt|người|nhà|ngày|hôm|tuần|tháng|giờ|h|lần|cái|con|triệu|đồng|km|m|kg|điểm|sao|%)(?!\p{L})`,
);

/** "15/7 âm lịch": what is said behind makes it a lunar date. */
export function isLunar({ behind }: SpokenDate): boolean {
  return LUNAR.test(behind);
}

/** A day and a month with their year, if one is given: in numbers, or as "năm ngoái" behind the date. */
export function toDated(
  date: SpokenDate,
  day: number,
  month: number,
  year = yearBehind(date),
): LocalDay | undefined {
  const direction = directionOf(date.behind);
  if (isLunar(date)) return findLunarDay({ day, month }, date.today, direction);
  if (year === undefined) return dayOfYear(month, day, date.today, direction);
  return toDay(year < 100 ? 2000 + year : year, month, day);
}

function yearBehind({ behind, today }: SpokenDate): number | undefined {
  const year = YEAR_BEHIND.exec(behind)?.groups?.['year'];
  if (year === undefined) return undefined;
  return /^\d/.test(year) ? Number(year) : yearOf(today) + (YEARS_FROM_NOW[year] ?? -1);
}
