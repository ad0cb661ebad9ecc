import { describe, expect, it } from '@jest/globals';
import { createVillageFinder } from '../../../src/understanding/entities/village.ts';
import { loadPatterns } from '../../../src/understanding/pattern-files.ts';
import { toWords, trustingTypedAccents } from '../../../src/understanding/text/words.ts';

const patterns = loadPatterns('locales');
const find = createVillageFinder([
  { id: 'nui-thanh', name: 'Núi Thành', aliases: ['thôn Núi Thành', 'Thành Cũ'] },
  { id: 'thanh-gien', name: 'Thành Giền', aliases: ['xóm Giền'] },
  { id: 'ha', name: 'Hạ', aliases: [] },
  { id: 'khu-3', name: 'Khu 3', aliases: [] },
  { id: 'khu-12', name: 'Khu 12', aliases: [] },
  { id: 'thon-dong', name: 'Thôn Đông', aliases: [] },
  { id: 'xom-dong', name: 'Xóm Đông', aliases: [] },
]);

const villagesIn = (text: string): readonly string[] =>
  find(trustingTypedAccents(toWords(text, patterns.shorthand)));

describe('a village in a message', () => {
  it.each([
    ['đường thôn Núi Thành hỏng', 'nui-thanh'],
    ['duong thon nui thanh hong', 'nui-thanh'],
    ['ở Núi Thành', 'nui-thanh'],
    ['nhà ở làng Núi Thành', 'nui-thanh'],
    ['bên Thành Cũ ngập', 'nui-thanh'],
    ['cống ở xóm Giền tắc', 'thanh-gien'],
    ['thôn Giền', 'thanh-gien'],
    ['tổ dân phố Thành Giền', 'thanh-gien'],
    ['đèn thôn Hạ không sáng', 'ha'],
    ['xóm hạ', 'ha'],
    ['ấp Hạ', 'ha'],
    ['bản Hạ', 'ha'],
    ['khóm ha', 'ha'],
    ['khu phố Hạ', 'ha'],
    ['khu 3 mất nước', 'khu-3'],
    ['khu 03', 'khu-3'],
    ['khu số 3', 'khu-3'],
    ['khu ba', 'khu-3'],
    ['thôn 3', 'khu-3'],
    ['khu phố 12', 'khu-12'],
    ['khu mười hai', 'khu-12'],
    ['tổ 12 khu 3', 'khu-3'],
    ['thôn Đông', 'thon-dong'],
    ['xom dong', 'xom-dong'],
  ])('"%s" is %s', (text, village) => {
    expect(villagesIn(text)).toEqual([village]);
  });

  it.each([
    ['từ thôn Hạ sang khu 3', ['ha', 'khu-3']],
    ['Núi Thành hay Thành Giền', ['nui-thanh', 'thanh-gien']],
    ['thôn Hạ gần làng Núi Thành', ['nui-thanh', 'ha']],
    ['làng Đông', ['thon-dong', 'xom-dong']],
  ])('one of several must be asked for: %s', (text, villages) => {
    expect(villagesIn(text)).toEqual(villages);
  });

  it('is named once, however often', () => {
    expect(villagesIn('thôn Hạ, thôn Hạ nhé, xóm Hạ')).toEqual(['ha']);
  });
});

describe('a message that names no village', () => {
  it.each(['', 'hạ giá điện đi', 'mùa đông lạnh', '3 người', 'khu 4', 'khu 33', 'khu bà Ba', 'thôn họp'])(
    'gives none: %s',
    (text) => {
      expect(villagesIn(text)).toEqual([]);
    },
  );
});

it('a commune without villages names none', () => {
  expect(createVillageFinder([])(toWords('thôn Hạ', patterns.shorthand))).toEqual([]);
});
