import { expect, it } from '@jest/globals';
import { latinLookAlikes } from '../../src/kernel/look-alikes.ts';
import { toCodeDigits, toCodeText } from '../../src/kernel/typed-code.ts';

it.each([
  ['һồ ѕơ', 'hồ sơ'],
  ['НОСТ', 'HOCT'],
  ['ΗΟΝ', 'HON'],
  ['hồ sơ', 'hồ sơ'],
  ['Я Ω', 'Я Ω'],
])('letters that look Latin become Latin: %s → %s', (text, latin) => {
  expect(latinLookAlikes(text)).toBe(latin);
});

it.each([
  ['н49 chấm 23', 'H49.23'],
  ['h49 gạch ngang 25', 'H49-25'],
  ['10 xuyệt 11', '10/11'],
  ['chấm điểm', 'CHẤM ĐIỂM'],
  ['5 gạch đầu dòng', '5 GẠCH ĐẦU DÒNG'],
])('separators in words become marks between groups only: %s → %s', (text, code) => {
  expect(toCodeText(text)).toBe(code);
});

it('letters written for digits are read as such', () => {
  expect(toCodeDigits('2OIL')).toBe('2011');
});
