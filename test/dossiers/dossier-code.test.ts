import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { findDossierCode, parseDossierCode } from '../../src/dossiers/dossier-code.ts';

const CODE = 'H49.23.10-251001-0012';

describe('a dossier code in a message', () => {
  it.each([
    ['as on the slip', 'H49.23.10-251001-0012'],
    ['in small letters', 'h49.23.10-251001-0012'],
    ['with blanks for everything', 'h49 23 10 251001 0012'],
    ['with blanks round the dashes', 'H49.23.10 - 251001 - 0012'],
    ['with long dashes', 'H49.23.10–251001—0012'],
    ['with a minus sign', 'H49.23.10\u2212251001\u22120012'],
    ['with underscores', 'H49_23_10_251001_0012'],
    ['with commas', 'H49,23,10-251001-0012'],
    ['with the letter O for zero', 'H49.23.1O-251OO1-OO12'],
    ['with l and I for one', 'H49.23.l0-25I00l-00l2'],
    ['in full-width characters', 'Ｈ４９．２３．１０－２５１００１－００１２'],
    ['on two lines', 'H49.23.10-\n251001-0012'],
    ['in a sentence', 'cho em hỏi hồ sơ H49.23.10-251001-0012 xong chưa ạ?'],
    ['glued to the words before', 'mãH49.23.10-251001-0012'],
    ['glued to unaccented words before', 'hosoH49.23.10-251001-0012'],
    ['glued to the word behind', 'H49.23.10-251001-0012ạ'],
    ['glued to a word behind that begins like a digit', 'H49.23.10-251001-0012ok'],
    ['before a full stop', 'Mã là H49.23.10-251001-0012.'],
    ['behind a telephone number', '0912345678 H49.23.10-251001-0012'],
    ['with slashes', 'H49/23/10/251001/0012'],
    ['with a slash and dashes', 'H49.23.10/251001-0012'],
    ['with en dashes and blanks', 'H49.23.10 – 251001 – 0012'],
    ['with middle dots', 'H49·23·10-251001-0012'],
    ['with commas and blanks', 'H49, 23, 10, 251001, 0012'],
    ['with a Cyrillic Н and О', 'Н49.23.1О-251ОО1-ОО12'],
    ['with a small Cyrillic н', 'н49.23.10-251001-0012'],
    ['with a Greek Eta and Omicron', 'Η49.23.1Ο-251ΟΟ1-ΟΟ12'],
    ['with a Ukrainian І', 'H49.23.І0-25І00І-00І2'],
    ['with invisible blanks', 'H49.23.\u200b10-251001\u200b-0012'],
    ['with a blank behind the letter', 'H 49.23.10-251001-0012'],
    ['with blanks for everything, also behind the letter', 'h 49 23 10 251001 0012'],
    ['with a dot behind the letter', 'H.49.23.10-251001-0012'],
    ['with its separators spoken', 'H49 chấm 23 chấm 10 gạch 251001 gạch 0012'],
    ['with its separators spoken without accents', 'h49 cham 23 cham 10 gach 251001 gach 0012'],
    ['with spoken separators and no blanks', 'H49chấm23chấm10gạch251001gạch0012'],
    ['with other spoken separators', 'H49 phẩy 23 phẩy 10 gạch ngang 251001 gạch nối 0012'],
    ['with spoken slashes', 'H49 chấm 23 chấm 10 xuyệt 251001 gạch chéo 0012'],
    ['with some separators spoken', 'H49.23 phay 10 tru 251001-0012'],
    ['with the date and the number in one', 'H49.23.10-2510010012'],
    ['with the date and the number in one, with blanks', 'h49 23 10 2510010012'],
    ['without the zeros of its number', 'H49.23.10-251001-12'],
    ['without one zero of its number', 'H49.23.10-251001-012'],
    ['without zeros, in a sentence', 'tra H49.23.10-251001-12 giúp em'],
    ['without zeros, with a dot', 'H49.23.10.251001.12'],
    ['without zeros, with blanks round the dashes', 'H49.23.10 - 251001 - 12'],
    ['without zeros, before a full stop', 'Mã H49.23.10-251001-12.'],
    ['without zeros, spoken', 'H49 chấm 23 chấm 10 gạch 251001 gạch 12'],
    ['with S for 5', 'H49.23.10-2S1001-0012'],
    ['behind one with an impossible date', 'không phải H49.23.10-259901-0012 mà là H49.23.10-251001-0012'],
  ])('is read %s', (_how, text) => {
    expect(parseDossierCode(text)).toEqual({ kind: 'code', code: CODE });
  });

  it.each([
    ['000.00.16.H49-230515-0012'],
    ['G22.99.08-221107-0001'],
    ['G09.20-20260609-0092637'],
    ['H17.30.22.05-250503-0019'],
    ['H49-251001-0012'],
  ])('is read in the layout %s', (code) => {
    expect(findDossierCode(`mã ${code} nhé`)).toBe(code);
  });

  it.each([
    ['H4S.23.10-251001-0058', 'H45.23.10-251001-0058'],
    ['H49.2B.10-251001-0012', 'H49.28.10-251001-0012'],
    ['H49.23.10-251001-00B8', 'H49.23.10-251001-0088'],
    ['B49.23.10-251001-0012', 'B49.23.10-251001-0012'],
    ['S12.23.10-251001-0012', 'S12.23.10-251001-0012'],
    ['000 chấm 00 chấm 16 chấm H49 gạch 230515 gạch 0012', '000.00.16.H49-230515-0012'],
    ['000.00.16.H49-2305150012', '000.00.16.H49-230515-0012'],
    ['000.00.16.H 49-230515-7', '000.00.16.H49-230515-0007'],
    ['H49-2510010012', 'H49-251001-0012'],
    ['G09.20-20260609-7', 'G09.20-20260609-0007'],
  ])('is read with letters, zeros and marks put right: %s', (text, code) => {
    expect(findDossierCode(text)).toBe(code);
  });

  it('is read when blanks were put at odd places', () => {
    expect(findDossierCode('H17.30.22 .05 - 250503 -0019')).toBe('H17.30.22.05-250503-0019');
  });

  it('is read with letters for zeros in the older layout', () => {
    expect(findDossierCode('OOO.OO.16.H49-230515-0012')).toBe('000.00.16.H49-230515-0012');
  });
});

describe('something that was meant as a code', () => {
  it.each([
    ['date', 'month 13', 'H49.23.10-251301-0012'],
    ['date', '30 February', 'H49.23.10-250230-0012'],
    ['date', 'a year long past', 'H49.23.10-19991001-0012'],
    ['date', 'month 13, with blanks', 'h49 23 10 251301 0012'],
    ['date', 'no date at all', 'hồ sơ H49.23.10 thì sao'],
    ['date', 'a date of five digits', 'H49.23.10-25100-0012'],
    ['serial', 'no serial', 'H49.23.10-251001'],
    ['serial', 'a short number that counts something else', 'h49 23 10 251001 3 ngày rồi'],
    ['serial', 'a short number behind a dash that counts', 'H49.23.10-251001 - 2 ngày chưa thấy'],
    ['serial', 'a short number that goes on', 'H49.23.10-251001-12-34'],
    ['serial', 'a number in two pieces', 'H49.23.10-251001-00 12'],
    ['serial', 'a sentence that goes on', 'H49.23.10-251001. 2 ngày rồi'],
    ['serial', 'a serial of eight digits', 'H49.23.10-251001-00120012'],
    ['serial', 'no serial, with blanks', 'h49 23 10 251001'],
    ['office', 'no letter', '49.23.10-251001-0012'],
    ['office', 'two letters', 'HH.23.10-251001-0012'],
  ])('is invalid in its %s: %s', (part, _why, text) => {
    expect(parseDossierCode(text)).toMatchObject({ kind: 'invalid', part });
  });
});

describe('a message without a code', () => {
  it.each([
    '',
    'cho em hỏi hồ sơ xong chưa ạ',
    'số của em là 0912345678',
    'gọi em 0912 345 678 nhé',
    '091.234.5678',
    '+84 912 345 678',
    'ngày 25-10-2025',
    '2025-10-01',
    '01/10/2025 10:30',
    'CCCD 022190001234',
    'phản ánh PA-261124-0007 tới đâu rồi',
    'nhà số 12, ngõ 34, tổ 5',
    'xe 14A1-123.45',
    'làm lại sổ đỏ hết 1.500.000 đồng à',
    'quốc lộ QL18 đoạn km 23 bị ngập',
    'phòng A12 0912345678',
    'thủ tục 1.001193 và 2.000635',
    'học lớp 12A10, năm 2025-2026',
    'ok lo lo lo oi oi',
    'O912.345.678',
    '0912/345/678',
    'không chín một hai chấm ba bốn năm',
    'ngày 25 gạch 10 gạch 2025',
    '25.10.2025 - 0012',
    'phản ánh PA 261124 0007',
    'PA2611240007',
    'РА-261124-0007 chữ kiểu khác',
    'CCCD 022 190 001 234',
    'stk 1903 2510 0100 12 techcombank',
    'số tài khoản 2510010012',
    'số tài khoản H2510010012',
    'phòng A12 2510010012',
    'mst 5701234567-001',
    'VNeID 2.1.10',
    'iOS 17.5.1, Android 14',
    'v1.23.10-rc.2',
    'bản A10.12 ngày 251001',
    'khu S12 nhà 10',
    '5B, 8S, S5 và B8',
    '12.500.000đ, 3 phẩy 5 triệu',
    'nghị định 118/2025/NĐ-CP',
  ])('has none: %s', (text) => {
    expect(parseDossierCode(text)).toEqual({ kind: 'none' });
  });

  it('has none whatever characters it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(parseDossierCode(text).kind).toBe('none');
      }),
    );
  });

  it('has none when it is a telephone number, however it is grouped', () => {
    const digits = fc.stringMatching(/^0[35789]\d{8}$/);
    fc.assert(
      fc.property(
        digits,
        fc.constantFrom(' ', '.', '-', ''),
        fc.constantFrom(3, 4),
        (phone, separator, first) => {
          const grouped = [phone.slice(0, first), phone.slice(first, 7), phone.slice(7)].join(separator);

          expect(parseDossierCode(`gọi ${grouped} nhé`)).toEqual({ kind: 'none' });
        },
      ),
    );
  });
});

const group = fc.stringMatching(/^\d{2,3}$/);
const letterGroup = fc.stringMatching(/^[A-HJKMNP-Z]\d{2}$/);
const office = fc.oneof(
  fc.tuple(letterGroup, fc.array(group, { maxLength: 4 })).map(([letter, groups]) => [letter, ...groups]),
  fc
    .tuple(fc.stringMatching(/^\d{3}$/), fc.array(group, { minLength: 1, maxLength: 3 }), letterGroup)
    .map(([first, groups, letter]) => [first, ...groups, letter]),
);
const date = fc
  .tuple(
    fc.date({ min: new Date('2015-01-01'), max: new Date('2040-12-31'), noInvalidDate: true }),
    fc.boolean(),
  )
  .map(([day, short]) =>
    day
      .toISOString()
      .slice(short ? 2 : 0, 10)
      .replaceAll('-', ''),
  );
const serial = fc.stringMatching(/^\d{4,7}$/);
const separators = fc.array(
  fc.constantFrom('.', ' ', '-', '–', '_', '/', ' - ', ' . ', ' chấm ', ' gach ', ' xuyệt '),
  {
    minLength: 8,
    maxLength: 8,
  },
);
const disguise = fc.func(fc.boolean());

function disguised(digits: string, hides: (at: number) => boolean): string {
  const looksLike: Record<string, string> = { 0: 'o', 1: 'l' };
  return digits.replace(/[01]/g, (digit, at: number) => (hides(at) ? (looksLike[digit] ?? digit) : digit));
}

describe('any valid code', () => {
  it('reads as itself, however it is written', () => {
    fc.assert(
      fc.property(office, date, serial, separators, disguise, (groups, day, number, between, hides) => {
        const code = `${groups.join('.')}-${day}-${number}`;
        const parts = [...groups, day, number];
        const written = parts.map((part, at) => {
          const hidden = /^[A-Z]/.test(part) ? part.toLowerCase() : disguised(part, hides);
          return `${hidden}${at === parts.length - 1 ? '' : (between[at] ?? '-')}`;
        });

        expect(parseDossierCode(`hồ sơ ${written.join('')} tới đâu rồi`)).toEqual({ kind: 'code', code });
      }),
      { numRuns: 1000 },
    );
  });

  it('reads the same again once it is normalised', () => {
    fc.assert(
      fc.property(office, date, serial, (groups, day, number) => {
        const code = `${groups.join('.')}-${day}-${number}`;

        expect(findDossierCode(code)).toBe(code);
      }),
    );
  });
});

it('reads a very long message quickly', () => {
  const text = 'H49 23 10 25.10 '.repeat(2000);
  const startedAt = performance.now();

  parseDossierCode(text);

  expect(performance.now() - startedAt).toBeLessThan(500);
});

it.each(['1', '1 ', '1.', 'H49 ', 'H49.23.', '- ', ' ', 'H 49 chấm ', 'O', 'S5', '000.'])(
  'reads 100 KB quickly: %j',
  (part) => {
    const text = part.repeat(100_000 / part.length);
    const startedAt = performance.now();

    parseDossierCode(text);

    expect(performance.now() - startedAt).toBeLessThan(2000);
  },
);
