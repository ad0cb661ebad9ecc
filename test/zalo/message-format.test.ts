import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Button, OutgoingMessage } from '../../src/kernel/messages.ts';
import { toParts, toPhoneCode, toPlainText, toWire } from '../../src/zalo/message-format.ts';
import { MAX_TEXT_CHARS, splitText } from '../../src/zalo/text-split.ts';

const choice = (title: string, payload = `#${title}`): Button => ({ kind: 'send', title, payload });
const withoutSpace = (text: string): string => text.normalize('NFC').replace(/\s+/g, '');

// What residents and cards are made of: composed and decomposed Vietnamese, families, flags, borders of all kinds.
const PIECES = [
  'hồ sơ',
  'Thủ tục'.normalize('NFD'),
  '👨‍👩‍👧‍👦',
  '🇻🇳',
  '👍🏽',
  'đ',
  '.',
  '! ',
  '? ',
  '\n\n',
  '\n',
  ' ',
  'x',
];
const longText = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 1200 })
  .map((pieces) => pieces.join(''))
  .filter((text) => text.trim() !== '');
const anyText = fc.oneof(
  longText,
  fc.string({ unit: 'binary', minLength: 1, maxLength: 5000 }).filter((text) => text.trim() !== ''),
);
const anyButton: fc.Arbitrary<Button> = fc.oneof(
  fc.record({
    kind: fc.constant('send' as const),
    title: fc.string({ minLength: 1, maxLength: 150 }),
    payload: fc.string({ minLength: 1, maxLength: 1200 }),
  }),
  fc.record({
    kind: fc.constant('link' as const),
    title: fc.string({ minLength: 1, maxLength: 90 }),
    url: fc.webUrl(),
  }),
);

describe('splitting a long text', () => {
  it('loses no word, makes no part over the limit and none without words', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parts = toParts({ text }).map((part) => part.text);

        expect(withoutSpace(parts.join(''))).toBe(withoutSpace(text));
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
          expect(part.trim()).not.toBe('');
        }
      }),
    );
  });

  it('never tears a visible character apart', () => {
    const segmenter = new Intl.Segmenter('vi', { granularity: 'grapheme' });
    const characters = (text: string): string[] =>
      Array.from(segmenter.segment(text), ({ segment }) => segment);
    const wordless = fc
      .array(fc.constantFrom('👨‍👩‍👧‍👦', '🇻🇳', '👍🏽', 'ộ', 'q\u0323\u0302'), { minLength: 500, maxLength: 2500 })
      .map((pieces) => pieces.join(''));

    fc.assert(
      fc.property(wordless, (text) => {
        const parts = splitText(text);

        expect(parts.flatMap(characters)).toEqual(characters(text));
      }),
      { numRuns: 30 },
    );
  });

  it('cuts even a heap of accents on one letter, and keeps surrogate pairs whole', () => {
    const zalgo = `a${'\u0301'.repeat(5000)}`;
    const joined = Array.from({ length: 1500 }, () => '👩').join('\u200d');

    for (const text of [zalgo, joined]) {
      const parts = splitText(text);
      expect(parts.join('')).toBe(text);
      expect(parts.every((part) => part.length <= MAX_TEXT_CHARS && !/\p{Surrogate}/u.test(part))).toBe(true);
    }
  });

  it('leaves 2000 characters whole and splits 2001', () => {
    expect(toParts({ text: 'a'.repeat(2000) })).toHaveLength(1);
    expect(toParts({ text: 'a'.repeat(2001) })).toHaveLength(2);
  });

  it('counts a decomposed text as what it becomes', () => {
    const decomposed = 'ộ'.repeat(1900).normalize('NFD');

    expect(toParts({ text: decomposed })).toEqual([{ text: 'ộ'.repeat(1900) }]);
  });

  it.each([
    ['a paragraph', `${'Câu một. '.repeat(150)}\n\n`, 'Câu hai. '.repeat(150)],
    ['a line', `${'Câu một. '.repeat(150)}\n`, 'Câu hai. '.repeat(150)],
    ['a sentence', `${'một '.repeat(400)}hết. `, 'hai '.repeat(300)],
    ['a word', `${'một'.repeat(500)} `, 'hai'.repeat(300)],
  ])('prefers the end of %s', (_border, first, second) => {
    expect(splitText(first + second)).toEqual([first.trim(), second.trim()]);
  });

  it('does not leave a stump because of an early paragraph', () => {
    const [first = ''] = splitText(`Chào bác.\n\n${'Đây là một câu. '.repeat(200)}`);

    expect(first.length).toBeGreaterThan(1500);
  });

  it.each(['', '   ', '\n\n'])('refuses a message without words: %j', (text) => {
    expect(() => toParts({ text, buttons: [choice('Có')] })).toThrow(
      expect.objectContaining({ code: 'message.empty' }),
    );
  });
});

describe('buttons', () => {
  it('go with the last part of a long message', () => {
    const buttons = [choice('Có'), choice('Không')];
    const parts = toParts({ text: 'Một câu hỏi dài. '.repeat(300), buttons });

    expect(parts.length).toBeGreaterThan(2);
    expect(parts.at(-1)?.buttons).toEqual(buttons);
    expect(parts.slice(0, -1).every((part) => part.buttons === undefined)).toBe(true);
  });

  it('up to five stay buttons', () => {
    const buttons = ['1', '2', '3', '4', '5'].map((n) => choice(`Việc ${n}`));

    expect(toParts({ text: 'Bác cần gì?', buttons })).toEqual([{ text: 'Bác cần gì?', buttons }]);
  });

  it('more than five are written as lines', () => {
    const buttons = ['a', 'b', 'c', 'd', 'e', 'f'].map((title) => choice(title));

    expect(toParts({ text: 'Bác cần gì?', buttons })).toEqual([
      { text: 'Bác cần gì?\n\n– a\n– b\n– c\n– d\n– e\n– f' },
    ]);
  });

  it.each<[string, Button]>([
    ['a payload over 1000 characters', choice('Có', 'x'.repeat(1001))],
    ['an empty payload', choice('Có', '')],
    [
      'an address over 1000 characters',
      { kind: 'link', title: 'Có', url: `https://a.vn/${'x'.repeat(1000)}` },
    ],
  ])('with %s are written out', (_problem, button) => {
    const [part] = toParts({ text: 'Bác cần gì?', buttons: [button] });

    expect(part?.buttons).toBeUndefined();
    expect(part?.text).toContain('Có');
  });

  it('never make a part that is too long once they are written out', () => {
    fc.assert(
      fc.property(longText, fc.array(anyButton, { maxLength: 7 }), (text, buttons) => {
        for (const part of toParts({ text, buttons })) {
          expect(toPlainText(part).text.length).toBeLessThanOrEqual(MAX_TEXT_CHARS);
          expect(part.buttons?.length ?? 0).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('as plain text: choices are named, addresses and numbers written out', () => {
    const message: OutgoingMessage = {
      text: 'Bác cần gì?',
      buttons: [
        { kind: 'link', title: 'Cổng dịch vụ công', url: 'https://dichvucong.gov.vn' },
        choice('Khai sinh'),
        { kind: 'call', title: 'Công an', phone: '113' },
        choice('Gặp cán bộ'),
      ],
    };

    expect(toPlainText(message).text).toBe(
      'Bác cần gì?\n\nCổng dịch vụ công: https://dichvucong.gov.vn\n– Khai sinh\nCông an: 113\n– Gặp cán bộ',
    );
  });

  it('as plain text are not repeated when the text lists them already', () => {
    const message = { text: 'Bác chọn:\n1. Có\n2. Không', buttons: [choice('Có'), choice('Không')] };

    expect(toPlainText(message)).toEqual({ text: message.text });
  });

  it('as plain text never get a number: in the text it already means something else', () => {
    const text = 'Muốn sửa dòng nào, bác gõ số dòng đó.\n\n1. Loại việc: Đèn đường';

    expect(toPlainText({ text, buttons: [choice('Gửi phản ánh này')] }).text).toBe(
      `${text}\n\n– Gửi phản ánh này`,
    );
  });

  it('as plain text are not repeated when the text lists them by their full name', () => {
    const message = {
      text: 'Bác chọn:\n1. Cấp bản sao trích lục hộ tịch',
      buttons: [choice('Cấp bản sao…')],
    };

    expect(toPlainText(message)).toEqual({ text: message.text });
  });
});

describe('the body for Zalo', () => {
  it('is bare text without buttons', () => {
    expect(toWire({ text: 'Hồ sơ'.normalize('NFD') })).toEqual({ text: 'Hồ sơ' });
  });

  it('names each kind of button as Zalo does', () => {
    const wire = toWire({
      text: 'Bác cần hỗ trợ việc gì?',
      buttons: [
        { kind: 'send', title: 'Thủ tục khai sinh', payload: '#tthc khai-sinh' },
        { kind: 'link', title: 'Mở Cổng dịch vụ công', url: 'https://dichvucong.gov.vn' },
        { kind: 'call', title: 'Gọi một cửa', phone: '0235 000 000' },
      ],
    });

    expect(wire).toEqual({
      text: 'Bác cần hỗ trợ việc gì?',
      attachment: {
        type: 'template',
        payload: {
          buttons: [
            { title: 'Thủ tục khai sinh', type: 'oa.query.hide', payload: '#tthc khai-sinh' },
            {
              title: 'Mở Cổng dịch vụ công',
              type: 'oa.open.url',
              payload: { url: 'https://dichvucong.gov.vn' },
            },
            { title: 'Gọi một cửa', type: 'oa.open.phone', payload: { phone_code: '84235000000' } },
          ],
        },
      },
    });
  });

  it('shortens a title over 100 characters at a word', () => {
    const wire = toWire({ text: 'a', buttons: [choice('Đăng ký khai sinh '.repeat(10))] });
    const title = wire.attachment?.payload.buttons[0]?.title ?? '';

    expect(title.length).toBeLessThanOrEqual(100);
    expect(title).toMatch(/^(Đăng ký khai sinh )+.*…$/);
    expect(title.length).toBeGreaterThan(60);
  });

  it.each([
    ['0912 345 678', '84912345678'],
    ['+84 912 345 678', '84912345678'],
    ['84912345678', '84912345678'],
    ['(0235) 3.850.123', '842353850123'],
    ['113', '113'],
    ['115', '115'],
    ['19001096', '19001096'],
  ])('dials %s as %s', (phone, expected) => {
    expect(toPhoneCode(phone)).toBe(expected);
  });
});
