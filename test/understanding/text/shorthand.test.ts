import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeOut } from '../../../src/understanding/text/shorthand.ts';
import { patterns } from '../support.ts';

const shorthand = {
  abbreviations: { ko: 'không', cccd: 'căn cước công dân', dc: 'được' },
  ambiguous: {
    mk: { near: { 'mật khẩu': ['quên', 'tài khoản'] }, otherwise: 'mình' },
    tt: { near: { 'thông tin': ['sai'], 'tạm trú': ['đăng ký', 'sai'] }, otherwise: 'thủ tục' },
  },
};

function meaningOf(text: string, short: string): string | undefined {
  const words = text.split(' ');
  return writeOut(words, words.indexOf(short), shorthand);
}

describe('a short form', () => {
  it.each([
    ['ko', 'không'],
    ['cccd', 'căn cước công dân'],
  ])('with one meaning has it everywhere: %s', (short, meaning) => {
    expect(meaningOf(`tôi ${short} biết`, short)).toBe(meaning);
  });

  it.each(['không', 'biết', 'Ko', 'đc', '', 'constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'is not seen in "%s"',
    (word) => {
      expect(writeOut([word], 0, shorthand)).toBeUndefined();
    },
  );

  it('is not seen where no word stands', () => {
    expect(writeOut(['ko'], 1, shorthand)).toBeUndefined();
    expect(writeOut([], 0, shorthand)).toBeUndefined();
  });
});

describe('a short form with several meanings', () => {
  it.each([
    ['quên mk rồi', 'mật khẩu'],
    ['mk em quên mất', 'mật khẩu'],
    ['mk em bị quên', 'mật khẩu'],
    ['tài khoản với mk', 'mật khẩu'],
    ['mk muốn hỏi', 'mình'],
    ['mk', 'mình'],
  ])('is decided by the words within three of it: %s', (text, meaning) => {
    expect(meaningOf(text, 'mk')).toBe(meaning);
  });

  it.each(['quên hết cả cái mk', 'mk muốn hỏi là quên', 'tài khoản của em là mk'])(
    'is not decided by words farther away: %s',
    (text) => {
      expect(meaningOf(text, 'mk')).toBe('mình');
    },
  );

  it('is not decided by a phrase that it divides itself, or by a part of a word', () => {
    expect(meaningOf('tài mk khoản', 'mk')).toBe('mình');
    expect(meaningOf('quênn mk', 'mk')).toBe('mình');
  });

  it('takes the first meaning of the file when two have a word near', () => {
    expect(meaningOf('tt bị sai', 'tt')).toBe('thông tin');
    expect(meaningOf('đăng ký tt bị sai', 'tt')).toBe('thông tin');
    expect(meaningOf('đăng ký tt', 'tt')).toBe('tạm trú');
  });
});

describe("the staff's file", () => {
  it('has each short form in one of its two lists only', () => {
    const { abbreviations, ambiguous } = patterns.shorthand;

    expect(Object.keys(ambiguous).filter((short) => Object.hasOwn(abbreviations, short))).toEqual([]);
  });

  it('has short forms in lower case, as they are compared', () => {
    const forms = [
      ...Object.keys(patterns.shorthand.abbreviations),
      ...Object.keys(patterns.shorthand.ambiguous),
    ];

    expect(forms.filter((form) => form !== form.toLowerCase().normalize('NFC'))).toEqual([]);
  });

  it('answers for any words with a meaning or nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 8 }), fc.nat(9), (words, at) => {
        expect(['string', 'undefined']).toContain(typeof writeOut(words, at, patterns.shorthand));
      }),
    );
  });
});
