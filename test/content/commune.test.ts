import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createOfficeCalendar } from '../../src/calendar/office-calendar.ts';
import { weekdayOf } from '../../src/calendar/local-time.ts';
import { isPlaceholder, parseCommune } from '../../src/kernel/commune.ts';

const file = 'locales/commune.tien-an.json';
const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const commune = parseCommune(json, file);

describe('the commune file of Tiền An', () => {
  it('gives working time without contradictions', () => {
    expect(createOfficeCalendar(commune).isWorkingDay('2026-11-23')).toBe(true);
  });

  it('names only villages that a source names', () => {
    expect(commune.villages.map((village) => village.name)).toEqual(['Núi Thành', 'Thành Giền']);
  });

  it('marks what nobody has confirmed, so that no resident is told to dial a stand-in', () => {
    expect(commune.officePhone).toBe('0000000000');
    expect(isPlaceholder(commune, 'officePhone')).toBe(true);
    expect(isPlaceholder(commune, 'officeHours')).toBe(true);
    expect(isPlaceholder(commune, 'dossierLookupUrl')).toBe(false);
  });

  it('calls next year’s holidays provisional until they are decided', () => {
    const unsure = commune.holidays.filter((holiday) => holiday.provisional).map((holiday) => holiday.day);

    expect(unsure.length).toBeGreaterThan(0);
    expect(unsure.every((day) => day.startsWith('2027-'))).toBe(true);
  });

  it('has each holiday once, on a weekday, with a name', () => {
    const days = commune.holidays.map((holiday) => holiday.day);

    expect(new Set(days).size).toBe(days.length);
    expect(days.filter((day) => weekdayOf(day) > 5)).toEqual([]);
    expect(commune.holidays.filter((holiday) => holiday.name.trim() === '')).toEqual([]);
  });

  it('lists only Saturdays as days worked in exchange', () => {
    expect(commune.workDays.map(weekdayOf)).toEqual(commune.workDays.map(() => 6));
  });
});

describe('a commune file with mistakes', () => {
  it('is refused with all of them at once', () => {
    const broken = { ...json, officePhone: 'unknown', dossierLookupUrl: 'no link', villages: [] };

    expect(() => parseCommune(broken, 'x.json')).toThrow(/villages[\s\S]*officePhone[\s\S]*dossierLookupUrl/);
  });

  it('cannot mark a field that does not exist', () => {
    expect(() => parseCommune({ ...json, placeholders: ['ofice'] }, 'x.json')).toThrow(
      /there is no field "ofice"/,
    );
  });
});
