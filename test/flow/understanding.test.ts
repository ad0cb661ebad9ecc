import { describe, expect, it } from '@jest/globals';
import { composeUnderstanding } from '../../src/compose-understanding.ts';
import { aCommune, talk, textOf, titlesOf, type Talk } from '../support/conversation.ts';

const commune = aCommune();
const { understander, knowledge } = composeUnderstanding(process.cwd(), commune.villages);

function aResident(session = {}): Talk {
  return talk({ commune, understander, knowledge, session });
}

describe('two wishes in one message', () => {
  it.each([
    [
      'hồ sơ của em xong chưa, tiện thể cho hỏi làm khai sinh cần gì',
      'status.ask_code',
      'Còn: Đăng ký khai sinh?',
    ],
    ['ho so cua em xong chua. lam ket hon can giay to gi', 'status.ask_code', 'Còn: Đăng ký kết hôn?'],
    ['làm khai sinh và kết hôn cần giấy tờ gì', 'procedure.card', 'Còn: Đăng ký kết hôn?'],
    ['làm khai sinh với nhập khẩu cho con cần gì', 'procedure.card', 'Còn: Đăng ký thường trú?'],
  ])('%s', async (text, reason, second) => {
    const resident = aResident();
    const outcome = await resident.say(text);

    expect(outcome.reason).toBe(reason);
    expect(titlesOf(outcome)[0]).toBe(second);
    expect((await resident.say('1')).reason).toBe('procedure.card');
  });

  it('one wish is offered nothing beside it', async () => {
    for (const text of ['làm khai sinh cho con cần gì', 'hồ sơ của tôi còn được xử lý không']) {
      expect(titlesOf(await aResident().say(text)).join()).not.toContain('Còn:');
    }
  });

  it('takes hardly longer to read than one', () => {
    const text = 'cho em hỏi làm khai sinh cho con cần những giấy tờ gì ạ';
    const started = performance.now();
    for (let count = 0; count < 200; count += 1) understander.understand(text);

    expect((performance.now() - started) / 200).toBeLessThan(10);
  });
});

describe('a conversation about procedures', () => {
  it.each([
    ['phí đăng ký kết hôn bao nhiêu', 'thế khai tử thì sao?', 'con tam tru'],
    ['lam khai sinh het bao nhieu tien', 'the khai tu thi sao', 'còn tạm trú?'],
  ])('carries the question on: %s → %s → %s', async (...texts) => {
    const resident = aResident();
    const [, second, third] = [
      await resident.say(texts[0]),
      await resident.say(texts[1]),
      await resident.say(texts[2]),
    ];

    expect([second.reason, third.reason]).toEqual(['procedure.le-phi', 'procedure.le-phi']);
    expect(textOf(second)).toContain('Đăng ký khai tử');
    expect(textOf(third)).toContain('Đăng ký tạm trú');
  });

  it.each([
    ['còn phí?', 'le-phi'],
    ['con phi', 'le-phi'],
    ['mất bao lâu', 'thoi-gian'],
    ['mat bao lau z', 'thoi-gian'],
    ['nop o dau', 'noi-nop'],
    ['lm onl dc ko', 'truc-tuyen'],
    ['cần giấy gì', 'giay-to'],
    ['can giay j', 'giay-to'],
  ])('answers a short question about the last card: %s', async (text, part) => {
    const resident = aResident();
    await resident.say('làm khai sinh cần gì');
    const outcome = await resident.say(text);

    expect(outcome.reason).toBe(`procedure.${part}`);
    expect(textOf(outcome)).toContain('Đăng ký khai sinh');
  });

  it.each([
    ['nhầm rồi, ý mình là thường trú', 'thuong-tru'],
    ['nham roi y minh la thuong tru', 'thuong-tru'],
    ['không phải, đăng ký xe cơ', 'dang-ky-xe'],
    ['ko phai, dang ky xe co', 'dang-ky-xe'],
  ])('takes a correction: %s', async (text, id) => {
    const resident = aResident();
    await resident.say('đăng ký tạm trú cần gì');

    expect((await resident.say(text)).session.lastTopic).toMatchObject({ kind: 'procedure', id });
  });

  it.each(['cái kia cơ', 'cai khac co'])('offers others after: %s', async (text) => {
    const resident = aResident();
    await resident.say('đăng ký tạm trú cần gì');
    const outcome = await resident.say(text);

    expect(outcome.reason).toBe('procedure.unsure');
    expect(titlesOf(outcome)).not.toContain('Đăng ký tạm trú');
    expect(titlesOf(outcome)).toContain('Gặp cán bộ');
  });

  it.each([
    ['cho tôi gặp cán bộ', 'human'],
    ['ủy ban ở đâu', 'contact_info'],
    ['cháy nhà rồi', 'emergency'],
    ['đèn đường hỏng', 'complaint_file'],
    ['còn hồ sơ của tôi thì sao', 'procedure_status'],
  ])('gives way to a new wish: %s', async (text, intent) => {
    const resident = aResident();
    await resident.say('đăng ký tạm trú cần gì');

    expect((await resident.say(text)).intent).toBe(intent);
  });
});

describe('a conversation about VNeID', () => {
  it.each(['vậy mất máy thì sao', 'vay mat may thi sao'])('stays there: %s', async (text) => {
    const resident = aResident();
    await resident.say('quên mật khẩu VNeID');

    expect((await resident.say(text)).session.lastTopic).toMatchObject({ kind: 'vneid', id: 'mat-may' });
  });

  it('offers or gives what is there for children: còn cho trẻ con thì sao', async () => {
    const resident = aResident();
    await resident.say('quên mật khẩu VNeID');
    const outcome = await resident.say('còn cho trẻ con thì sao');

    expect(outcome.intent).toBe('vneid_help');
    expect(textOf(outcome)).toContain('14 tuổi');
  });
});

describe('an English speaker', () => {
  it('is offered and given English cards', async () => {
    const resident = aResident({ language: 'en' });
    const outcome = await resident.say('what papers do I need for a birth certificate');

    expect(textOf(outcome)).toContain('Birth registration');
    expect(textOf(outcome)).not.toContain('Giấy tờ cần có');
  });
});

describe('a day that is named', () => {
  it('is told from the day that is passed, and only then', () => {
    const text = 'phản ánh tôi gửi hôm qua tới đâu rồi';

    expect(understander.understand(text, undefined, '2026-11-23')).toMatchObject({
      intent: 'complaint_status',
      entities: { day: '2026-11-22' },
    });
    expect(understander.understand(text).entities.day).toBeUndefined();
  });
});

describe('fingers running over the keys', () => {
  it('are asked what they mean, shown the list, and brought a person', async () => {
    const resident = aResident();
    const reasons = [];
    for (const text of ['asdfgh', 'hjkhkj 123', '....']) reasons.push((await resident.say(text)).reason);

    expect(reasons).toEqual(['not_understood.rephrase', 'not_understood.choices', 'not_understood.person']);
  });
});
