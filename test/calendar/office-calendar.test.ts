import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../src/calendar/local-time.ts';
import { createOfficeCalendar } from '../../src/calendar/office-calendar.ts';
import type { OfficeTimes } from '../../src/calendar/office-hours.ts';
import { parseCommune } from '../../src/kernel/commune.ts';

const file = 'locales/commune.tien-an.json';
const commune = parseCommune(JSON.parse(readFileSync(file, 'utf8')), file);
const calendar = createOfficeCalendar(commune);

const weekdayHours = (overrides: Partial<OfficeTimes> = {}): OfficeTimes => ({
  officeHours: [{ weekdays: [1, 2, 3, 4, 5], blocks: [{ from: '07:30', to: '11:30' }] }],
  holidays: [],
  workDays: [],
  ...overrides,
});

/** A local wall-clock time in Vietnam. */
const at = (local: string): Date => new Date(`${local}:00+07:00`);

describe('whether the door is open', () => {
  it.each([
    ['2026-11-23T07:29', false, 'a minute before opening'],
    ['2026-11-23T07:30', true, 'at the minute of opening'],
    ['2026-11-23T11:29', true, 'the last minute before lunch'],
    ['2026-11-23T11:30', false, 'at lunch'],
    ['2026-11-23T13:30', true, 'after lunch'],
    ['2026-11-23T16:30', false, 'at closing time'],
    ['2026-11-22T09:00', false, 'on a Sunday'],
    ['2026-11-24T09:00', false, 'on Vietnam Culture Day, a Tuesday'],
    ['2026-02-18T09:00', false, 'in Tết'],
    ['2026-08-22T09:00', true, 'on a Saturday worked in exchange'],
    ['2026-08-22T12:00', false, 'in the lunch break of a Saturday worked in exchange'],
    ['2026-08-31T09:00', false, 'on the Monday given in exchange'],
  ])('%s → %s: %s', (local, open) => {
    expect(calendar.isOpen(at(local))).toBe(open);
  });

  it('is decided by the clock in Vietnam, wherever the server stands', () => {
    expect(calendar.isOpen(new Date('2026-11-23T00:30:00Z'))).toBe(true);
    expect(calendar.isOpen(new Date('2026-11-23T16:00:00Z'))).toBe(false);
  });
});

describe('the running or next opening', () => {
  it.each([
    [
      '2026-11-23T09:00',
      '2026-11-23T07:30',
      '2026-11-23T11:30',
      'a resident before lunch hears when lunch begins',
    ],
    ['2026-11-23T12:00', '2026-11-23T13:30', '2026-11-23T16:30', 'at lunch it is the afternoon'],
    ['2026-11-23T16:30', '2026-11-25T07:30', '2026-11-25T11:30', 'the public holiday on Tuesday is skipped'],
    ['2026-02-13T17:00', '2026-02-23T07:30', '2026-02-23T11:30', 'Tết 2026 ends on Monday 23 February'],
    ['2026-08-21T17:00', '2026-08-22T07:30', '2026-08-22T11:30', 'the worked Saturday counts'],
    ['2026-08-28T17:00', '2026-09-03T07:30', '2026-09-03T11:30', 'the long National Day break'],
  ])('%s → %s to %s: %s', (now, opensAt, closesAt) => {
    expect(calendar.currentOrNextOpening(at(now))).toEqual({ opensAt: at(opensAt), closesAt: at(closesAt) });
  });

  it('is open from its first moment to the one before its last, and never over already', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2025-01-01T00:00'), max: at('2027-12-31T00:00'), noInvalidDate: true }),
        (now) => {
          const { opensAt, closesAt } = calendar.currentOrNextOpening(now);

          expect(closesAt.getTime()).toBeGreaterThan(now.getTime());
          expect(calendar.isOpen(opensAt)).toBe(true);
          expect(calendar.isOpen(new Date(closesAt.getTime() - 1))).toBe(true);
          expect(calendar.isOpen(now)).toBe(opensAt <= now);
        },
      ),
    );
  });

  it('says so when the office never opens again', () => {
    const holidays = Array.from({ length: 80 }, (_, n) => ({
      day: addDays('2026-11-23', n),
      name: 'closed',
      provisional: false,
    }));
    const closed = createOfficeCalendar(weekdayHours({ holidays }));

    expect(() => closed.currentOrNextOpening(at('2026-11-23T08:00'))).toThrow(
      expect.objectContaining({ code: 'calendar.no_opening' }),
    );
  });
});

describe('working days', () => {
  const days = fc.integer({ min: 0, max: 1000 }).map((n) => addDays('2025-01-01', n));

  it.each([
    ['2026-11-23', '2026-11-25', 1, 'Culture Day on Tuesday does not count'],
    ['2026-11-20', '2026-11-23', 1, 'a week-end does not count'],
    ['2026-02-13', '2026-02-23', 1, 'Tết does not count'],
    ['2026-08-21', '2026-08-24', 2, 'the worked Saturday counts'],
    ['2026-11-23', '2026-11-23', 0, 'the same day is none'],
    ['2026-11-25', '2026-11-23', -1, 'looking back is negative'],
    ['2026-11-22', '2026-11-21', 0, 'within one week-end is none'],
  ])('from %s to %s are %i: %s', (from, to, expected) => {
    expect(calendar.workingDaysBetween(from, to)).toBe(expected);
  });

  it('add up over any day in between', () => {
    fc.assert(
      fc.property(days, days, days, (a, b, c) => {
        expect(calendar.workingDaysBetween(a, b) + calendar.workingDaysBetween(b, c)).toBe(
          calendar.workingDaysBetween(a, c),
        );
      }),
    );
  });

  it('a Saturday morning in the opening hours opens the door but is no working day', () => {
    const saturdays = createOfficeCalendar(
      weekdayHours({ officeHours: [{ weekdays: [6], blocks: [{ from: '08:00', to: '11:00' }] }] }),
    );

    expect(saturdays.isOpen(at('2026-11-21T09:00'))).toBe(true);
    expect(saturdays.isWorkingDay('2026-11-21')).toBe(false);
  });

  it('a public holiday has a name, an ordinary day has none', () => {
    expect(calendar.holidayName('2026-11-24')).toBe('Ngày Văn hóa Việt Nam');
    expect(calendar.holidayName('2026-11-23')).toBeUndefined();
  });

  it.each(['2026-02-30', '24/11/2026', '', '2026-1-1'])('refuses "%s" as a day', (day) => {
    expect(() => calendar.isWorkingDay(day)).toThrow(
      expect.objectContaining({ code: 'calendar.invalid_day' }),
    );
  });

  it('the local day turns at midnight in Vietnam', () => {
    expect(calendar.localDay(new Date('2026-11-23T16:59:59Z'))).toBe('2026-11-23');
    expect(calendar.localDay(new Date('2026-11-23T17:00:00Z'))).toBe('2026-11-24');
  });
});

describe('a commune file that contradicts itself', () => {
  it('is refused with every problem at once', () => {
    const broken = weekdayHours({
      officeHours: [
        {
          weekdays: [1],
          blocks: [
            { from: '08:00', to: '12:00' },
            { from: '11:00', to: '15:00' },
          ],
        },
        { weekdays: [2], blocks: [{ from: '10:00', to: '09:00' }] },
      ],
      holidays: [{ day: '2026-11-28', name: 'x', provisional: false }],
      workDays: ['2026-11-28'],
    });

    expect(() => createOfficeCalendar(broken)).toThrow(
      /10:00-09:00 ends before it begins[\s\S]*weekday 1 overlap[\s\S]*2026-11-28 is both/,
    );
  });

  it('is refused when it has no opening hours at all', () => {
    expect(() => createOfficeCalendar(weekdayHours({ officeHours: [] }))).toThrow(
      expect.objectContaining({ code: 'config.office_hours_invalid' }),
    );
  });
});
