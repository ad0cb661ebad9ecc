import { describe, expect, it } from '@jest/globals';
import { termKind, toTerms } from '../../src/knowledge/search-terms.ts';

function termsOfKind(text: string, kind: ReturnType<typeof termKind>): string[] {
  return toTerms(text).filter((term) => termKind(term) === kind);
}

describe('search terms', () => {
  it('are the folded words and the pairs they form', () => {
    expect(termsOfKind('Khai SINH cho con', 'word')).toEqual(['khai', 'sinh', 'cho', 'con']);
    expect(termsOfKind('Khai SINH cho con', 'pair')).toEqual(['khai_sinh', 'sinh_cho', 'cho_con']);
  });

  it('keep accents only where the writer uses them', () => {
    expect(termsOfKind('khai tử', 'accented')).toHaveLength(1);
    expect(termsOfKind('khai tu', 'accented')).toEqual([]);
    expect(termsOfKind('khai tử', 'accented')).not.toEqual(termsOfKind('khai tự', 'accented'));
  });

  it.each([
    ['xóa hộ khẩu', 'xoá hộ khẩu'],
    ['đăng ký', 'đăng kí'],
    ['hòa giải', 'hoà giải'],
    ['ủy quyền', 'uỷ quyền'],
    ['khai sinh', 'khai sinh'.normalize('NFD')],
  ])('read "%s" and "%s" alike', (one, other) => {
    expect(toTerms(one)).toEqual(toTerms(other));
  });

  it.each([
    ['dk tam tru', 'dang ky tam tru'],
    ['đổi cccd', 'đổi căn cước'],
    ['quen mk', 'quen mat khau'],
  ])('write out the short forms of "%s"', (short, long) => {
    expect(termsOfKind(short, 'word')).toEqual(termsOfKind(long, 'word'));
  });

  it('drop what is in every question', () => {
    expect(termsOfKind('em muốn làm giấy tờ khai sinh thì ở đâu ạ', 'word')).toEqual(['khai', 'sinh']);
  });

  it.each(['thẻ', 'sao y', 'tố cáo', 'căn cước', 'sổ đỏ', 'bản sao', 'chứng minh thư'])(
    'keep content words that look like fillers without accents: %s',
    (text) => {
      expect(termsOfKind(text, 'word')).toHaveLength(text.split(' ').length);
    },
  );

  it('are none for a text of fillers or signs', () => {
    expect(toTerms('cho hỏi ạ')).toEqual([]);
    expect(toTerms('?! 👍')).toEqual([]);
  });
});
