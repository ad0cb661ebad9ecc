import type { LocalDay } from '../../../calendar/calendar.ts';
import type { DateReading, SpokenDate } from './date-reading.ts';
import { AMOUNT_BEHIND, toDated } from './day-and-month.ts';
import { toDay } from './days.ts';
import { besidePattern } from './spoken-pattern.ts';

/** Dates in digits, day first: "3/11", "03-11-2026", "3.11.2026"; and as computers write them, "2026-11-03". */

/** A house, a parcel, a decree: its number looks like a date. */
const NUMBERED_THING = besidePattern(
  String.raw`(?:^|[^\p{L}])(?:số|ngõ|ngách|hẻm|kiệt|nhà|tổ|thửa|kênh|điểm|phòng|lô|biển|tỷ lệ|tỉ lệ|quốc lộ|ql|tl|km|đường|nghị định|quyết định|thông tư|khoản|điều|lớp|khoảng|tầm|độ|cỡ) $`,
);
const TIME_BEFORE = besidePattern(String.raw`(?:từ|đến|sáng|trưa|chiều|tối|đêm|vào|lúc) $`);
/** Around the clock. */
const ALWAYS = '24/7';
const START = String.raw`(?<![\p{L}\p{N}]|\d[/.,-])(?:(?<named>ngày|ngay|hôm|hom|bữa|bua) )?`;
const END = String.raw`(?![\p{L}\p{N}]|[/.,-] ?\d|[/-]\p{L})`;
const DAY = String.raw`(?<day>\d{1,2})`;
const MONTH = String.raw`(?<month>\d{1,2})`;

function readShortDate(date: SpokenDate): LocalDay | undefined {
  const { said, before } = date;
  const { day = '', mark = '', month = '', year } = said;
  if (`${day}${mark}${month}` === ALWAYS || NUMBERED_THING.test(before)) return undefined;
  if (year !== undefined) return toDated(date, Number(day), Number(month), Number(year));
  return isClear(date) ? toDated(date, Number(day), Number(month)) : undefined;
}

/** "2-3" is mostly a guess at a number, and "1/2" may be a half. */
function isClear({ said, before, behind }: SpokenDate): boolean {
  const { named, day = '', mark, month = '' } = said;
  if (named !== undefined || TIME_BEFORE.test(before)) return true;
  if (AMOUNT_BEHIND.test(behind)) return false;
  return mark === '/' || day.startsWith('0') || month.startsWith('0') || `${before}${behind}` === '';
}

function readFullDate({ said }: SpokenDate): LocalDay | undefined {
  return toDay(Number(said['year']), Number(said['month']), Number(said['day']));
}

export const NUMERIC_DATES: readonly DateReading[] = [
  {
    pattern: pattern(String.raw`${DAY} ?(?<mark>[/-]) ?${MONTH}(?: ?[/-] ?(?<year>\d{4}|\d{2}))?`),
    read: readShortDate,
  },
  { pattern: pattern(String.raw`${DAY}\.${MONTH}\.(?<year>\d{4})`), read: readFullDate },
  { pattern: pattern(String.raw`(?<year>\d{4})[-/]${MONTH}[-/]${DAY}`), read: readFullDate },
];

function pattern(source: string): RegExp {
  return new RegExp(`${START}${source}${END}`, 'gu');
}
