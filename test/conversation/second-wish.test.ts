import { describe, expect, it } from '@jest/globals';
import type { Understanding } from '../../src/understanding/understanding.ts';
import {
  aProcedure,
  aVneidCard,
  knowledgeOf,
  talk,
  textOf,
  titlesOf,
  vi,
  type Talk,
} from '../support/conversation.ts';
import { createScriptedUnderstander } from '../support/understander.ts';

const BIRTH = {
  intent: 'procedure_info',
  text: 'làm khai sinh cần gì',
  entities: { procedure: 'khai-sinh' },
} as const;
const knowledge = knowledgeOf([aProcedure(), aVneidCard()], {
  'mất app định danh': [['quen-mat-khau', 0.9]],
});

function residentSaying(text: string, understood: Partial<Understanding>, session = {}): Talk {
  const understander = createScriptedUnderstander({
    answers: { [text]: { confidence: 0.9, ...understood } },
  });
  return talk({ understander, knowledge, session });
}

describe('a second wish in one message', () => {
  it('is offered first under the answer to the first, in its own words', async () => {
    const outcome = await residentSaying('mấy giờ mở cửa? làm khai sinh cần gì', {
      intent: 'contact_info',
      also: BIRTH,
    }).say('mấy giờ mở cửa? làm khai sinh cần gì');

    expect(outcome.intent).toBe('contact_info');
    expect(titlesOf(outcome)).toContain('Còn: Đăng ký khai sinh?');
    expect(textOf(outcome)).toContain('1. Còn: Đăng ký khai sinh?');
  });

  it.each(['1', 'Còn: Đăng ký khai sinh?', '#tthc khai-sinh'])('is answered by: %s', async (answer) => {
    const text = 'hồ sơ em xong chưa? làm khai sinh cần gì';
    const resident = residentSaying(text, { intent: 'procedure_status', also: BIRTH });
    await resident.say(text);

    expect((await resident.say(answer)).reason).toBe('procedure.card');
  });

  it('keeps its words while its button is there, where they are the question', async () => {
    const text = 'mấy giờ mở cửa? mất app định danh';
    const also = { intent: 'vneid_help', text: 'mất app định danh', entities: {} } as const;
    const resident = residentSaying(text, { intent: 'contact_info', also });
    await resident.say(text);

    expect((await resident.tap('Còn: Gỡ rối VNeID?')).reason).toBe('vneid.card');
    expect(resident.session().kept).toBeUndefined();
  });

  it('does not lend its words to other choices', async () => {
    const text = 'làm khai sinh cần gì? mất app định danh';
    const also = { intent: 'vneid_help', text: 'mất app định danh', entities: {} } as const;
    const resident = residentSaying(text, { intent: 'procedure_info', entities: BIRTH.entities, also });
    await resident.say(text);

    expect((await resident.tap('Thủ tục khác')).reason).toBe('procedure.list');
  });

  it('that is a problem begins the report with its own words', async () => {
    const text = 'mấy giờ mở cửa? đèn đường hỏng cả tuần';
    const also = { intent: 'complaint_file', text: 'đèn đường hỏng cả tuần', entities: {} } as const;
    const resident = residentSaying(text, { intent: 'contact_info', also });
    await resident.say(text);
    await resident.say('1');

    expect(resident.session().form?.answers).toMatchObject({ description: 'đèn đường hỏng cả tuần' });
  });

  it('is a button beside the numbers of a report, which does not tell it', async () => {
    const text = 'đèn đường hỏng cả tuần. tiện thể làm khai sinh cần gì';
    const resident = residentSaying(text, { intent: 'complaint_file', also: BIRTH });
    const outcome = await resident.say(text);

    expect(titlesOf(outcome)).toContain('Còn: Đăng ký khai sinh?');
    expect(textOf(outcome)).not.toContain('Còn:');
    expect(outcome.session.form?.answers).toMatchObject({ description: 'đèn đường hỏng cả tuần' });
    const answer = await resident.tap('Còn: Đăng ký khai sinh?');
    expect(textOf(answer)).toContain('Giấy chứng sinh');
    expect(answer.session.form?.form).toBe('feedback');
  });

  it.each([
    ['formal_complaint', 'Còn: Hỏi về khiếu nại, tố cáo?', 'formal.appeal'],
    ['delete_data', 'Còn: Xóa dữ liệu của tôi?', 'delete_data.confirm'],
    ['human', 'Còn: Gặp cán bộ?', 'human.asked'],
  ] as const)('may be %s', async (intent, title, reason) => {
    const text = 'mấy giờ mở cửa? và việc kia nữa';
    const also = { intent, text: 'và việc kia nữa', entities: {} };
    const resident = residentSaying(text, { intent: 'contact_info', also });
    const outcome = await resident.say(text);

    expect(JSON.stringify(outcome.session)).not.toContain('việc kia');
    expect((await resident.tap(title)).reason).toBe(reason);
  });

  it('leaves a yes-or-no question its two answers', async () => {
    const text = 'xóa dữ liệu của tôi, với lại làm khai sinh cần gì';
    const resident = residentSaying(text, { intent: 'delete_data', also: BIRTH });
    await resident.say(text);

    expect((await resident.say('đồng ý')).effects).toContainEqual({
      kind: 'escalation.open',
      reason: 'delete_data',
    });
  });

  it('is told in English to who reads English', async () => {
    const text = 'opening hours? birth papers?';
    const outcome = await residentSaying(
      text,
      { intent: 'contact_info', also: { ...BIRTH, entities: {} } },
      { language: 'en' },
    ).say(text);

    expect(titlesOf(outcome)).toContain('And: Procedures and papers?');
    expect(textOf(outcome)).not.toContain(vi('intents.procedure_info'));
  });
});
