import { expect, it } from '@jest/globals';
import { foldVietnamese } from '../../../src/kernel/vietnamese.ts';
import { readNumber, spellNumber } from '../../../src/understanding/entities/spoken-numbers.ts';

it.each([
  [1, 'một'],
  [4, 'bốn'],
  [10, 'mười'],
  [15, 'mười lăm'],
  [21, 'hai mươi mốt'],
  [24, 'hai mươi bốn'],
  [30, 'ba mươi'],
])('%i is said "%s"', (number, words) => {
  expect(spellNumber(number)[0]).toBe(words);
});

it.each([
  ['hăm ba', 23],
  ['hai tư', 24],
  ['muoi lam', 15],
  ['mười bẩy', 17],
  ['ba mốt', 31],
  ['07', 7],
  ['người', undefined],
  ['', undefined],
])('"%s" is read as %s', (words, number) => {
  expect(readNumber(words)).toBe(number);
});

it('every way of saying a number means only that number', () => {
  const said = Array.from({ length: 39 }, (_, at) => at + 1).flatMap((number) =>
    spellNumber(number).map((words) => [foldVietnamese(words), number] as const),
  );

  expect(said.filter(([words, number]) => readNumber(words) !== number)).toEqual([]);
});
