import type { LocalDay } from '../../calendar/calendar.ts';
import { cleanText } from '../../kernel/vietnamese.ts';
import type { DateReading } from './dates/date-reading.ts';
import { LUNAR_DATES } from './dates/lunar-dates.ts';
import { NAMED_DATES } from './dates/named-dates.ts';
import { NEAR_DAYS } from './dates/near-days.ts';
import { NUMERIC_DATES } from './dates/numeric-dates.ts';
import { WEEKDAYS } from './dates/weekdays.ts';

/** Zalo itself stops at 2,000 characters; what comes after is not read. */
const MAX_CHARS = 2000;
/** Nobody names more days; bounds the work on nonsense. */
const MAX_TRIED = 20;
/** How much of the text on each side helps to read a date. */
const BESIDE_CHARS = 24;
const READINGS: readonly DateReading[] = [
  ...NUMERIC_DATES,
  ...LUNAR_DATES,
  ...NAMED_DATES,
  ...NEAR_DAYS,
  ...WEEKDAYS,
];

/**
 * The first day a resident names, as `YYYY-MM-DD`, told from `today`. What could be several days is the one that has
 * been, because people report what happened, unless they say "tới" or "sau"; a date without its year may also come
 * within two months. Vague words ("hôm trước", "tuần trước") and days that do not exist give undefined. Never throws.
 */
export function findSpokenDay(text: string, today: LocalDay): LocalDay | undefined {
  if (!isDay(today)) return undefined;
  const readable = cleanText(text.slice(0, MAX_CHARS).normalize('NFKC')).toLowerCase().replace(/\s+/g, ' ');
  let readTo = 0;
  for (const { match, read } of placesIn(readable).slice(0, MAX_TRIED)) {
    const end = match.index + match[0].length;
    // A part of what was already read: "ngày 31" of "ngày 31/4" is not another day.
    if (match.index < readTo) continue;
    readTo = end;
    const before = readable.slice(Math.max(0, match.index - BESIDE_CHARS), match.index);
    const behind = readable.slice(end, end + BESIDE_CHARS);
    const day = read({ said: match.groups ?? {}, before, behind, today });
    if (day !== undefined) return day;
  }
  return undefined;
}

interface Place extends Pick<DateReading, 'read'> {
  readonly match: RegExpExecArray;
}

/** In the order of the text; of several from one place the longest first. */
function placesIn(readable: string): readonly Place[] {
  return READINGS.flatMap(({ pattern, read }) =>
    [...readable.matchAll(pattern)].map((match) => ({ match, read })),
  ).sort((a, b) => a.match.index - b.match.index || b.match[0].length - a.match[0].length);
}

/** A day that exists, in the years the calendars here are made for. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    /^(?:19|20|21)\d{2}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(date.getTime()) &&
    date.toISOString().startsWith(text)
  );
}
