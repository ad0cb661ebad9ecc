import { addDays, weekdayOf } from '../../src/calendar/local-time.ts';
import type { LocalDay } from '../../src/calendar/calendar.ts';
import type { Dossier, DossierState } from '../../src/dossiers/dossier.ts';

/** A made-up dossier; days count from today, so that the demo always has something due, late and done. */
interface Sample {
  /** Fixed, so that a code read in the documentation is found on any day. */
  readonly code: string;
  readonly state: DossierState;
  readonly procedureName: string;
  readonly received?: number;
  readonly promised?: number;
  readonly finished?: number;
}

/** All ten states of the national portal; the three in state 4 are in time, due today and late. */
const SAMPLES: readonly Sample[] = [
  { code: 'H49.23.10-261120-0031', state: 1, procedureName: 'Đăng ký khai sinh' },
  { code: 'H49.23.10-261119-0027', state: 2, procedureName: 'Đăng ký kết hôn', received: -1, promised: 4 },
  { code: 'H49.23.10-261118-0022', state: 3, procedureName: 'Cấp giấy phép xây dựng nhà ở riêng lẻ' },
  { code: 'H49.23.10-261102-0012', state: 4, procedureName: 'Đăng ký thường trú', received: -4, promised: 3 },
  { code: 'H49.23.10-261109-0008', state: 4, procedureName: 'Tách hộ', received: -7, promised: 0 },
  {
    code: 'H49.23.10-261026-0041',
    state: 4,
    procedureName: 'Thay đổi, cải chính, bổ sung thông tin hộ tịch',
    received: -15,
    promised: -4,
  },
  {
    code: 'H49.23.10-261105-0016',
    state: 5,
    procedureName: 'Đăng ký thành lập hộ kinh doanh',
    received: -10,
    promised: 5,
  },
  {
    code: 'H49.23.10-261030-0019',
    state: 6,
    procedureName: 'Đăng ký biến động đất đai',
    received: -14,
    promised: 6,
  },
  { code: 'H49.23.10-261103-0005', state: 7, procedureName: 'Đăng ký giám hộ', received: -12, finished: -9 },
  {
    code: 'H49.23.10-261028-0033',
    state: 8,
    procedureName: 'Xác định mức độ khuyết tật và cấp Giấy xác nhận khuyết tật',
    received: -20,
    promised: -2,
  },
  {
    code: 'H49.23.10-261110-0009',
    state: 9,
    procedureName: 'Xác nhận thông tin về cư trú',
    received: -8,
    promised: 0,
    finished: -1,
  },
  {
    code: 'H49.23.10-261012-0014',
    state: 10,
    procedureName: 'Cấp bản sao trích lục hộ tịch',
    received: -30,
    promised: -27,
    finished: -28,
  },
];

/** The made-up dossiers as they would stand on `today`. */
export function sampleDossiers(today: LocalDay, asOf: Date): readonly Dossier[] {
  return SAMPLES.map(({ code, state, procedureName, received, promised, finished }) => ({
    code,
    state,
    procedureName,
    ...(received === undefined ? {} : { receivedOn: weekdayBefore(addDays(today, received)) }),
    ...(promised === undefined ? {} : { promisedOn: promisedDay(today, promised) }),
    ...(finished === undefined ? {} : { finishedOn: weekdayBefore(addDays(today, finished)) }),
    asOf,
    source: 'seed',
  }));
}

/** The desk promises working days; only "due today" is today also when the demo runs on a Sunday. */
function promisedDay(today: LocalDay, days: number): LocalDay {
  const day = addDays(today, days);
  if (days === 0) return day;
  return days < 0 ? weekdayBefore(day) : weekdayAfter(day);
}

function weekdayBefore(day: LocalDay): LocalDay {
  return isWeekend(day) ? weekdayBefore(addDays(day, -1)) : day;
}

function weekdayAfter(day: LocalDay): LocalDay {
  return isWeekend(day) ? weekdayAfter(addDays(day, 1)) : day;
}

function isWeekend(day: LocalDay): boolean {
  return weekdayOf(day) > 5;
}
