import { describe, expect, it } from '@jest/globals';
import type { EmergencyKind } from '../../src/understanding/understanding.ts';
import { aCommune, talk, textOf, titlesOf, vi, wording } from '../support/conversation.ts';
import { createScriptedUnderstander } from '../support/understander.ts';

const AT = (time: string): Date => new Date(`2026-11-${time}:00+07:00`);

describe('danger', () => {
  const kinds: readonly (readonly [EmergencyKind, string])[] = [
    ['fire', '114'],
    ['medical', '115'],
    ['crime', '113'],
    ['child', '111'],
    ['disaster', '112'],
    ['self_harm', '115'],
    ['electricity', '114'],
    ['drowning', '114'],
  ];

  it.each(kinds)('of %s puts %s first, as a button to call', async (kind, number) => {
    const understander = createScriptedUnderstander({
      answers: { 'cứu với': { intent: 'emergency', confidence: 0.9, emergency: kind } },
    });
    const outcome = await talk({ understander }).say('cứu với');

    expect(outcome.say).toHaveLength(1);
    expect(outcome.say[0]?.buttons?.[0]).toMatchObject({ kind: 'call', phone: number });
    expect(textOf(outcome).split('\n')[0]).toContain(number);
    // Who no longer wants to live is not asked whether it was urgent.
    const asksBack = textOf(outcome).includes(vi('emergency.ifNot'));
    expect(asksBack).toBe(kind !== 'self_harm');
  });

  it('to oneself brings a person as well', async () => {
    const outcome = await talk().say('tôi không muốn sống nữa');

    expect(outcome.effects).toMatchObject([{ kind: 'escalation.open', reason: 'emergency' }]);
  });

  it('is not heard in a keyword or a title of ours, however it sounds', async () => {
    const alarm = { intent: 'emergency', confidence: 0.5, emergency: 'electricity' } as const;
    const understander = createScriptedUnderstander({
      answers: { 'đừng học': alarm, 'Hỏi thủ tục, giấy tờ': alarm },
    });
    const resident = talk({ understander });

    expect((await resident.say('đừng học')).effects).toEqual([{ kind: 'misunderstood.forget' }]);
    await resident.say('menu');
    expect((await resident.say('Hỏi thủ tục, giấy tờ')).reason).toBe('procedure.list');
  });

  it('opens nothing for staff when the numbers are what helps', async () => {
    expect((await talk().say('cháy nhà')).effects).toEqual([]);
  });
});

describe('an appeal or a denunciation', () => {
  it('is told that a message is no petition, where to go, within which time, and by which law', async () => {
    const answer = textOf(await talk().say('#khieunai'));

    expect(answer).toContain(vi('formal.notAPaper'));
    expect(answer).toContain('Số 1 đường Mẫu');
    expect(answer).toContain('90 ngày');
    expect(answer).toContain(vi('formal.receptionUnknown'));
    expect(answer).toContain('Luật Khiếu nại 2011');
  });

  it('are told apart', async () => {
    const answer = textOf(await talk().say('tôi muốn tố cáo'));

    expect(answer).toContain('giữ bí mật');
    expect(answer).not.toContain('90 ngày');
  });

  it('says when citizens are received, with its source', async () => {
    const commune = aCommune({ citizenReception: { text: 'thứ Năm hằng tuần', source: 'Thông báo 12' } });

    expect(textOf(await talk({ commune }).say('#tocao'))).toContain(
      vi('formal.receptionUnchecked', { text: 'thứ Năm hằng tuần', source: 'Thông báo 12' }),
    );
  });

  it('leaves nothing of its content anywhere', async () => {
    const resident = talk();
    const told = await resident.say('tôi tố cáo ông B lấy đất của nhà tôi');
    const callBack = await resident.say('1');

    expect(JSON.stringify([told.session, told.effects, callBack.session])).not.toContain('ông B');
    expect(callBack.effects).toEqual([{ kind: 'escalation.open', reason: 'formal_complaint' }]);
  });

  it('does not tell a stand-in address as a fact', async () => {
    const commune = aCommune({ placeholders: ['address'] });

    expect(textOf(await talk({ commune }).say('#khieunai'))).not.toContain('đường Mẫu');
  });
});

describe('a person', () => {
  it.each([
    ['23T09:00', vi('office.open', { closesAt: '11:30' })],
    ['23T12:15', vi('office.lunch', { opensAt: '13:30' })],
    ['23T06:00', vi('office.opensToday', { opensAt: '07:30' })],
    ['23T20:00', vi('office.closed', { opensAt: '07:30', day: 'thứ Tư, 25/11/2026' })],
    [
      '24T09:00',
      vi('office.holiday', { holiday: 'Ngày Văn hóa Việt Nam', opensAt: '07:30', day: 'thứ Tư, 25/11/2026' }),
    ],
    ['28T09:00', vi('office.closed', { opensAt: '07:30', day: 'thứ Hai, 30/11/2026' })],
  ])('is promised for when there really is one: %s', async (time, sentence) => {
    const outcome = await talk({ now: AT(time) }).say('gặp cán bộ');

    expect(textOf(outcome)).toContain(sentence);
    expect(outcome.effects).toMatchObject([{ kind: 'escalation.open', reason: 'asked' }]);
  });

  it('can be called with one tap', async () => {
    const outcome = await talk().say('gặp cán bộ');

    expect(outcome.say[0]?.buttons?.[0]).toMatchObject({ kind: 'call', phone: '02030000001' });
  });

  it('is not given a telephone number that nobody confirmed', async () => {
    const outcome = await talk({ commune: aCommune({ placeholders: ['officePhone'] }) }).say('gặp cán bộ');

    expect(JSON.stringify(outcome.say)).not.toContain('02030000001');
  });
});

describe('news of the village', () => {
  it.each([
    ['1', ['dong']],
    ['thôn Tây', ['tay']],
    ['nui thanh', ['nui-thanh']],
    ['Tất cả các nơi', ['dong', 'tay', 'nui-thanh']],
  ])('is switched on for the village chosen: %s', async (text, villageIds) => {
    const resident = talk();
    await resident.say('đăng ký nhận tin');
    const outcome = await resident.say(text);

    expect(outcome.effects).toEqual([{ kind: 'resident.subscribe', villageIds }]);
    expect(outcome.session.form).toBeUndefined();
    expect(textOf(outcome)).toContain('hủy nhận tin');
  });

  it('asks three times for a village it does not know, then brings a person', async () => {
    const resident = talk();
    await resident.say('#dangky');
    await resident.say('thôn Lạ');
    await resident.say('thôn Lạ');
    const third = await resident.say('thôn Lạ');

    expect(third.effects).toMatchObject([{ kind: 'escalation.open', reason: 'not_understood' }]);
    expect(third.session.form).toBeUndefined();
  });

  it.each(['hủy nhận tin', 'STOP', '#huynhantin'])('is switched off with one message: %s', async (text) => {
    expect((await talk().say(text)).effects).toEqual([{ kind: 'resident.unsubscribe' }]);
  });

  it('is switched off after asking when that was only probably meant', async () => {
    const understander = createScriptedUnderstander({
      answers: { 'đừng nhắn nữa': { intent: 'unsubscribe', confidence: 0.55 } },
    });
    const resident = talk({ understander });
    const asked = await resident.say('đừng nhắn nữa');
    expect(asked.effects).toEqual([]);

    expect((await resident.say('có')).effects).toEqual([{ kind: 'resident.unsubscribe' }]);
  });
});

describe('announcements', () => {
  const announcements = [
    {
      code: 'TB-0002',
      title: 'Mất điện',
      text: 'Cắt điện từ 8 giờ.',
      publishedAt: AT('22T08:00'),
      villageIds: [],
    },
    {
      code: 'TB-0001',
      title: 'Tiêm chủng',
      text: 'Tại trạm y tế.',
      publishedAt: AT('20T08:00'),
      villageIds: [],
    },
  ];

  it('are listed and read by number', async () => {
    const resident = talk({ announcements });
    expect(textOf(await resident.say('có thông báo gì mới'))).toContain(
      '2. Tiêm chủng (thứ Sáu, 20/11/2026)',
    );

    expect(textOf(await resident.say('2'))).toContain('Tại trạm y tế.');
  });

  it('are not invented when there are none', async () => {
    expect(textOf(await talk().say('có thông báo gì mới'))).toContain(vi('announcements.none'));
  });
});

describe('address and hours', () => {
  it('are told with what is confirmed', async () => {
    const outcome = await talk().say('ủy ban ở đâu');

    expect(textOf(outcome)).toContain('Số 1 đường Mẫu');
    expect(textOf(outcome)).toContain('07:30–11:30, 13:30–16:30');
    expect(textOf(outcome)).toContain('02030000001');
  });

  it('are honest about stand-ins', async () => {
    const commune = aCommune({ placeholders: ['officePhone', 'policePhone', 'address'] });
    const answer = JSON.stringify((await talk({ commune }).say('ủy ban ở đâu')).say);

    expect(answer).toContain('chưa được xác nhận');
    expect(answer).not.toMatch(/0203000000|đường Mẫu/);
  });
});

describe('the language', () => {
  it.each(['english', 'speak english', '#ngonngu en'])('is English after: %s', async (text) => {
    const resident = talk();
    const outcome = await resident.say(text);
    expect(outcome.effects).toEqual([{ kind: 'resident.language', language: 'en' }]);

    expect(textOf(await resident.say('1'))).toContain(wording.say('en', 'status.askCode'));
  });

  it('comes back to Vietnamese', async () => {
    const outcome = await talk({ session: { language: 'en' } }).say('tiếng Việt');

    expect(outcome.session.language).toBe('vi');
    expect(textOf(outcome)).toContain(vi('language.changed'));
  });

  it('changes in the middle of a form, and the question is asked again in it', async () => {
    const resident = talk();
    await resident.say('#gopy');
    await resident.say('1');
    const outcome = await resident.say('english');

    expect(outcome.say.at(-1)?.text).toContain(wording.say('en', 'feedback.askDescription'));
    expect(outcome.session.form?.step).toBe('description');
  });
});

describe('"delete my data"', () => {
  it('asks once more, then hands the request over with its time limit and source', async () => {
    const resident = talk();
    const asked = await resident.say('xóa hết thông tin của tôi');
    const done = await resident.say('đồng ý');

    expect(asked.effects).toEqual([]);
    expect(done.effects).toEqual([
      { kind: 'escalation.open', reason: 'delete_data' },
      { kind: 'misunderstood.forget' },
    ]);
    expect(textOf(done)).toMatch(/20 ngày.*91\/2025/);
  });

  it('changes nothing on a no', async () => {
    const resident = talk();
    await resident.say('xóa hết thông tin của tôi');
    const outcome = await resident.say('không');

    expect(outcome.effects).toEqual([]);
    expect(textOf(outcome)).toContain(vi('privacy.declined'));
  });
});

describe('a resident’s own reports', () => {
  const one = {
    code: 'PA-261120-0003',
    oaId: '1',
    residentId: '2',
    category: 'road' as const,
    description: 'Ổ gà to',
    place: {},
    photoUrls: [],
    createdAt: AT('20T08:00'),
    updatedAt: AT('21T08:00'),
    state: 'in_progress' as const,
  };

  it('are found by code, however it is typed', async () => {
    for (const text of ['PA-261120-0003', 'pa 261120 0003', '#vuviec pa-261120-0003']) {
      const understander = createScriptedUnderstander({
        answers: { [text]: { intent: 'complaint_status', confidence: 1 } },
      });
      const answer = textOf(await talk({ feedback: [one], understander }).say(text));

      expect(answer).toContain(vi('cases.state.in_progress'));
      expect(answer).toContain('Ổ gà to');
    }
  });

  it('are listed when there are several', async () => {
    const resident = talk({ feedback: [one, { ...one, code: 'PA-261119-0001', state: 'done' }] });
    await resident.say('phản ánh của tôi thế nào rồi');

    expect(textOf(await resident.say('2'))).toContain(vi('cases.state.done'));
  });

  it('are found by the day they were sent, when that says which', async () => {
    const text = 'phản ánh hôm thứ sáu của tôi sao rồi';
    const understander = createScriptedUnderstander({
      answers: { [text]: { intent: 'complaint_status', confidence: 0.9, entities: { day: '2026-11-20' } } },
    });
    const older = { ...one, code: 'PA-261119-0001', createdAt: AT('19T23:59') };

    expect(textOf(await talk({ feedback: [older, one], understander }).say(text))).toContain(one.code);
    const twice = { ...one, code: 'PA-261120-0004', createdAt: AT('20T00:01') };
    expect((await talk({ feedback: [one, twice], understander }).say(text)).reason).toBe(
      'feedback_status.list',
    );
    expect((await talk({ feedback: [older, { ...older, code: 'x' }], understander }).say(text)).reason).toBe(
      'feedback_status.list',
    );
  });

  it('are not other people’s', async () => {
    const outcome = await talk({ feedback: [one] }).say('PA-261120-9999');

    expect(outcome.reason).toBe('feedback_status.not_found');
    expect(titlesOf(outcome)).toContain('Gặp cán bộ');
  });

  it('may be none yet', async () => {
    expect((await talk().say('phản ánh của tôi thế nào rồi')).reason).toBe('feedback_status.none');
  });
});
