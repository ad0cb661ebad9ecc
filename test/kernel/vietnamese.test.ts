import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, foldVietnamese, hasDiacritics } from '../../src/kernel/vietnamese.ts';

describe('Vietnamese text', () => {
  it('folds diacritics for matching', () => {
    expect(foldVietnamese('Hồ sơ  ĐẤT')).toBe('ho so dat');
  });

  it('folds twice as once, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => foldVietnamese(foldVietnamese(text)) === foldVietnamese(text),
      ),
    );
  });

  it('reads decomposed text as composed text', () => {
    expect(cleanText('Hồ sơ'.normalize('NFD'))).toBe('Hồ sơ');
  });

  it('drops zero-width and control characters and keeps emoji', () => {
    expect(cleanText('\u200bhồ\u200d sơ\u0000 👍')).toBe('hồ sơ  👍');
  });

  it.each([
    ['ho so', false],
    ['hồ sơ', true],
    ['đat', true],
    ['', false],
  ])('knows whether %j carries diacritics', (text, expected) => {
    expect(hasDiacritics(text)).toBe(expected);
  });
});
