import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPhraseFinder, phraseProblem, phraseVariants } from '../../src/understanding/phrases.ts';
import { toWords } from '../../src/understanding/text/words.ts';

const NO_SHORTHAND = { abbreviations: {}, ambiguous: {} };
const found = (phrase: string, text: string): boolean =>
  createPhraseFinder([{ phrase, value: true }]).find(toWords(text, NO_SHORTHAND)).length > 0;

describe('a phrase as staff write it', () => {
  it.each([
    ['hồ sơ', 'Hồ sơ của tôi', true],
    ['hồ sơ', 'ho so cua toi', true],
    ['hồ sơ', 'hố sơ sài quá', false],
    ['cháy', 'tôi chạy xe ngoài đường', false],
    ['cháy', 'toi chay xe', true],
    ['=cháy', 'toi chay xe', false],
    ['=cháy', 'đang cháy', true],
    ['hoà giải', 'hòa giải đất', true],
    ['lý lịch', 'lí lịch', true],
    ['hồ sơ * đến đâu', 'hồ sơ của tôi đến đâu', true],
    ['hồ sơ * đến đâu', 'hồ sơ đến đâu', true],
    ['hồ sơ * đến đâu', 'hồ sơ một hai ba bốn năm sáu bảy đến đâu', false],
    ['hồ sơ * đến đâu', 'đến đâu cũng được, hồ sơ', false],
    ['(xong|được) chưa', 'đã được chưa', true],
    ['(gửi |)tin (mới|cũ)', 'có tin mới', true],
    ['(gửi |)tin (mới|cũ)', 'gửi tin vui', false],
    ['a * b', 'a a a b', true],
  ])('"%s" in "%s": %s', (phrase, text, expected) => {
    expect(found(phrase, text)).toBe(expected);
  });

  it('is longer, and so surer, by its own words only', () => {
    const [hit] = createPhraseFinder([{ phrase: 'hồ sơ * đến đâu', value: 1 }]).find(
      toWords('xin hỏi hồ sơ của mẹ tôi đến đâu', NO_SHORTHAND),
    );

    expect(hit).toMatchObject({ start: 2, end: 9, size: 4 });
  });

  it('says each choice once', () => {
    expect(phraseVariants('(a|b) (c|d)')).toEqual(['a c', 'a d', 'b c', 'b d']);
  });

  it.each([
    ['', 'no words'],
    ['!!!', 'no words'],
    ['* xong', 'one side'],
    ['hồ sơ *', 'one side'],
    ['(xong chưa', 'without its pair'],
    ['xong | chưa', 'without its pair'],
    ['(a * b)', 'inside brackets'],
    [Array.from({ length: 4 }, () => '(a|b|c|d|e|f)').join(' '), 'too many choices'],
  ])('"%s" is refused: %s', (phrase, problem) => {
    expect(phraseProblem(phrase)).toContain(problem);
  });

  it('finds itself wherever it stands', () => {
    const word = fc.constantFrom('hồ', 'sơ', 'tôi', 'đến', 'đâu', 'rồi', 'cháy', 'nhà');
    const some = fc.array(word, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 5 }),
        some,
        fc.array(word, { maxLength: 5 }),
        (before, phrase, after) => {
          expect(found(phrase.join(' '), [...before, ...phrase, ...after].join(' '))).toBe(true);
        },
      ),
    );
  });
});
