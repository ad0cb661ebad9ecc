import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication, type TestApplication } from '../support/application.ts';
import { GENERATIONS, lastSent, sendsTo } from '../support/zalo-calls.ts';
import type { Intent } from '../../src/understanding/understanding.ts';

/** What somebody writes, and what the answer must then tell them. Answers inside a form: see reporting.test.ts. */
const CONVERSATIONS = {
  greeting: ['xin chào', 'Bác cần giúp việc gì?'],
  help: ['giúp tôi với', 'hoặc gửi mã hồ sơ'],
  procedure_status: ['ho so cua toi den dau roi', 'mã hồ sơ ghi trên giấy hẹn'],
  procedure_info: ['lam khai sinh can giay to gi', 'Giấy chứng sinh'],
  vneid_help: ['quên mật khẩu VNeID', 'bấm Quên mật khẩu'],
  complaint_file: ['đèn đường hỏng ba hôm nay', 'đây là việc về “Đèn đường”'],
  complaint_status: ['phản ánh của tôi đến đâu rồi', 'Bác chưa gửi phản ánh nào'],
  formal_complaint: ['tôi muốn khiếu nại quyết định thu hồi đất', 'CHƯA PHẢI đơn'],
  emergency: ['cháy nhà rồi cứu với', 'gọi ngay 114'],
  subscribe: ['toi muon nhan tin cua thon', 'Bác muốn nhận tin của thôn nào?'],
  unsubscribe: ['hủy nhận tin', 'Em đã ngừng gửi tin cho bác'],
  announcements: ['có thông báo gì mới không', 'Tạm ngừng cấp điện'],
  contact_info: ['mấy giờ làm việc', '07:30–11:30'],
  human: ['cho tôi gặp cán bộ', 'Cán bộ sẽ trả lời bác tại đây'],
  language_switch: ['speak English please', 'From now on I will write in English'],
  delete_data: ['xóa dữ liệu của tôi', 'Bác chắc chắn muốn xóa chứ ạ?'],
  thanks: ['cảm ơn cháu', 'không có gì ạ'],
  goodbye: ['tạm biệt', 'em chào bác'],
  yes: ['vâng', 'Dạ vâng ạ'],
  no: ['không', 'Có phải bác cần'],
  cancel: ['hủy', 'không có việc nào đang làm dở'],
  back: ['quay lại', 'không có việc nào đang làm dở'],
  out_of_scope: ['giá vàng hôm nay', 'việc này em chưa giúp được'],
} as const satisfies Readonly<
  Record<Exclude<Intent, 'form_answer'>, readonly [words: string, answer: string]>
>;

describe.each(GENERATIONS)('on a $generation page', ({ generation, path }) => {
  let app: TestApplication;

  beforeAll(async () => {
    app = await startApplication({ generation });
  });

  afterAll(async () => {
    await app.stop();
  });

  it.each(Object.values(CONVERSATIONS))('“%s” is answered: %s', async (words, answer) => {
    const resident = app.resident();

    expect((await resident.says(words)).join('\n')).toContain(answer);

    const sends = sendsTo(app, resident.userId);
    expect(new Set(sends.map((call) => call.path))).toEqual(new Set([path]));
    expect(sends.map((call) => call.error)).toEqual(sends.map(() => 0));
  });

  it('choices go out as a template of buttons that send what they mean', async () => {
    const resident = app.resident();
    await resident.says('hồ sơ của tôi đến đâu rồi');

    expect(lastSent(app, resident.userId)).toEqual({
      recipient: { user_id: resident.userId },
      message: {
        text: expect.stringContaining('\n1. Gặp cán bộ\n2. Về menu') as unknown,
        attachment: {
          type: 'template',
          payload: {
            buttons: [
              { title: 'Gặp cán bộ', type: 'oa.query.hide', payload: '#nguoi' },
              { title: 'Về menu', type: 'oa.query.hide', payload: '#menu' },
            ],
          },
        },
      },
    });
  });

  it('in danger the buttons dial', async () => {
    const resident = app.resident();
    const answers = await resident.says('nhà tôi đang cháy to lắm');

    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatch(/^CHÁY NỔ: gọi ngay 114/);
    expect(lastSent(app, resident.userId).message.attachment?.payload.buttons[0]).toEqual({
      title: 'Gọi 114 cứu hỏa',
      type: 'oa.open.phone',
      payload: { phone_code: '114' },
    });
  });

  it('the first answer of all is preceded by who is speaking, once', async () => {
    const resident = app.resident();
    const first = await resident.says('cảm ơn');

    expect(first).toHaveLength(2);
    expect(first[0]).toContain('trợ lý TỰ ĐỘNG của Tiền An, không phải cán bộ');
    expect(await resident.says('cảm ơn')).toHaveLength(1);
  });

  it('a short question after a card is about that card', async () => {
    const resident = app.resident();
    await resident.says('làm khai sinh cần giấy tờ gì');

    for (const [words, answer] of [
      ['hết bao nhiêu tiền', 'miễn phí'],
      ['nộp ở đâu', 'Nộp hồ sơ tại bộ phận Một cửa'],
      ['mấy ngày thì xong', 'Trong ngày làm việc'],
    ] as const) {
      const [reply = ''] = await resident.says(words);
      expect(reply).toMatch(/^Đăng ký khai sinh\n/);
      expect(reply).toContain(answer);
    }
  });

  it('after the switch everything is English, and Vietnamese comes back by asking', async () => {
    const resident = app.resident();
    await resident.says('english');

    expect((await resident.says('what papers do I need for a birth certificate')).join()).toContain(
      'Birth registration',
    );
    expect((await resident.says('my VNeID is locked')).join()).toContain('How do I lock my VNeID account?');
    expect(resident.buttons()).toContain('Talk to an officer');
    expect((await resident.says('tiếng Việt')).join()).toContain('từ giờ em nói tiếng Việt');
  });

  it('three messages not understood lead to a person, by way of an example and a list', async () => {
    const resident = app.resident();

    expect((await resident.says('asdfgh')).at(-1)).toContain('Em chưa hiểu ý bác');
    expect((await resident.says('qwerty')).at(-1)).toContain('1. Tra hồ sơ đã nộp');
    expect((await resident.says('zxcvbn')).at(-1)).toContain('Em đã nhờ cán bộ xem giúp');
    expect(
      await app.database.connection
        .collection('escalations')
        .countDocuments({ residentId: resident.userId, reason: 'not_understood', state: 'open' }),
    ).toBe(1);
  });
});
