import type { LocalDay } from '../../../calendar/calendar.ts';
import { addDays, weekdayOf } from '../../../calendar/local-time.ts';
import { readNumber } from '../spoken-numbers.ts';
import type { DateReading, SpokenDate } from './date-reading.ts';
import { directionOf } from './direction.ts';
import { besidePattern, spokenPattern } from './spoken-pattern.ts';

/** Weekdays: "thứ 5 tuần rồi", "t7", "chủ nhật vừa rồi". Weeks begin on Monday. */

const SUNDAY = 7;
const WEEK_DAYS = 7;

/** Words that count: "lần thứ 2", "đứa thứ ba". */
const COUNTED = besidePattern(
  String.raw`(?:^|[^\p{L}])(?:lần|người|con|đứa|nhà|cái|tầng|năm|mũi|đợt|vụ|xe|đơn|bản|tờ|căn|cột|số|hạng|vị trí|cháu|trường hợp|tuần|tháng|ngày) $`,
);
/** Every week, or from one weekday to another: no one day. */
const REPEATED_BEFORE = besidePattern(
  String.raw`(?:mỗi|các|hàng tuần|hằng tuần|cứ|những|(?:thứ #|t[2-7]) ?(?:đến|tới|-|–)(?: hết)?) ?$`,
);
const REPEATED_BEHIND = besidePattern(
  String.raw`^ ?(?:(?:đến|tới|-|–)(?: hết)? ?(?:thứ|t[2-7]|chủ nhật|cn)|(?:hàng|hằng|mỗi) tuần)`,
);
/** "Thứ 2 ngày 16/11": the date says it better. */
const DATE_BEHIND = besidePattern(String.raw`^,? \(?(?:(?:ngày|hôm|mùng|mồng) #(?!\p{L})|\d{1,2} ?[/-] ?\d)`);
const BEFORE_SUNDAY = besidePattern(
  String.raw`(?:hôm|sáng|trưa|chiều|tối|đêm|ngày|bữa|t7|thứ 7|thứ bảy)[ ,]{1,2}$`,
);

interface When {
  readonly behind: RegExp;
  readonly find: (weekday: number, today: LocalDay) => LocalDay;
}

/** In the week so many weeks from this one. */
const inWeek =
  (weeks: number) =>
  (weekday: number, today: LocalDay): LocalDay =>
    addDays(today, weekday - weekdayOf(today) + weeks * WEEK_DAYS);

/** The last one, today's included or not. */
const lastOne =
  (withToday: boolean) =>
  (weekday: number, today: LocalDay): LocalDay => {
    const back = (weekdayOf(today) - weekday + WEEK_DAYS) % WEEK_DAYS;
    return addDays(today, back === 0 && !withToday ? -WEEK_DAYS : -back);
  };

const nextOne = (weekday: number, today: LocalDay): LocalDay =>
  addDays(today, ((weekday - weekdayOf(today) + WEEK_DAYS - 1) % WEEK_DAYS) + 1);

const END = String.raw`(?!\p{L})`;
const WHEN: readonly When[] = [
  {
    behind: besidePattern(`^,? ?(?:của )?tuần (?:trước|rồi|qua|vừa rồi|vừa qua) nữa${END}`),
    find: inWeek(-2),
  },
  { behind: besidePattern(`^,? ?(?:của )?tuần (?:trước|rồi|qua|vừa rồi|vừa qua)${END}`), find: inWeek(-1) },
  { behind: besidePattern(`^,? ?(?:của )?tuần (?:này|ni)${END}`), find: inWeek(0) },
  { behind: besidePattern(`^,? ?(?:của )?tuần (?:sau|tới) nữa${END}`), find: inWeek(2) },
  { behind: besidePattern(`^,? ?(?:của )?tuần (?:sau|tới|kế)${END}`), find: inWeek(1) },
  { behind: besidePattern(`^ (?:này|ni)${END}`), find: inWeek(0) },
];

function whenSaid(behind: string): When['find'] | undefined {
  const week = WHEN.find((each) => each.behind.test(behind));
  if (week) return week.find;
  const direction = directionOf(behind);
  if (direction === 'unsaid') return undefined;
  return direction === 'future' ? nextOne : lastOne(false);
}

const read = (weekday: number, date: SpokenDate): LocalDay | undefined => {
  const { before, behind, today } = date;
  if (REPEATED_BEFORE.test(before) || REPEATED_BEHIND.test(behind)) return undefined;
  if (DATE_BEHIND.test(behind)) return undefined;
  const find = whenSaid(behind);
  if (find) return find(weekday, today);
  return COUNTED.test(before) ? undefined : lastOne(true)(weekday, today);
};

export const WEEKDAYS: readonly DateReading[] = [
  {
    pattern: spokenPattern('(?:thứ ?|t)(?<weekday>[2-7])'),
    read: (date) => read(Number(date.said['weekday']) - 1, date),
  },
  {
    pattern: spokenPattern('thứ (?<weekday>hai|ba|tư|năm|sáu|bảy|bẩy)'),
    read: (date) => read((readNumber(date.said['weekday'] ?? '') ?? 0) - 1, date),
  },
  { pattern: spokenPattern('(?:chủ|chúa) nhật'), read: (date) => read(SUNDAY, date) },
  {
    // Also short for "chứng nhận", "chi nhánh", "công nhân".
    pattern: spokenPattern('cn'),
    read: (date) => {
      const isDay =
        BEFORE_SUNDAY.test(date.before) ||
        whenSaid(date.behind) !== undefined ||
        (date.before === '' && date.behind === '');
      return isDay ? read(SUNDAY, date) : undefined;
    },
  },
];
