import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { findPhone } from '../../../src/understanding/entities/phone.ts';

const PHONE = '0912345678';

describe('a telephone number', () => {
  it.each([
    ['plainly', '0912345678'],
    ['in a sentence', 'gọi tôi 0912345678 nhé'],
    ['in groups', '0912 345 678'],
    ['in other groups', '091 234 5678'],
    ['in pairs', '09 12 34 56 78'],
    ['digit by digit', '0 9 1 2 3 4 5 6 7 8'],
    ['with dots', '0912.345.678'],
    ['with a full stop behind', 'Số tôi là 0912.345.678.'],
    ['with dashes', '0912-345-678'],
    ['with long dashes', '0912 – 345 – 678'],
    ['with slashes', '0912/345/678'],
    ['in pairs with slashes', '09/12/34/56/78'],
    ['with brackets', '(091) 234 5678'],
    ['with mixed separators', '0912 345.678'],
    ['with underscores', '0912_345_678'],
    ['with the country code', '+84912345678'],
    ['with the country code and blanks', '+84 912 345 678'],
    ['with the country code without a plus', '84912345678'],
    ['with the country code in brackets', '(+84) 912 345 678'],
    ['with the country code and a zero', '+84 0912 345 678'],
    ['with the country code and a zero in brackets', '+84(0)912345678'],
    ['with the international prefix', '0084 912345678'],
    ['in full-width digits', '０９１２３４５６７８'],
    ['with the letter O', 'O912345678'],
    ['with small o and l', 'o9l2345678'],
    ['with a capital I', '09I2 345 678'],
    ['with a Cyrillic О', 'О912345678'],
    ['with an invisible blank', '0912\u200b345678'],
    ['glued to the word before', 'sdt0912345678'],
    ['glued to an accented word before', 'sđt0912345678'],
    ['glued to "so" before', 'so0912345678'],
    ['glued to "so" before, with a letter O', 'soO912345678'],
    ['glued to the word behind', '0912345678nhé'],
    ['glued to a word like a digit behind', '0912345678ok'],
    ['behind a colon', 'SĐT:0912345678'],
    ['behind a dash', 'sđt-0912345678'],
    ['behind a house number', 'nhà số 5, 0912345678'],
    ['behind a house number without a comma', 'ở tổ 12 0912 345 678'],
    ['behind a numbered word', 'sdt1:0912345678'],
    ['before a house number', 'điện thoại 0912345678 123 đường Lê Lợi'],
    ['behind a birthday', 'sinh 01/01/1990 0912 345 678'],
    ['behind a person called by a number', 'anh Ba không chín một hai ba bốn năm sáu bảy tám'],
    ['behind a year', 'năm 2026 0912 345 678'],
    ['behind a date', '03/11/2026 0912345678'],
    ['behind a short date', '03/11/26 0912345678'],
    ['before a time', '0912345678 10h sáng'],
    ['before a date', '0912345678 15/10'],
    ['before a count', '0912 345 678 5 giờ chiều'],
    ['before another number', '0912345678/0987654321'],
    ['before another number in groups', '0912 345 678 - 0987 654 321'],
    ['behind a citizen ID', 'CCCD 022190001234, sđt 0912345678'],
    ['behind a dossier code', 'H49.23.10-251001-0012 0912345678'],
    ['behind a report code', 'PA-261124-0007, sđt 0912 345 678'],
    ['behind a room', 'phòng A12 0912345678'],
    ['though an account is named before it', 'stk 0123456789012, gọi 0912345678'],
    ['when the card is only the topic', 'Làm căn cước cho con, liên hệ 0912345678'],
    ['when the card is the topic of the line before', 'Xin đổi thẻ căn cước\n0912345678'],
    ['when the account is the one of VNeID', 'tài khoản vneid bị khóa, 0912345678'],
    ['spoken', 'không chín một hai ba bốn năm sáu bảy tám'],
    ['spoken in a sentence', 'số của tôi là không chín một hai ba bốn năm sáu bẩy tám nhé'],
    ['spoken without accents', 'khong chin mot hai ba bon nam sau bay tam'],
    ['spoken in dialect', 'kô chín mốt hai ba tư lăm sáu bẩy tám'],
    ['spoken with commas', 'không chín một hai, ba bốn năm, sáu bảy tám'],
    ['spoken and in digits', 'không chín một hai 345 678'],
    ['in digits and spoken', '0912 ba bốn năm sáu bảy tám'],
    ['spoken behind a village', 'thôn ba, không chín một hai ba bốn năm sáu bảy tám'],
    ['spoken with capitals', 'Không Chín Một Hai Ba Bốn Năm Sáu Bảy Tám'],
  ])('is read %s', (_how, text) => {
    expect(findPhone(text)).toBe(PHONE);
  });

  it.each([
    ['0162 345 6789', '0323456789'],
    ['01681234567', '0381234567'],
    ['+84 169 123 4567', '0391234567'],
    ['0120.123.4567', '0701234567'],
    ['0121 1234567', '0791234567'],
    ['0126 1234567', '0761234567'],
    ['0123 1234567', '0831234567'],
    ['0124 1234567', '0841234567'],
    ['0125 1234567', '0851234567'],
    ['0127 1234567', '0811234567'],
    ['0129 1234567', '0821234567'],
    ['0186 1234567', '0561234567'],
    ['0188 1234567', '0581234567'],
    ['0199 1234567', '0591234567'],
    ['không một sáu tám một hai ba bốn năm sáu bảy', '0381234567'],
  ])('from before 2018 is read as the new one: %s → %s', (text, phone) => {
    expect(findPhone(text)).toBe(phone);
  });

  it.each([
    ['0203 3856 789', '02033856789'],
    ['024.3825.1234', '02438251234'],
    ['(+84) 203 3856789', '02033856789'],
  ])('of a landline is read with its eleven digits: %s', (text, phone) => {
    expect(findPhone(text)).toBe(phone);
  });
});

describe('something that is no telephone number', () => {
  it.each([
    '',
    'xin chào',
    'căn cước 022091234567',
    'CCCD: 022 091 234 567',
    'cccd 0220 9123 4567',
    '022091234567',
    '001 089 0123 45',
    '091234567',
    '09123456789',
    '0123456789',
    'mã số thuế 0312345678',
    'MST: 0312345678',
    'mst của cửa hàng nhà tôi là 0312345678',
    'Mã số thuế:\n0312345678',
    '0312345678-001',
    'số tài khoản 0912345678',
    'stk 0912345678 vietcombank',
    'STK: 0912 345 678',
    'số tài khoản ngân hàng của mẹ tôi là 0912345678',
    '0912345678 là số tài khoản của tôi',
    '0912345678 (stk ngân hàng)',
    'tài khoản 0912345678 ngân hàng nông nghiệp',
    'cccd của tôi là 0912345678',
    'căn cước 0912345678',
    'cmnd 0912345678',
    'mã 0912345678',
    'stk 1903 0912 3456 78',
    'không 912345678',
    '0912 345 6789',
    'mã đơn 0912345678',
    'mã đơn hàng: 0912345678',
    'hóa đơn số 0912345678',
    'hoá đơn 0912345678',
    'số thẻ 0912345678',
    'thẻ BHYT số 0912345678',
    'H49.23.10-251001-0912345678',
    'H49.23.10-251001-0012',
    'h49 09 12 345678 0012',
    'PA-091234-5678',
    'PA0912345678',
    'phản ánh PA-261124-0007 tới đâu rồi',
    'tài khoản 9704 0912 3456 7890 123',
    '1234567890912345678',
    '0912345678901',
    '0912 345 678 901',
    '0912345678-12',
    'lúc 03/11/2026 10:30',
    'ngày 05.10.2026 08 giờ',
    '03-11-2026 10 giờ',
    'tọa độ 21.0285, 105.8542',
    'hết 1.500.000 đồng',
    'ha0912345678@gmail.com',
    'không một ai, hai ba người bốn năm lần',
    'một hai ba bốn năm sáu bảy tám chín',
    'không chín một hai ba bốn năm sáu bảy',
    'không chín một hai ba bốn năm sáu bảy tám chín',
  ])('gives none: %s', (text) => {
    expect(findPhone(text)).toBeUndefined();
  });

  it('is passed over for the one behind it', () => {
    expect(findPhone('stk 0987654321 vietcombank, sđt 0912345678')).toBe(PHONE);
  });
});

const mobile = fc.stringMatching(/^0[35789][0-9]{8}$/);
const SAID = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];

describe('any mobile number', () => {
  it('is read however it is grouped and disguised', () => {
    const separator = fc.constantFrom('', ' ', '.', '-', ' - ', '–');
    fc.assert(
      fc.property(
        mobile,
        fc.constantFrom([4, 7], [3, 6], [4, 6, 8], [5], [2, 4, 6, 8]),
        separator,
        fc.constantFrom('sđt ', 'gọi tôi ', 'số tôi: ', ''),
        fc.func(fc.boolean()),
        (phone, cuts, between, words, hides) => {
          const grouped = [0, ...cuts].map((cut, at) => phone.slice(cut, cuts[at])).join(between);
          const written = grouped.replace(/0/g, (zero, at: number) => (hides(at) ? 'O' : zero));

          expect(findPhone(`${words}${written} nhé`)).toBe(phone);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is read when it is spoken', () => {
    fc.assert(
      fc.property(mobile, (phone) => {
        const said = Array.from(phone, (digit) => SAID[Number(digit)]).join(' ');

        expect(findPhone(`số ${said} ạ`)).toBe(phone);
      }),
    );
  });
});

describe('any text', () => {
  it('gives a whole number or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(findPhone(text) ?? '0300000000').toMatch(/^0\d{9,10}$/);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9oli .,/()+-]{0,200}$/), (text) => {
        expect(findPhone(text) ?? '0300000000').toMatch(/^0\d{9,10}$/);
      }),
    );
  });

  it.each(['1', '0', '0 ', '09 ', '0-', '. ', '- ', ' ', '84 ', 'o', 'không ', 'a12 12 ', 'pa 12', 'stk 0 '])(
    'of 100 KB is read quickly: %j',
    (part) => {
      const text = part.repeat(100_000 / part.length);
      const startedAt = performance.now();

      findPhone(text);

      expect(performance.now() - startedAt).toBeLessThan(2000);
    },
  );
});
