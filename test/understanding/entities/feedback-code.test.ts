import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { findFeedbackCode, hasFeedbackCode } from '../../../src/understanding/entities/feedback-code.ts';

const CODE = 'PA-261124-0007';

describe('the code of a report', () => {
  it.each([
    ['as it was given', 'PA-261124-0007'],
    ['in small letters', 'pa-261124-0007'],
    ['in a sentence', 'phản ánh PA-261124-0007 tới đâu rồi'],
    ['with blanks', 'PA 261124 0007'],
    ['with dots', 'pa.261124.0007'],
    ['with blanks round the dashes', 'PA - 261124 - 0007'],
    ['with long dashes', 'PA–261124—0007'],
    ['with slashes', 'PA/261124/0007'],
    ['without separators', 'PA2611240007'],
    ['with one separator', 'PA261124-0007'],
    ['with the letter O for zero', 'PA-261124-OOO7'],
    ['with l and I for one', 'pa-26ll24-0007'],
    ['in full-width characters', 'ＰＡ－２６１１２４－０００７'],
    ['with Cyrillic letters', 'РА-261124-0007'],
    ['without its zeros', 'PA-261124-7'],
    ['with its separators spoken', 'PA-261124 gạch 0007'],
    ['behind one with an impossible date', 'PA-261324-0007 à nhầm PA-261124-0007'],
    ['before a full stop', 'Mã PA-261124-0007.'],
    ['before an accented word', 'PA-261124-0007ạ'],
  ])('is read %s', (_how, text) => {
    expect(findFeedbackCode(text)).toBe(CODE);
    expect(hasFeedbackCode(text)).toBe(true);
  });

  it('may have more than four digits on a bad day', () => {
    expect(findFeedbackCode('PA-261124-12345')).toBe('PA-261124-12345');
  });

  it('is meant, though it cannot be right', () => {
    expect(hasFeedbackCode('PA-261324-0007')).toBe(true);
    expect(findFeedbackCode('PA-261324-0007')).toBeUndefined();
    expect(hasFeedbackCode('PA-2611-0007')).toBe(true);
    expect(findFeedbackCode('PA-2611-0007')).toBeUndefined();
  });

  it('is read back however it is written', () => {
    const day = fc
      .date({ min: new Date('2025-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(2, 10).replaceAll('-', ''));
    const separator = fc.constantFrom('', ' ', '-', '.', ' - ', '_', '/');
    fc.assert(
      fc.property(
        day,
        fc.stringMatching(/^\d{4}$/),
        separator,
        separator,
        fc.func(fc.boolean()),
        (date, number, first, second, hides) => {
          const digits = `${date}${second}${number}`.replace(/0/g, (zero, at: number) =>
            hides(at) ? 'o' : zero,
          );

          expect(findFeedbackCode(`mã pa${first}${digits} nhé`)).toBe(`PA-${date}-${number}`);
        },
      ),
    );
  });
});

describe('a message without one', () => {
  it.each([
    '',
    'phản ánh đèn hỏng',
    'pa đèn hỏng',
    'pa ở tổ 5',
    'H49.23.10-251001-0012',
    'gọi tôi 0912345678',
    'spa-261124-0007',
    'Sapa 261124 0007',
    'pa oi',
    'Pa pa 3',
    'pa ooi ooll',
  ])('has none: %s', (text) => {
    expect(findFeedbackCode(text)).toBeUndefined();
    expect(hasFeedbackCode(text)).toBe(false);
  });

  it.each(['1', 'pa', 'pa ', 'pa-1', 'PA-261124', '- ', ' ', 'o', 'pao'])(
    'is read quickly, be it 100 KB: %j',
    (part) => {
      const text = part.repeat(100_000 / part.length);
      const startedAt = performance.now();

      findFeedbackCode(text);
      hasFeedbackCode(text);

      expect(performance.now() - startedAt).toBeLessThan(2000);
    },
  );
});
