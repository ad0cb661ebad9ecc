import type { TimeBlock } from '../kernel/commune.ts';
import type { Language } from '../kernel/messages.ts';
import type { LocalDay, Opening } from './calendar.ts';
import { localDayOf, localTimeOf, weekdayOf } from './local-time.ts';

/** Names as data: what `Intl` prints for Vietnamese ("Thứ Hai, 23 tháng 11, 2026") changes with the ICU version. */
const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  vi: ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};
const ENGLISH_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A day as people say it: `thứ Hai, 23/11/2026`, `Monday, 23 November 2026`. Throws `InvalidInputError` on no real day. */
export function sayDay(day: LocalDay, language: Language): string {
  const weekday = WEEKDAYS[language][weekdayOf(day) - 1] ?? '';
  const [year = '', month = '', date = ''] = day.split('-');
  if (language === 'vi') return `${weekday}, ${date}/${month}/${year}`;
  return `${weekday}, ${String(Number(date))} ${ENGLISH_MONTHS[Number(month) - 1] ?? ''} ${year}`;
}

/** The local time of day, `14:05`. */
export function sayTime(at: Date): string {
  return localTimeOf(at);
}

/** The local day of a moment, as `sayDay`. */
export function sayDayOf(at: Date, language: Language): string {
  return sayDay(localDayOf(at), language);
}

/** A moment, time first because that is what people look for: `14:05, thứ Hai, 23/11/2026`. */
export function sayMoment(at: Date, language: Language): string {
  return `${sayTime(at)}, ${sayDayOf(at, language)}`;
}

/** Hours of one day: `07:30–11:30, 13:30–16:30`. */
export function sayBlocks(blocks: readonly TimeBlock[]): string {
  return blocks.map(({ from, to }) => `${from}–${to}`).join(', ');
}

/** The named values a sentence about an opening needs; the sentence itself is chosen in `locales/`. */
export interface OpeningWords {
  /** The office is open now; `closesAt` is then the end of this block, lunch included. */
  readonly running: boolean;
  /** The opening is on the day of `now`, so the sentence can say "today". */
  readonly today: boolean;
  readonly day: string;
  readonly opensAt: string;
  readonly closesAt: string;
}

/** Values for "open until…" and "opens again at…", by the calendar's `currentOrNextOpening`. */
export function openingWords(opening: Opening, now: Date, language: Language): OpeningWords {
  return {
    running: opening.opensAt <= now && now < opening.closesAt,
    today: localDayOf(opening.opensAt) === localDayOf(now),
    day: sayDayOf(opening.opensAt, language),
    opensAt: sayTime(opening.opensAt),
    closesAt: sayTime(opening.closesAt),
  };
}
