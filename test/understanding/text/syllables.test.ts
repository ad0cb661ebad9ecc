import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldVietnamese } from '../../../src/kernel/vietnamese.ts';
import { isBareSyllable, isSyllable, splitTone } from '../../../src/understanding/text/syllables.ts';
import { patterns } from '../support.ts';

describe('a Vietnamese syllable', () => {
  it.each([
    ...[
      'được',
      'nghiêng',
      'khuỷu',
      'quyền',
      'quốc',
      'gì',
      'giếng',
      'giữa',
      'gìn',
      'giúp',
      'giựt',
      'giỡn',
      'ý',
      'yêu',
      'ở',
      'an',
    ],
    ...['thuở', 'xoăn', 'ngoằn', 'khuya', 'rượu', 'hoà', 'hòa', 'thuý', 'kí', 'ký', 'ích', 'uống', 'phở'],
  ])('is seen: %s', (word) => {
    expect(isSyllable(word)).toBe(true);
  });

  it.each([
    ...['duoc', 'hoof', 'zalo', 'web', 'xyz', 'bcd', 'ngh', 'h', '', '123', '👍', 'Được', 'hồ sơ', 'cháyy'],
    ...['việtnam', 'strong', 'faà', 'wơ', 'xoong'],
  ])('is not seen in "%s"', (word) => {
    expect(isSyllable(word)).toBe(false);
  });

  it.each(['các', 'cạc', 'tốt', 'một', 'hợp', 'hớp', 'sách', 'sạch'])(
    'that ends in a stop has a rising or a heavy tone: %s',
    (word) => {
      expect(isSyllable(word)).toBe(true);
    },
  );

  it.each(['càc', 'cảc', 'cãc', 'tồt', 'hởp', 'sàch'])(
    'that ends in a stop has no other tone: %s',
    (word) => {
      expect(isSyllable(word)).toBe(false);
    },
  );

  it('has one tone at most', () => {
    expect(isSyllable('hồ\u0301')).toBe(false);
  });

  it('may be written in decomposed letters', () => {
    expect(isSyllable('được'.normalize('NFD'))).toBe(true);
  });
});

describe('a word without its accents', () => {
  it.each(['duoc', 'nghieng', 'quyen', 'gi', 'gieng', 'an', 'o', 'y', 'khuyu', 'thuo'])(
    'could be a syllable: %s',
    (word) => {
      expect(isBareSyllable(word)).toBe(true);
    },
  );

  it.each(['được', 'hoof', 'sdt', 'zalo', 'qwerty', '', '12', 'constructor', '__proto__'])(
    'could not be one: "%s"',
    (word) => {
      expect(isBareSyllable(word)).toBe(false);
    },
  );
});

describe('splitting off the tone', () => {
  it.each([
    ['hồ', 'hô', '\u0300'],
    ['hoà', 'hoa', '\u0300'],
    ['hòa', 'hoa', '\u0300'],
    ['được', 'đươc', '\u0323'],
    ['thư', 'thư', ''],
    ['', '', ''],
  ])('leaves the marks of the letters: %s', (word, base, tone) => {
    expect(splitTone(word)).toEqual({ base, tone });
  });
});

describe('the words of the example sentences', () => {
  const written = new Set(
    patterns.examples
      .filter(({ language }) => language === 'vi')
      .flatMap(
        ({ text }) =>
          text
            .normalize('NFC')
            .toLowerCase()
            .match(/\p{L}+/gu) ?? [],
      )
      .filter((word) => word !== foldVietnamese(word)),
  );

  it('with accents are syllables, but for slips and loan words', () => {
    const others = [...written].filter((word) => !isSyllable(word));

    expect(written.size).toBeGreaterThan(1000);
    expect(others.length / written.size).toBeLessThan(0.1);
  });

  it('that are syllables are bare syllables without their accents', () => {
    fc.assert(
      fc.property(fc.constantFrom(...[...written].filter(isSyllable)), (word) => {
        expect(isBareSyllable(foldVietnamese(word))).toBe(true);
      }),
    );
  });
});
