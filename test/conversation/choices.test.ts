import { describe, expect, it } from '@jest/globals';
import { matchChoice } from '../../src/conversation/choices.ts';

const CHOICES = [
  { title: 'Tra hồ sơ đã nộp', payload: '#hoso' },
  { title: 'Hỏi thủ tục, giấy tờ', payload: '#tthc' },
  { title: 'Gặp cán bộ', payload: '#nguoi' },
];
const YES_OR_NO = [
  { title: 'Đồng ý xóa', payload: '#xoadulieu co' },
  { title: 'Không xóa nữa', payload: '#xoadulieu khong' },
];

describe('a typed choice', () => {
  it.each([
    ['2', '#tthc'],
    ['2.', '#tthc'],
    [' 2 ) ', '#tthc'],
    ['số 2', '#tthc'],
    ['chọn 2', '#tthc'],
    ['hai', '#tthc'],
    ['Hỏi thủ tục, giấy tờ', '#tthc'],
    ['hoi thu tuc giay to', '#tthc'],
    ['GẶP CÁN BỘ', '#nguoi'],
    ['#hoso', '#hoso'],
  ])('is found by number, title or payload: %s', (text, payload) => {
    expect(matchChoice(text, CHOICES)).toMatchObject({ kind: 'chosen', choice: { payload } });
  });

  it.each(['0', '4', '99'])('says when the number is not on offer: %s', (text) => {
    expect(matchChoice(text, CHOICES)).toEqual({ kind: 'out_of_range' });
  });

  it.each(['', 'hồ sơ', '2 giấy khai sinh', '0912345678', 'có'])(
    'is not seen in other words: "%s"',
    (text) => {
      expect(matchChoice(text, CHOICES)).toEqual({ kind: 'none' });
    },
  );

  it.each([
    ['có', '#xoadulieu co'],
    ['Dạ đúng', '#xoadulieu co'],
    ['ok', '#xoadulieu co'],
    ['không', '#xoadulieu khong'],
    ['thôi', '#xoadulieu khong'],
  ])('may be a plain yes or no where that was asked: %s', (text, payload) => {
    expect(matchChoice(text, YES_OR_NO)).toMatchObject({ kind: 'chosen', choice: { payload } });
  });
});
