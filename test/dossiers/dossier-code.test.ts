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
    ['serial', 'a serial of three digits', 'H49.23.10-251001-012'],
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
const separators = fc.array(fc.constantFrom('.', ' ', '-', '–', '_', ' - ', ' . '), {
  minLength: 8,
  maxLength: 8,
});
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
