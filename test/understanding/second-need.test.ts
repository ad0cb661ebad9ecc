import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitNeeds, withoutPart, withSecondNeed } from '../../src/understanding/second-need.ts';
import type { Understanding } from '../../src/understanding/understanding.ts';

function read(intent: Understanding['intent'], changes: Partial<Understanding> = {}): Understanding {
  return { intent, confidence: 0.9, alternatives: [], entities: {}, ...changes };
}

/** Reads a part by the first of these words that stands in it. */
function reader(parts: Readonly<Record<string, Understanding>>): (part: string) => Understanding {
  return (text) => Object.entries(parts).find(([word]) => text.includes(word))?.[1] ?? read('out_of_scope');
}

const STATUS = read('procedure_status');
const BIRTH = read('procedure_info', { entities: { procedure: 'khai-sinh' } });
const MARRIAGE = read('procedure_info', { entities: { procedure: 'ket-hon' } });
const read2 = reader({ 'hồ sơ': STATUS, 'khai sinh': BIRTH, 'kết hôn': MARRIAGE });

describe('a message with two wishes', () => {
  it.each([
    ['hồ sơ em xong chưa? Làm khai sinh cần gì', ['hồ sơ em xong chưa', 'Làm khai sinh cần gì']],
    ['hồ sơ em xong chưa, tiện thể làm khai sinh cần gì', ['hồ sơ em xong chưa', 'làm khai sinh cần gì']],
    ['ho so em xong chua voi lai lam khai sinh can gi', ['ho so em xong chua', 'lam khai sinh can gi']],
    ['làm kết hôn cần gì\nmấy giờ làm việc', ['làm kết hôn cần gì', 'mấy giờ làm việc']],
    ['đăng ký kết hôn, cả làm khai sinh nữa', ['đăng ký kết hôn', 'làm khai sinh nữa']],
    ['mã H49.23.10-251001-0012 tới đâu rồi', ['mã H49.23.10-251001-0012 tới đâu rồi']],
    ['lam khai sinh cho con can gi', ['lam khai sinh cho con can gi']],
    ['hồ sơ của tôi còn được xử lý không', ['hồ sơ của tôi còn được xử lý không']],
    ['chào em. làm khai sinh cần gì', ['làm khai sinh cần gì']],
  ])('is divided where one ends: %s', (text, parts) => {
    expect(splitNeeds(text)).toEqual(parts);
  });

  it('is divided into at most four parts, each as it was written, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const parts = splitNeeds(text);

        expect(parts.length).toBeLessThanOrEqual(4);
        expect(parts.every((part) => text.includes(part))).toBe(true);
      }),
    );
  });

  it('is answered about one and offers the other', () => {
    const text = 'hồ sơ em xong chưa, tiện thể làm khai sinh cần gì';

    expect(withSecondNeed(STATUS, text, read2).also).toEqual({
      intent: 'procedure_info',
      text: 'làm khai sinh cần gì',
      entities: { procedure: 'khai-sinh' },
    });
    expect(withSecondNeed(read('procedure_info'), text, read2)).toMatchObject({
      intent: 'procedure_info',
      entities: { procedure: 'khai-sinh' },
      also: { intent: 'procedure_status', text: 'hồ sơ em xong chưa' },
    });
  });

  it('may be about two cards of one kind', () => {
    const text = 'làm khai sinh và kết hôn cần gì';

    expect(withSecondNeed(MARRIAGE, text, read2)).toMatchObject({
      entities: { procedure: 'khai-sinh' },
      also: { entities: { procedure: 'ket-hon' } },
    });
    const covering = read('procedure_info', { entities: { procedure: 'ca-hai' } });
    expect(withSecondNeed(covering, text, read2)).toMatchObject({
      entities: { procedure: 'ca-hai' },
      also: { entities: { procedure: 'ket-hon' } },
    });
  });

  it('is answered about the first when the whole left everything open', () => {
    const unclear = read('clarify', { confidence: 0.4, suggestions: ['procedure_status', 'procedure_info'] });

    expect(withSecondNeed(unclear, 'hồ sơ xong chưa? làm khai sinh cần gì', read2)).toMatchObject({
      intent: 'procedure_status',
      confidence: 0.9,
      also: { intent: 'procedure_info' },
    });
  });
});

describe('one wish', () => {
  it.each([
    ['said twice', 'làm khai sinh cần gì? khai sinh mất bao lâu'],
    ['after a greeting', 'chào em nhé. làm khai sinh cần gì'],
    ['in one part', 'làm khai sinh cho con cần gì'],
  ])('%s stays one', (_how, text) => {
    expect(withSecondNeed(BIRTH, text, read2)).toBe(BIRTH);
  });

  it('stays one when the other half is only perhaps a wish', () => {
    const unsure = reader({ 'hồ sơ': read('procedure_status', { confidence: 0.7 }), 'khai sinh': BIRTH });

    expect(
      withSecondNeed(BIRTH, 'hồ sơ em xong chưa, tiện thể làm khai sinh cần gì', unsure).also,
    ).toBeUndefined();
  });

  it('costs no second reading', () => {
    withSecondNeed(BIRTH, 'làm khai sinh cho con cần gì', () => {
      throw new Error('read again');
    });

    expect(splitNeeds('làm khai sinh cho con cần gì')).toHaveLength(1);
  });

  it('of danger or nothing of ours is never joined by another', () => {
    const text = 'hồ sơ em xong chưa, tiện thể làm khai sinh cần gì';

    expect(withSecondNeed(read('emergency'), text, read2).also).toBeUndefined();
    expect(withSecondNeed(read('out_of_scope'), text, read2).also).toBeUndefined();
  });

  it('of the law is not offered as an ordinary report as well', () => {
    const parts = reader({ 'tố cáo': read('formal_complaint'), 'đổ rác': read('complaint_file') });

    const text = 'tôi tố cáo ông B. ông ấy đổ rác ra đường';
    expect(withSecondNeed(read('formal_complaint'), text, parts).also).toBeUndefined();
  });
});

it('a message without one of its parts keeps the rest and no joining word', () => {
  expect(withoutPart('đèn đường hỏng. Tiện thể hồ sơ em xong chưa', 'hồ sơ em xong chưa')).toBe(
    'đèn đường hỏng',
  );
});
