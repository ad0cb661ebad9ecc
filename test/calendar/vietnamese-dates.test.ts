import { describe, expect, it } from '@jest/globals';
import {
  openingWords,
  sayBlocks,
  sayDay,
  sayDayOf,
  sayMoment,
  sayTime,
} from '../../src/calendar/vietnamese-dates.ts';

const at = (local: string): Date => new Date(`${local}:00+07:00`);

describe('days and times as people say them', () => {
  it.each([
    ['2026-11-23', 'thứ Hai, 23/11/2026', 'Monday, 23 November 2026'],
    ['2026-11-29', 'Chủ nhật, 29/11/2026', 'Sunday, 29 November 2026'],
    ['2028-02-29', 'thứ Ba, 29/02/2028', 'Tuesday, 29 February 2028'],
  ])('%s is "%s" and "%s"', (day, vietnamese, english) => {
    expect(sayDay(day, 'vi')).toBe(vietnamese);
    expect(sayDay(day, 'en')).toBe(english);
  });

  it('a time is the one on the wall in Vietnam', () => {
    expect(sayTime(new Date('2026-11-23T07:05:00Z'))).toBe('14:05');
    expect(sayDayOf(new Date('2026-11-23T17:00:00Z'), 'vi')).toBe('thứ Ba, 24/11/2026');
    expect(sayMoment(at('2026-11-23T14:05'), 'vi')).toBe('14:05, thứ Hai, 23/11/2026');
  });

  it('hours of a day are named with their lunch break', () => {
    expect(
      sayBlocks([
        { from: '07:30', to: '11:30' },
        { from: '13:30', to: '16:30' },
      ]),
    ).toBe('07:30–11:30, 13:30–16:30');
  });

  it('refuses a day that does not exist', () => {
    expect(() => sayDay('2026-13-01', 'vi')).toThrow(
      expect.objectContaining({ code: 'calendar.invalid_day' }),
    );
  });
});

describe('what a sentence about an opening is told', () => {
  const morning = { opensAt: at('2026-11-23T07:30'), closesAt: at('2026-11-23T11:30') };

  it('while it runs: open, today, until when', () => {
    expect(openingWords(morning, at('2026-11-23T09:00'), 'en')).toEqual({
      running: true,
      today: true,
      day: 'Monday, 23 November 2026',
      opensAt: '07:30',
      closesAt: '11:30',
    });
  });

  it('the evening before: closed, another day', () => {
    expect(openingWords(morning, at('2026-11-22T20:00'), 'vi')).toMatchObject({
      running: false,
      today: false,
      day: 'thứ Hai, 23/11/2026',
    });
  });
});
