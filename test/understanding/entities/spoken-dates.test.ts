import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { findSpokenDay } from '../../../src/understanding/entities/spoken-dates.ts';

/** A Monday, the 15th of the tenth lunar month. */
const TODAY = '2026-11-23';

describe('a day told from today', () => {
  it.each([
    ['hôm nay mất nước', '2026-11-23'],
    ['hom nay mat nuoc', '2026-11-23'],
    ['sáng nay rác chưa dọn', '2026-11-23'],
    ['đường hỏng từ hôm qua', '2026-11-22'],
    ['hom qua den khong sang', '2026-11-22'],
    ['đêm qua ồn quá', '2026-11-22'],
    ['tối qua hát karaoke', '2026-11-22'],
    ['đêm hôm qua', '2026-11-22'],
    ['bữa qua', '2026-11-22'],
    ['hôm kia', '2026-11-21'],
    ['hom kia toi co nop', '2026-11-21'],
    ['hôm kìa', '2026-11-20'],
    ['ngày mai', '2026-11-24'],
    ['sang mai toi len', '2026-11-24'],
    ['mai tôi lên xã được không', '2026-11-24'],
    ['đến mai có chưa', '2026-11-24'],
    ['ngày kia', '2026-11-25'],
    ['ngày mốt tôi qua', '2026-11-25'],
    ['mốt tôi lên', '2026-11-25'],
    ['3 hôm trước', '2026-11-20'],
    ['ba hôm trước', '2026-11-20'],
    ['cách đây 10 ngày', '2026-11-13'],
    ['mười ngày trước', '2026-11-13'],
    ['2 hôm nữa', '2026-11-25'],
  ])('"%s" is %s', (text, day) => {
    expect(findSpokenDay(text, TODAY)).toBe(day);
  });
});

describe('a date by number', () => {
  it.each([
    ['ngày 3/11', '2026-11-03'],
    ['3/11', '2026-11-03'],
    ['03/11/2026', '2026-11-03'],
    ['nộp 3/11/2025', '2025-11-03'],
    ['3/11/25', '2025-11-03'],
    ['03-11', '2026-11-03'],
    ['ngày 3-11', '2026-11-03'],
    ['03-11-2025', '2025-11-03'],
    ['3 / 11 / 2026', '2026-11-03'],
    ['3.11.2026', '2026-11-03'],
    ['2026-11-03', '2026-11-03'],
    ['０３/１１/２０２６', '2026-11-03'],
    ['ngày 3 tháng 11', '2026-11-03'],
    ['ngay 3 thang 11', '2026-11-03'],
    ['ngày ba tháng mười một', '2026-11-03'],
    ['ngày hai mươi mốt tháng mười', '2026-10-21'],
    ['ngày 3 tháng 11 năm 2025', '2025-11-03'],
    ['3/11 năm ngoái', '2025-11-03'],
    ['15 tháng 8', '2026-08-15'],
    ['ngày 15', '2026-11-15'],
    ['hôm 15', '2026-11-15'],
    ['hom 15 toi co nop don', '2026-11-15'],
    ['hôm mười lăm', '2026-11-15'],
    ['ngày 25', '2026-10-25'],
    ['ngày 23', '2026-11-23'],
    ['ngày 31', '2026-10-31'],
    ['ngày 25 tới', '2026-11-25'],
    ['ngày 15 sau', '2026-12-15'],
    ['ngày 15 tháng trước', '2026-10-15'],
    ['ngày 15 tháng sau', '2026-12-15'],
    ['ngày 20 tháng này', '2026-11-20'],
    ['5/12 họp thôn', '2026-12-05'],
    ['3/3', '2026-03-03'],
    ['3/3 tới', '2027-03-03'],
    ['25/12 vừa rồi', '2025-12-25'],
    ['ngày 1/2 vừa rồi', '2026-02-01'],
    ['từ 3/11 đến 5/11', '2026-11-03'],
    ['ngày 3/11.', '2026-11-03'],
    ['hôm 15 tới giờ chưa thấy', '2026-11-15'],
    ['hôm trước tôi nộp ngày 3/11', '2026-11-03'],
    ['nhà số 12/5 hỏng đèn từ hôm qua', '2026-11-22'],
  ])('"%s" is %s', (text, day) => {
    expect(findSpokenDay(text, TODAY)).toBe(day);
  });
});

describe('a weekday', () => {
  it.each([
    ['thứ 5 tuần rồi', '2026-11-19'],
    ['thu 5 tuan truoc', '2026-11-19'],
    ['thứ năm tuần trước', '2026-11-19'],
    ['thứ 2 tuần trước', '2026-11-16'],
    ['thứ 5 tuần này', '2026-11-26'],
    ['thứ 5 tuần tới', '2026-12-03'],
    ['thứ 5 tuần sau', '2026-12-03'],
    ['thứ 5 tới', '2026-11-26'],
    ['thứ 5 vừa rồi', '2026-11-19'],
    ['thứ 5 trước', '2026-11-19'],
    ['hôm thứ 5', '2026-11-19'],
    ['thứ 2 ngày 16/11', '2026-11-16'],
    ['thứ 5 tới giờ chưa có nước', '2026-11-19'],
    ['thứ tư tuần trước nữa', '2026-11-11'],
    ['thứ hai', '2026-11-23'],
    ['thứ hai vừa rồi', '2026-11-16'],
    ['thứ 2 tới', '2026-11-30'],
    ['chủ nhật vừa rồi', '2026-11-22'],
    ['chu nhat tuan truoc', '2026-11-22'],
    ['chủ nhật tuần này', '2026-11-29'],
    ['t7 vừa rồi', '2026-11-21'],
    ['hôm t5', '2026-11-19'],
    ['t2 tuần sau', '2026-11-30'],
    ['cn', '2026-11-22'],
    ['cn tuần trước', '2026-11-22'],
    ['tối cn hát to', '2026-11-22'],
    ['thứ bẩy tuần rồi', '2026-11-21'],
  ])('"%s" is %s', (text, day) => {
    expect(findSpokenDay(text, TODAY)).toBe(day);
  });
});

describe('a lunar day', () => {
  it.each([
    ['rằm', '2026-11-23', '2026-11-23'],
    ['hôm rằm', '2026-11-30', '2026-11-23'],
    ['ram thang bay', '2026-11-23', '2026-08-27'],
    ['rằm tháng giêng', '2026-04-01', '2026-03-03'],
    ['rằm tháng giêng', '2026-02-20', '2026-03-03'],
    ['rằm tháng trước', '2026-11-23', '2026-10-24'],
    ['rằm tới', '2026-11-23', '2026-12-23'],
    ['mùng 5', '2026-11-23', '2026-11-13'],
    ['mồng năm', '2026-11-23', '2026-11-13'],
    ['mung 5', '2026-11-23', '2026-11-13'],
    ['mùng 1 tháng sau', '2026-11-23', '2026-12-09'],
    ['mùng 1 tết', '2026-03-01', '2026-02-17'],
    ['mùng 3 tết', '2026-02-10', '2026-02-19'],
    ['30 tết', '2026-03-01', '2026-02-16'],
    ['30 tết', '2026-02-01', '2026-02-16'],
    ['30 tết', '2026-02-16', '2026-02-16'],
    ['28 tết', '2026-03-01', '2026-02-15'],
    ['đêm giao thừa', '2026-03-01', '2026-02-16'],
    ['mùng một tết', '2026-11-23', '2027-02-06'],
    ['30 tết vừa rồi', '2026-11-23', '2026-02-16'],
    ['mùng 1 tháng chạp', '2026-02-20', '2026-01-19'],
    ['mung 1 thang chap', '2026-02-20', '2026-01-19'],
    ['23 tháng chạp', '2026-02-20', '2026-02-10'],
    ['ngày 15/7 âm lịch', '2026-11-23', '2026-08-27'],
    ['mùng 2 tháng 9', '2026-11-23', '2026-09-02'],
    ['mùng 5 tháng 5 dương lịch', '2026-11-23', '2026-05-05'],
  ])('"%s" said on %s is %s', (text, today, day) => {
    expect(findSpokenDay(text, today)).toBe(day);
  });

  it('is never the one of a leap month', () => {
    // 2025 had a second sixth month, from 25 July.
    expect(findSpokenDay('rằm tháng 6', '2025-09-01')).toBe('2025-07-09');
  });
});

describe('no day', () => {
  it.each([
    '',
    'hôm trước',
    'hôm nọ',
    'tuần trước',
    'tuan truoc toi co nop',
    'mấy hôm nay mất nước',
    '3 hôm nay mất nước',
    'mấy hôm trước',
    'mai mốt tính',
    'mai mot tinh',
    'ngày một xấu đi',
    'ngay mot xau di',
    'cô Mai ở thôn Hạ',
    'nhà bà Mai',
    'Mai Văn An',
    'ngày nay',
    'năm nay',
    'tháng này',
    'tôi qua xã',
    'toi qua xa',
    'lần thứ 2 tôi hỏi',
    'đứa thứ ba nhà tôi',
    'con thứ hai',
    'ngày thứ 3 mất nước',
    'làm việc từ thứ 2 đến thứ 6',
    'mỗi thứ 7',
    'thứ 7 hàng tuần',
    'giấy cn qsdđ',
    'ngày 3 lần',
    'ngày hai buổi',
    '20 ngày 15 người',
    'nhà số 12/5',
    'ngõ 3/11',
    'tổ 3/5',
    'hỗ trợ 24/7',
    '2-3 người',
    '7-8 ngày',
    '1/2 số hộ',
    '9/10 điểm',
    'nghị định 15/2025/NĐ-CP',
    'hết 1.5 triệu',
    '0912.345.678',
    'H49.23.10-251001-0012',
    '31/2',
    'ngày 31/4',
    'ngày 31 tháng 4',
    'ngày 32',
    '32/1/2026',
    '1/13/2026',
    '29/2/2026',
    'mùng 12',
    'ngày 0',
  ])('is in: %s', (text) => {
    expect(findSpokenDay(text, TODAY)).toBeUndefined();
  });

  it('is found from a today that is none', () => {
    expect(findSpokenDay('hôm qua', '2026-02-30')).toBeUndefined();
    expect(findSpokenDay('hôm qua', '')).toBeUndefined();
  });
});

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('any text', () => {
  it('gives a day that exists or nothing, and never throws', () => {
    const parts = fc.constantFrom(
      ...'hôm nay qua kia mai mốt ngày tháng tuần trước tới rằm mùng tết giêng chạp thứ cn t5 30 15 3 31/2 3/11 29 / - . , năm 2026 âm lịch nữa'.split(
        ' ',
      ),
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.array(parts, { maxLength: 12 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(texts, day, (text, today) => {
        const found = findSpokenDay(text, today) ?? today;

        expect(new Date(found).toISOString().slice(0, 10)).toBe(found);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives back a date written out in full', () => {
    fc.assert(
      fc.property(day, day, (date, today) => {
        const [year = '', month = '', dayNumber = ''] = date.split('-');

        expect(findSpokenDay(`hôm ${dayNumber}/${month}/${year} ạ`, today)).toBe(date);
        expect(findSpokenDay(`ngày ${String(Number(dayNumber))} tháng ${month} năm ${year}`, today)).toBe(
          date,
        );
      }),
    );
  });

  it.each(['1', '1/', '1 ', '- ', '. ', ' ', 'mùng 9 ', 'ngày ', 'rằm tháng 13 ', 'hai mươi ', '30 tết 2 '])(
    'of 100 KB is read quickly: %j',
    (part) => {
      const text = part.repeat(100_000 / part.length);
      const startedAt = performance.now();

      findSpokenDay(text, TODAY);

      expect(performance.now() - startedAt).toBeLessThan(2000);
    },
  );
});
