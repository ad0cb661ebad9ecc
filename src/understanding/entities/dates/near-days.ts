import { addDays } from '../../../calendar/local-time.ts';
import { readNumber } from '../spoken-numbers.ts';
import type { DateReading } from './date-reading.ts';
import { besidePattern, spokenPattern } from './spoken-pattern.ts';

/** Days told from today: "hôm qua", "sáng mai", "3 hôm trước". "Hôm trước", "hôm nọ" and "mai mốt" are too vague. */

/** "Mấy hôm nay" and "3 hôm nay" are a time, not a day. */
const SOME = besidePattern(String.raw`(?:#|mấy|vài|nhiều|các|những|bao nhiêu) $`);
const PART_OF_DAY = 'sáng|trưa|chiều|tối|đêm|khuya|rạng sáng';
/** `Mai` is also a woman's name and a flower: alone it is a day only at the start or behind such a word. */
const BEFORE_TOMORROW = besidePattern(
  String.raw`(?:^|[.,;!?:] ?|(?:đến|tới|từ|để|hẹn|thì|vào|là|ngay|hay|nếu|có lẽ|hoặc) )$`,
);
const NAME_BEHIND = besidePattern(String.raw`^ (?:văn|thị|mốt|sau|kia|vàng)(?![\p{L}])`);

function fixed(source: string, days: number): DateReading {
  return {
    pattern: spokenPattern(source),
    read: ({ before, today }) => (SOME.test(before) ? undefined : addDays(today, days)),
  };
}

export const NEAR_DAYS: readonly DateReading[] = [
  fixed(`(?:hôm|bữa|${PART_OF_DAY}) nay|hnay|h nay`, 0),
  // "toi qua" without accents is mostly "tôi qua".
  fixed('(?:hôm|bữa|ngày) (?:qua|wa)|hqua|hwa|(?:sáng|trưa|chiều|đêm|khuya) qua', -1),
  { pattern: /(?<!\p{L})tối qua(?!\p{L})/gu, read: ({ today }) => addDays(today, -1) },
  fixed('(?:hôm|bữa) kia', -2),
  { pattern: /(?<!\p{L})(?:hôm|bữa) kìa(?!\p{L})/gu, read: ({ today }) => addDays(today, -3) },
  fixed(`(?:ngày|hôm|bữa|${PART_OF_DAY}) mai`, 1),
  {
    pattern: spokenPattern('mai'),
    read: ({ before, behind, today }) =>
      BEFORE_TOMORROW.test(before) && !NAME_BEHIND.test(behind) ? addDays(today, 1) : undefined,
  },
  fixed('ngày kia', 2),
  // Without its accent it would be "một".
  {
    pattern: /(?<!\p{L}|mai )(?:ngày )?mốt(?!\p{L})/gu,
    read: ({ before, today }) => inTwoDays(before, today),
  },
  { pattern: /(?<!\p{L})ngày kìa(?!\p{L})/gu, read: ({ today }) => addDays(today, 3) },
  {
    pattern: spokenPattern('(?:cách (?:đây|nay) )?(?<count>#) (?:hôm|ngày|bữa) (?:trước|về trước)'),
    read: ({ said, today }) => addDays(today, -(readNumber(said['count'] ?? '') ?? 0)),
  },
  {
    pattern: spokenPattern('cách (?:đây|nay) (?<count>#) (?:hôm|ngày|bữa)'),
    read: ({ said, today }) => addDays(today, -(readNumber(said['count'] ?? '') ?? 0)),
  },
  {
    pattern: spokenPattern('(?<count>#) (?:hôm|ngày|bữa) nữa'),
    read: ({ said, today }) => addDays(today, readNumber(said['count'] ?? '') ?? 0),
  },
];

/** "Hai mốt" is 21, and in "mai mốt" it only means soon. */
function inTwoDays(before: string, today: string): string | undefined {
  return /(?:hai|ba|hăm|mươi) $/.test(before) ? undefined : addDays(today, 2);
}
