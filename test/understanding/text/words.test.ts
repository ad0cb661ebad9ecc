import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isSameWord,
  toPatternWords,
  toWords,
  trustingTypedAccents,
  withoutAccents,
} from '../../../src/understanding/text/words.ts';
import type { Word } from '../../../src/understanding/text/words.ts';
import { patterns } from '../support.ts';

const NO_SHORTHAND = { abbreviations: {}, ambiguous: {} };
/** Zalo stops at 2,000 characters; the longest shorthand makes six words of five characters. */
const MOST_WORDS = 5000;

function read(text: string): readonly Word[] {
  return toWords(text, NO_SHORTHAND);
}

const exactOf = (words: readonly Word[]): readonly string[] => words.map(({ exact }) => exact);
const folded = (text: string): string =>
  read(text)
    .map((word) => word.folded)
    .join(' ');
const sameWords = (one: string, other: string): boolean =>
  JSON.stringify(read(one)) === JSON.stringify(read(other));

describe('a message is the same words', () => {
  it.each([
    ['in decomposed letters', 'hồ sơ của tôi'.normalize('NFD')],
    ['in capitals', 'HỒ SƠ CỦA TÔI'],
    ['with zero-width characters in it', 'hồ\u200b sơ\u200d của\ufeff tôi'],
    ['with soft hyphens in its words', 'hồ sơ c\u00adủa t\u00adôi'],
    ['with Cyrillic letters that look Latin', 'һồ ѕơ сủа tôі'],
    ['with Greek letters that look Latin', 'hồ sơ củα τôι'],
    ['in full-width letters', 'ｈồ ｓơ ｃủａ ｔôｉ'],
    ['with drawls', 'hồ sơ của tôiiiiii'],
    ['with drawled accents', 'hồồồồ sơơơ của tôi'],
    ['with other blanks and line breaks', '  hồ\u00a0sơ\tcủa\r\ntôi\u3000'],
    ['with marks around its words', '«hồ sơ», (của) … tôi?!'],
    ['with control characters', 'hồ\u0000sơ\u0007của tôi'],
    ['in Telex with the keyboard off', 'hoof sow cuar tooi'],
    ['in VNI with the keyboard off', 'ho62 so7 cu3a to6i'],
  ])('%s', (_how, text) => {
    expect(sameWords(text, 'hồ sơ của tôi')).toBe(true);
  });

  it.each([
    ['hoà giải', 'hòa giải'],
    ['thuý', 'thúy'],
    ['kí tên', 'ký tên'],
    ['lí do', 'lý do'],
    ['quí vị', 'quý vị'],
  ])('in either schoolbook spelling: %s, %s', (one, other) => {
    expect(sameWords(one, other)).toBe(true);
  });
});

describe('the words of a message', () => {
  it.each([
    ['pictures stand for themselves', 'nhà cháy 🔥🔥', 'nhà cháy 🔥 🔥'],
    ['numbers stay as they are', 'gọi 0912345678, 1000000 đồng', 'gọi 0912345678 1000000 đồng'],
    ['codes fall into their parts', 'H49.23.10-251001-0012', 'h49 23 10 251001 0012'],
    ['other scripts stay', '你好 Österreich', '你好 österreich'],
    ['HTML is only words', '<b>hồ sơ</b>', 'b hồ sơ b'],
    ['double letters stay', 'zoom app', 'zoom app'],
  ])('%s', (_what, text, words) => {
    expect(exactOf(read(text))).toEqual(exactOf(toPatternWords(words)));
    expect(read(text)).toHaveLength(words.split(' ').length);
  });

  it.each(['', '   ', '...?!', '\u200b\u200d', '\u0000', '\ud83d', '\udc4d'])(
    'are none where nothing was said: %j',
    (text) => {
      expect(read(text)).toEqual([]);
    },
  );

  it('have a spelling without accents beside them', () => {
    expect(folded('Đường ở thôn Hạ')).toBe('duong o thon ha');
  });

  it('are written out where the list of short forms knows them, and the meaning is trusted', () => {
    const words = toWords('ko co', { abbreviations: { ko: 'không được' }, ambiguous: {} });

    expect(exactOf(words)).toEqual(exactOf(toPatternWords('không được co')));
    expect(words.map(({ trusted }) => trusted)).toEqual([true, true, false]);
  });

  it('are looked up among the short forms with and without their drawl', () => {
    const shorthand = { abbreviations: { cccd: 'căn cước', r: 'rồi' }, ambiguous: {} };

    expect(toWords('cccd', shorthand)).toEqual(toPatternWords('căn cước'));
    expect(toWords('rrrr', shorthand)).toEqual(toPatternWords('rồi'));
  });
});

describe('accents', () => {
  it('are believed in a message that has them', () => {
    expect(read('nhà tôi bị chay').map(({ trusted }) => trusted)).toEqual([true, true, true, true]);
  });

  it('are not missed in a message that has none', () => {
    expect(read('nha toi bi chay').map(({ trusted }) => trusted)).toEqual([false, false, false, false]);
  });

  it('that somebody did type count even in a message that has few', () => {
    const words = read('nha toi bi cháy o thon ha');

    expect(words.filter(({ trusted }) => trusted).map((word) => word.folded)).toEqual(['chay']);
  });

  it('decide only where they were typed', () => {
    const [fire] = toPatternWords('cháy');
    const [typed] = read('chạy');
    const [plain] = read('chay');

    expect(isSameWord(typed!, fire!)).toBe(false);
    expect(isSameWord(plain!, fire!)).toBe(true);
    expect(isSameWord(withoutAccents([typed!])[0]!, fire!)).toBe(true);
  });

  it('of names are believed word by word', () => {
    expect(trustingTypedAccents(read('thôn Nui Thành')).map(({ trusted }) => trusted)).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('a very long text', () => {
  it.each(['hồ sơ ', 'a', 'a ', '🔥', '☎', '1 ', 'ntn ', 'xnhn ', '\ufdfa', '\u0301', '한', 'ﬃ'])(
    'of 100 KB of "%s" is a few thousand words at most',
    (unit) => {
      const words = toWords(unit.repeat(100_000 / unit.length), patterns.shorthand);

      expect(words.length).toBeLessThanOrEqual(MOST_WORDS);
      expect(words.reduce((sum, word) => sum + word.folded.length, 0)).toBeLessThanOrEqual(20 * MOST_WORDS);
    },
  );

  it('keeps its beginning and its end', () => {
    const words = folded(`đầu thư ${'giữa '.repeat(20_000)} cuối thư`);

    expect(words.startsWith('dau thu giua')).toBe(true);
    expect(words.endsWith('giua cuoi thu')).toBe(true);
  });

  it('that Zalo still sends is kept whole', () => {
    expect(read('ho '.repeat(666))).toHaveLength(666);
  });
});

describe('any text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ unit: 'grapheme', maxLength: 100 }),
    fc
      .array(
        fc.constantFrom(
          ...Array.from('aăâeêoôơuưy'),
          '\u0301',
          '\u0300',
          'İ',
          'ẞ',
          'ﷺ',
          'K',
          '한',
          'が',
          ' ',
          '7',
        ),
        {
          maxLength: 60,
        },
      )
      .map((parts) => parts.join('')),
  );

  it('gives lower-case words: composed letters, at most one tone mark behind them', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const word of toWords(text, patterns.shorthand)) {
          const letters = word.exact.replace(/[\u0300\u0301\u0303\u0309\u0323]$/, '');

          expect(letters).toBe(letters.normalize('NFC'));
          expect(word.exact).toBe(word.exact.toLowerCase());
          expect(word.folded).toBe(word.folded.toLowerCase());
          expect(word.exact.length * word.folded.length).toBeGreaterThan(0);
          expect(word.folded).not.toMatch(/[\u0300-\u036f\s]/);
        }
      }),
    );
  });

  it('gives the same words decomposed as composed', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(sameWords(text.normalize('NFD'), text.normalize('NFC'))).toBe(true);
      }),
    );
  });

  it('of any length gives a bounded number of words', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 2000 }), (text, times) => {
        expect(toWords(text.repeat(times), patterns.shorthand).length).toBeLessThanOrEqual(MOST_WORDS);
      }),
      { numRuns: 50 },
    );
  });
});
