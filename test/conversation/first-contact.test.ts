import { describe, expect, it } from '@jest/globals';
import { createConversation } from '../../src/conversation/conversation.ts';
import { newSession } from '../../src/conversation/turn.ts';
import { anEvent } from '../support/events.ts';
import {
  aDossier,
  conversationDeps,
  MONDAY_MORNING,
  talk,
  textOf,
  vi,
  type Situation,
} from '../support/conversation.ts';

/** Somebody who never wrote before. */
function stranger(situation: Situation = {}) {
  const conversation = createConversation(conversationDeps(situation));
  const meet = (content: Parameters<typeof anEvent>[0]) => {
    const event = anEvent(content);
    return conversation.decide({ event, content: event.content, session: newSession(), now: MONDAY_MORNING });
  };
  return { meet };
}

const INTRODUCTION = vi('welcome.introduction', { commune: 'xã Mẫu' });

describe('first contact', () => {
  it('says who this is, what it can do and what never to send, before the menu', async () => {
    const outcome = await stranger().meet({ content: { kind: 'hello', via: 'chat_now' } });

    expect(outcome.say).toHaveLength(2);
    expect(outcome.say[0]?.text).toBe(INTRODUCTION);
    expect(INTRODUCTION).toMatch(/TỰ ĐỘNG.*không phải cán bộ/s);
    expect(INTRODUCTION).toMatch(/OTP, mật khẩu hay ảnh căn cước/);
    expect(outcome.session.introducedAt).toBe(MONDAY_MORNING.toISOString());
  });

  it('answers the first question too', async () => {
    const outcome = await stranger({ dossiers: [aDossier()] }).meet({ text: 'H49.23.10-261101-0012' });

    expect(outcome.say.map(({ text }) => text)).toEqual([
      INTRODUCTION,
      expect.stringContaining('thứ Sáu, 27/11/2026'),
    ]);
  });

  it('keeps the introduction for later when somebody is in danger', async () => {
    const outcome = await stranger().meet({ text: 'cháy nhà rồi' });

    expect(outcome.say).toHaveLength(1);
    expect(outcome.say[0]?.text).toMatch(/^CHÁY/);
    expect(outcome.session.introducedAt).toBeUndefined();
  });

  it('is not repeated to somebody who was told already', async () => {
    expect(textOf(await talk().say('xin chào'))).not.toContain(INTRODUCTION);
  });

  it('remembers that the resident follows', async () => {
    const outcome = await stranger().meet({ content: { kind: 'hello', via: 'follow' } });

    expect(outcome.effects).toEqual([{ kind: 'resident.follow', following: true }]);
  });
});

describe('the menu', () => {
  it('offers numbers in the text and five buttons, always with a person', async () => {
    const outcome = await talk().say('menu');
    const [message] = outcome.say;

    expect(message?.text).toMatch(/1\. Tra hồ sơ đã nộp\n2\. Hỏi thủ tục/);
    expect(message?.buttons).toHaveLength(5);
    expect(message?.buttons?.map(({ title }) => title)).toContain('Gặp cán bộ');
  });

  it.each([
    ['1', 'procedure_status'],
    ['2', 'procedure_info'],
    ['3', 'vneid_help'],
    ['4', 'complaint_file'],
    ['5', 'human'],
    ['6', 'complaint_status'],
    ['7', 'announcements'],
    ['8', 'subscribe'],
    ['9', 'contact_info'],
    ['gap can bo', 'human'],
    ['Tra hồ sơ đã nộp', 'procedure_status'],
    ['tra ho so da nop', 'procedure_status'],
    ['#vneid', 'vneid_help'],
  ])('is answered by number, title or button: %s', async (text, intent) => {
    const resident = talk();
    await resident.say('menu');

    expect((await resident.say(text)).intent).toBe(intent);
  });

  it('is what a number means when no list is on the screen', async () => {
    const resident = talk();
    await resident.say('cảm ơn');

    expect((await resident.say('4')).intent).toBe('complaint_file');
  });

  it('says which numbers exist when another is typed', async () => {
    const resident = talk();
    await resident.say('menu');
    const outcome = await resident.say('42');

    expect(outcome.reason).toBe('choice.out_of_range');
    expect(textOf(outcome)).toContain('từ 1 đến 9');
    expect((await resident.say('2')).intent).toBe('procedure_info');
  });
});

describe('every intent has an answer', () => {
  it.each([
    ['xin chào', 'greeting'],
    ['giúp tôi', 'help'],
    ['hồ sơ tôi tới đâu rồi', 'procedure_status'],
    ['làm khai sinh cần gì', 'procedure_info'],
    ['quên mật khẩu VNeID', 'vneid_help'],
    ['tôi muốn phản ánh', 'complaint_file'],
    ['phản ánh của tôi thế nào rồi', 'complaint_status'],
    ['tôi muốn khiếu nại', 'formal_complaint'],
    ['cháy nhà', 'emergency'],
    ['đăng ký nhận tin', 'subscribe'],
    ['hủy nhận tin', 'unsubscribe'],
    ['có thông báo gì mới', 'announcements'],
    ['ủy ban ở đâu', 'contact_info'],
    ['cho tôi gặp người thật', 'human'],
    ['speak english', 'language_switch'],
    ['xóa hết thông tin của tôi', 'delete_data'],
    ['cảm ơn', 'thanks'],
    ['tạm biệt', 'goodbye'],
    ['đúng', 'yes'],
    ['không', 'no'],
  ])('%s', async (text, intent) => {
    const outcome = await talk().say(text);

    expect(outcome.intent).toBe(intent);
    expect(outcome.say.length).toBeGreaterThan(0);
    expect(outcome.reason).toMatch(/^[a-z][\w.-]+$/);
  });
});
