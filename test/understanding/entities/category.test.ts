import { expect, it } from '@jest/globals';
import { createCategoryFinder } from '../../../src/understanding/entities/category.ts';
import { loadPatterns } from '../../../src/understanding/pattern-files.ts';
import { toWords } from '../../../src/understanding/text/words.ts';

const patterns = loadPatterns('locales');
const find = createCategoryFinder(patterns.categories);

it.each([
  ['đèn đường hỏng', 'lighting'],
  ['rác không ai dọn', 'waste'],
  ['cán bộ thái độ với dân', 'staff_attitude'],
  ['duong o ga', 'road'],
  ['xin chào', undefined],
  ['', undefined],
])('the category of "%s" is %s', (text, category) => {
  expect(find(toWords(text, patterns.shorthand))).toBe(category);
});
