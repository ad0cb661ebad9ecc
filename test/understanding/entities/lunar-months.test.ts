import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { lunarMonthsAround } from '../../../src/understanding/entities/dates/lunar-months.ts';

describe('the Vietnamese lunar calendar', () => {
  // As printed in Vietnam; 1985, 2007 and 2030 differ from the Chinese calendar.
  it.each([
    '1985-01-21',
    '2007-02-17',
    '2020-01-25',
    '2021-02-12',
    '2022-02-01',
    '2023-01-22',
    '2024-02-10',
    '2025-01-29',
    '2026-02-17',
    '2027-02-06',
    '2028-01-26',
    '2029-02-13',
    '2030-02-02',
  ])('has Tết on %s', (day) => {
    expect(lunarMonthsAround(day, 0)).toMatchObject([{ month: 1, isLeap: false, firstDay: day }]);
  });

  it.each([
    ['2020-05-23', 4],
    ['2023-03-22', 2],
    ['2025-07-25', 6],
    ['2028-06-23', 5],
    ['2033-12-22', 11],
  ])('has a leap month from %s, a second month %i', (day, month) => {
    expect(lunarMonthsAround(day, 0)).toMatchObject([{ month, isLeap: true, firstDay: day }]);
  });

  it('counts months of 29 or 30 days without a gap', () => {
    const days = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(days, (day) => {
        const months = lunarMonthsAround(day, 1);
        const [before, present, after] = months;

        expect(months.every((each) => each.days === 29 || each.days === 30)).toBe(true);
        expect(present && present.firstDay <= day && after && day < after.firstDay).toBe(true);
        expect(before && present && before.firstDay < present.firstDay).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
