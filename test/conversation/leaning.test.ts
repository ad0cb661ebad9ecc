import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readLeaning } from '../../src/conversation/leaning.ts';

describe('a short message that leans on the last answer', () => {
  it.each([
    ['còn phí?', 'le-phi'],
    ['con phi', 'le-phi'],
    ['hết bao nhiêu tiền ạ', 'le-phi'],
    ['mất bao lâu', 'thoi-gian'],
    ['mat bao lau z', 'thoi-gian'],
    ['mấy ngày thì xong', 'thoi-gian'],
    ['nộp ở đâu', 'noi-nop'],
    ['nop o dau', 'noi-nop'],
    ['online được không', 'truc-tuyen'],
    ['lm onl dc ko', 'truc-tuyen'],
    ['cần giấy gì', 'giay-to'],
    ['can giay j', 'giay-to'],
    ['căn cứ luật nào', 'can-cu'],
    ['how much is it', 'le-phi'],
  ])('asks for a part: %s', (text, part) => {
    expect(readLeaning(text)).toEqual({ kind: 'part', part });
  });

  it.each([
    ['thế khai tử thì sao?', 'khai tử'],
    ['the khai tu thi sao', 'khai tu'],
    ['thế khai tử?', 'khai tử'],
    ['còn tạm trú?', 'tạm trú'],
    ['con tam tru', 'tam tru'],
    ['còn cho trẻ con thì sao', 'cho trẻ con'],
    ['vậy mất máy thì sao ạ', 'mất máy'],
    ['what about marriage?', 'marriage'],
  ])('asks the same of something else: %s', (text, words) => {
    expect(readLeaning(text)).toEqual({ kind: 'other', words });
  });

  it.each([
    ['nhầm rồi, ý mình là thường trú', 'thường trú'],
    ['nham roi y minh la thuong tru', 'thuong tru'],
    ['không phải, đăng ký xe cơ', 'đăng ký xe'],
    ['ko phai dang ky xe co', 'dang ky xe'],
    ['ý em là khai tử ạ', 'khai tử'],
    ['không, tôi hỏi khai tử cơ', 'khai tử'],
  ])('puts right what was understood: %s', (text, words) => {
    expect(readLeaning(text)).toEqual({ kind: 'correction', words });
  });

  it.each(['cái kia cơ', 'cai kia co', 'cái khác', 'không phải cái này', 'nhầm rồi', 'ko phai'])(
    'turns down what was shown: %s',
    (text) => {
      expect(readLeaning(text)).toEqual({ kind: 'another' });
    },
  );

  it.each([
    'ủy ban ở đâu',
    'làm thẻ căn cước bao nhiêu tiền',
    'không phải tôi mà hàng xóm đổ rác',
    'thế à',
    'cái này',
    'gia đình tôi muốn gặp cán bộ ngay bây giờ',
    'xin chào',
    '',
  ])('is not what stands on its own: %s', (text) => {
    expect(readLeaning(text)).toBeUndefined();
  });

  it('never throws, and is quick with anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(() => readLeaning(text)).not.toThrow();
      }),
    );
    const started = performance.now();
    readLeaning('không phải '.repeat(500));
    readLeaning('thế còn '.repeat(500));
    expect(performance.now() - started).toBeLessThan(200);
  });
});
