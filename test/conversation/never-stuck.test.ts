import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TurnOutcome } from '../../src/conversation/turn.ts';
import type { EventContent } from '../../src/kernel/messages.ts';
import { aDossier, photo, place, talk } from '../support/conversation.ts';

const THINGS_PEOPLE_SAY = [
  '1',
  '2',
  '3',
  '9',
  '42',
  'có',
  'không',
  'gửi',
  'hủy',
  'quay lại',
  'bỏ qua',
  'làm lại',
  'trợ giúp',
  'tiếp tục',
  'xong',
  'menu',
  'xin chào',
  'cảm ơn',
  'tôi muốn phản ánh',
  'đèn đường thôn Núi Thành hỏng cả tuần nay',
  'thôn Đông',
  'H49.23.10-261101-0012',
  'H49.23.10-261399-0012',
  'làm khai sinh cần gì',
  'còn phí?',
  'tôi muốn tố cáo',
  'cháy nhà',
  'gặp cán bộ',
  'english',
  'tiếng Việt',
  'đăng ký nhận tin',
  'hủy nhận tin',
  'xóa hết thông tin của tôi',
  'mã otp 123456',
  '#gopy',
  '#hoso',
  '#sua place',
  '#chon category road',
  '#chon khong co',
  '#hoc co',
  'đừng học',
  '#sua',
  'constructor',
  '__proto__',
  'xyz',
] as const;

const content: fc.Arbitrary<EventContent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...THINGS_PEOPLE_SAY).map((text): EventContent => ({ kind: 'text', text })),
  },
  {
    weight: 2,
    arbitrary: fc
      .string({ unit: 'binary', maxLength: 60 })
      .map((text): EventContent => ({ kind: 'text', text })),
  },
  fc.constantFrom<EventContent>(photo('a'), photo('b', 'cái cống này tắc lâu rồi'), place(), {
    kind: 'sticker',
  }),
);

function expectWellFormed(outcome: TurnOutcome): void {
  expect(outcome.say.length).toBeGreaterThan(0);
  expect(outcome.say.length).toBeLessThanOrEqual(2);
  for (const message of outcome.say) {
    expect(message.text.trim()).not.toBe('');
    expect(message.text).not.toMatch(/\{\{|undefined|null|NaN|\[object/);
    expect(message.text.length).toBeLessThanOrEqual(2000);
    expect((message.buttons ?? []).length).toBeLessThanOrEqual(5);
    expect(new Set((message.buttons ?? []).map(({ title }) => title)).size).toBe(
      (message.buttons ?? []).length,
    );
  }
  expect(JSON.parse(JSON.stringify(outcome.session))).toEqual(outcome.session);
}

describe('whatever a resident does', () => {
  it('there is an answer of one or two messages, and the session stays plain JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 14 }), async (events) => {
        const resident = talk({ dossiers: [aDossier()] });
        for (const event of events) expectWellFormed(await resident.send(event));
      }),
      { numRuns: 300 },
    );
  });

  it('a person is one message away', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(content, { maxLength: 10 }), async (events) => {
        const resident = talk({ dossiers: [aDossier()] });
        for (const event of events) await resident.send(event);
        const outcome = await resident.say('gặp cán bộ');

        expect(outcome.effects).toMatchObject([{ kind: 'escalation.open' }]);
      }),
      { numRuns: 150 },
    );
  });

  it('the same turn decides the same, so that a replay changes nothing', async () => {
    const [first, second] = [talk({ dossiers: [aDossier()] }), talk({ dossiers: [aDossier()] })];
    for (const text of THINGS_PEOPLE_SAY) {
      expect(JSON.stringify(await first.say(text))).toBe(JSON.stringify(await second.say(text)));
    }
  });

  it('a very long message is answered like any other', async () => {
    const outcome = await talk().say('lửa lửa 1234 otp '.repeat(2000));

    expectWellFormed(outcome);
  });
});
