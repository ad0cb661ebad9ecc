import { describe, expect, it } from '@jest/globals';
import type { SessionState, TurnOutcome } from '../../src/conversation/turn.ts';
import { talk, textOf, titlesOf, vi, type Talk } from '../support/conversation.ts';
import { createScriptedUnderstander } from '../support/understander.ts';

const DAY_MS = 24 * 3_600_000;
const ALLOW = vi('learning.allow');
const AGREED: Partial<SessionState> = {
  learning: { askedAt: '2026-11-01T00:00:00.000Z', consent: { notice: 1, at: '2026-11-01T00:00:00.000Z' } },
};

const understander = createScriptedUnderstander({
  answers: {
    'làm mức hai': {
      intent: 'clarify',
      confidence: 0.4,
      suggestions: ['procedure_info', 'vneid_help'],
      alternatives: [
        { intent: 'vneid_help', confidence: 0.35 },
        { intent: 'procedure_info', confidence: 0.45 },
      ],
    },
    'cán bộ lấy tiền': {
      intent: 'clarify',
      confidence: 0.4,
      suggestions: ['complaint_file', 'formal_complaint'],
    },
    'nguy hiểm hay sao': { intent: 'clarify', confidence: 0.4, suggestions: ['emergency'] },
    'bỏ hết của tôi': { intent: 'clarify', confidence: 0.4, suggestions: ['delete_data'] },
    'chuyện ông chủ tịch': {
      intent: 'out_of_scope',
      confidence: 0.3,
      alternatives: [{ intent: 'formal_complaint', confidence: 0.1 }],
    },
    'bốn gợi ý': {
      intent: 'clarify',
      confidence: 0.4,
      suggestions: ['procedure_info', 'vneid_help', 'complaint_file', 'contact_info'],
    },
    'thôi cho tôi nói với người thật': { intent: 'human', confidence: 0.9 },
  },
});

const aTalk = (session: Partial<SessionState> = {}): Talk => talk({ understander, session });

function learned(outcome: TurnOutcome): readonly unknown[] {
  return outcome.effects.filter(({ kind }) => kind.startsWith('misunderstood.'));
}

describe('the question whether a message may be kept', () => {
  it('comes with the first message not understood, as a button and one line below the choices', async () => {
    const outcome = await aTalk().say('làm mức hai');

    expect(titlesOf(outcome)).toEqual(['Hỏi thủ tục, giấy tờ', 'Gỡ rối VNeID', 'Gặp cán bộ', ALLOW]);
    expect(textOf(outcome).endsWith(vi('learning.notice'))).toBe(true);
    expect(textOf(outcome)).not.toContain(`4. ${ALLOW}`);
    expect(outcome.effects).toEqual([]);
  });

  it('is left out where there is no room for another button', async () => {
    const outcome = await aTalk().say('bốn gợi ý');

    expect(titlesOf(outcome)).toHaveLength(5);
    expect(textOf(outcome)).not.toContain(vi('learning.notice'));
  });

  it('is asked once, and again only after ninety days', async () => {
    const resident = aTalk();
    const asks = async (): Promise<boolean> => titlesOf(await resident.say('xyz')).includes(ALLOW);
    const afterGreeting = async (): Promise<boolean> => {
      await resident.say('xin chào');
      return asks();
    };

    expect(await asks()).toBe(true);
    expect(await asks()).toBe(false);
    resident.wait(89 * DAY_MS);
    expect(await afterGreeting()).toBe(false);
    resident.wait(DAY_MS);
    expect(await afterGreeting()).toBe(true);
  });

  it('is not put to somebody who is handed over to a person', async () => {
    const outcome = await aTalk({ misunderstood: 2 }).say('xyz');

    expect(outcome.reason).toBe('not_understood.person');
    expect(titlesOf(outcome)).not.toContain(ALLOW);
  });

  it.each([
    'cán bộ lấy tiền',
    'nguy hiểm hay sao',
    'bỏ hết của tôi',
    'chuyện ông chủ tịch',
    'xyz '.repeat(126),
    '???',
  ])('is not asked about what may not be kept: %s', async (text) => {
    const resident = aTalk();
    const outcome = await resident.say(text);

    expect(titlesOf(outcome)).not.toContain(ALLOW);
    expect(resident.session()).not.toHaveProperty('miss');
  });
});

describe('a yes', () => {
  it('keeps the message that was not understood, masked, and thanks', async () => {
    const resident = aTalk();
    await resident.say('xyz chị Lan ơi, gọi 0912345678');
    const outcome = await resident.tap(ALLOW);

    expect(outcome.reason).toBe('learning.allowed');
    expect(textOf(outcome)).toContain(vi('learning.allowed'));
    expect(outcome.effects).toEqual([
      {
        kind: 'misunderstood.keep',
        lesson: {
          key: expect.any(String) as unknown,
          text: 'xyz chị [tên] ơi, gọi [sđt]',
          language: 'vi',
          day: '2026-11-23',
          guesses: [{ intent: 'out_of_scope', confidence: 0.3 }],
          reason: 'not_understood.rephrase',
        },
      },
    ]);
    expect(resident.session().learning).toEqual({
      askedAt: '2026-11-23T02:00:00.000Z',
      consent: { notice: 1, at: '2026-11-23T02:00:00.000Z' },
    });
    expect(JSON.stringify(resident.session())).not.toContain('xyz');
  });

  it('leaves the choices open under their numbers, and then notes what was meant', async () => {
    const resident = aTalk();
    await resident.say('làm mức hai');
    const yes = await resident.tap(ALLOW);
    const [kept] = learned(yes) as readonly [{ lesson: { key: string } }];
    const chosen = await resident.say('2');

    expect(textOf(yes)).toContain('2. Gỡ rối VNeID');
    expect(chosen.intent).toBe('vneid_help');
    expect(learned(chosen)).toEqual([
      { kind: 'misunderstood.choose', key: kept.lesson.key, intent: 'vneid_help' },
    ]);
  });

  it('is good for later messages without asking again', async () => {
    const resident = aTalk(AGREED);
    const outcome = await resident.say('làm mức hai');

    expect(titlesOf(outcome)).not.toContain(ALLOW);
    expect(learned(outcome)).toMatchObject([
      {
        kind: 'misunderstood.keep',
        lesson: {
          text: 'làm mức hai',
          reason: 'clarify',
          guesses: [
            { intent: 'procedure_info', confidence: 0.45 },
            { intent: 'vneid_help', confidence: 0.35 },
          ],
        },
      },
    ]);
  });

  it('given late keeps nothing but the consent: the message is no longer held', async () => {
    const resident = aTalk();
    await resident.say('xyz');
    await resident.say('xin chào');
    const outcome = await resident.say(ALLOW);

    expect(outcome.effects).toEqual([]);
    expect(resident.session().learning).toHaveProperty('consent');
  });

  it('to an older notice is no yes to this one', async () => {
    const outcome = await aTalk({ learning: { consent: { notice: 0, at: '2026-01-01T00:00:00.000Z' } } }).say(
      'xyz',
    );

    expect(learned(outcome)).toEqual([]);
    expect(titlesOf(outcome)).toContain(ALLOW);
  });

  it('that never comes keeps nothing, whatever else is said', async () => {
    const resident = aTalk();
    const outcomes = [];
    for (const text of ['làm mức hai', '2', 'xyz', 'xyz', 'xyz', 'ừ', 'có', 'vâng', 'gặp cán bộ']) {
      outcomes.push(await resident.say(text));
    }

    expect(outcomes.flatMap(learned)).toEqual([]);
  });
});

describe('what is kept with consent', () => {
  it('includes asking for a person in one’s own words after a miss, but not the bare keyword', async () => {
    const words = await aTalk({ ...AGREED, misunderstood: 1 }).say('thôi cho tôi nói với người thật');
    const keyword = await aTalk({ ...AGREED, misunderstood: 1 }).say('gặp cán bộ');
    const atOnce = await aTalk(AGREED).say('thôi cho tôi nói với người thật');

    expect(learned(words)).toMatchObject([
      { kind: 'misunderstood.keep', lesson: { reason: 'human.after_miss' } },
    ]);
    expect([keyword, atOnce].flatMap(learned)).toEqual([]);
  });

  it('is never a danger, an appeal or denunciation, a wish to be forgotten, nor one of these as a guess', async () => {
    const texts = ['cháy nhà', 'tôi muốn tố cáo', 'tôi muốn khiếu nại', 'xóa hết thông tin của tôi'];
    const guesses = ['cán bộ lấy tiền', 'nguy hiểm hay sao', 'bỏ hết của tôi', 'chuyện ông chủ tịch'];
    for (const text of [...texts, ...guesses]) expect(learned(await aTalk(AGREED).say(text))).toEqual([]);
  });

  it('is never a message with a secret, a very long one, or one without words', async () => {
    for (const text of [
      'xyz xyz xyz xyz xyz, otp 123456',
      'xyz 022065001234 xyz xyz xyz xyz',
      'x'.repeat(501),
      '0912345678',
    ]) {
      expect(learned(await aTalk(AGREED).say(text))).toEqual([]);
    }
  });

  it('is nothing from inside an open form', async () => {
    const report = aTalk(AGREED);
    await report.say('tôi muốn phản ánh');
    const code = aTalk(AGREED);
    await code.say('hồ sơ tôi tới đâu rồi');

    for (const resident of [report, code]) {
      expect(resident.session().form).toBeDefined();
      for (let i = 0; i < 3; i += 1) expect(learned(await resident.say('xyz'))).toEqual([]);
    }
  });

  it('goes again when the next message shows that it was about danger or a denunciation', async () => {
    for (const next of ['cháy nhà', 'tôi muốn tố cáo', 'xóa hết thông tin của tôi']) {
      const resident = aTalk(AGREED);
      const [kept] = learned(await resident.say('xyz')) as readonly [{ lesson: { key: string } }];

      expect(learned(await resident.say(next))).toEqual([
        { kind: 'misunderstood.drop', key: kept.lesson.key },
      ]);
    }
  });

  it('says nothing of its meaning when a person is chosen, and still learns after a wrong number', async () => {
    const person = aTalk(AGREED);
    await person.say('làm mức hai');
    const number = aTalk(AGREED);
    await number.say('làm mức hai');
    await number.say('9');

    expect(learned(await person.tap('Gặp cán bộ'))).toEqual([]);
    expect(learned(await number.say('1'))).toMatchObject([
      { kind: 'misunderstood.choose', intent: 'procedure_info' },
    ]);
  });
});

describe('“đừng học”', () => {
  it.each(['đừng học', 'Dung hoc', 'stop learning', '#hoc khong'])('ends it at once: %s', async (text) => {
    const resident = aTalk(AGREED);
    const outcome = await resident.say(text);

    expect(outcome.effects).toEqual([{ kind: 'misunderstood.forget' }]);
    expect(textOf(outcome)).toContain(vi('learning.stopped'));
    expect(resident.session().learning).toEqual({ stoppedAt: '2026-11-23T02:00:00.000Z' });
    expect(learned(await resident.say('xyz'))).toEqual([]);
  });

  it('is offered as a button with the thanks', async () => {
    const resident = aTalk();
    await resident.say('xyz');
    await resident.tap(ALLOW);

    expect((await resident.tap(vi('learning.stop'))).reason).toBe('learning.stopped');
  });

  it('is never followed by another question, and can be taken back', async () => {
    const resident = aTalk();
    await resident.say('đừng học');
    resident.wait(400 * DAY_MS);

    expect(titlesOf(await resident.say('xyz'))).not.toContain(ALLOW);
    await resident.say(ALLOW);
    expect(learned(await resident.say('xyz'))).toHaveLength(1);
  });

  it('is heard inside a form, which goes on, and while a person has the conversation', async () => {
    const report = aTalk(AGREED);
    await report.say('tôi muốn phản ánh');
    const inForm = await report.say('đừng học');
    const quiet = aTalk({ ...AGREED, quietUntil: '2026-11-23T03:00:00.000Z' });
    const inQuiet = await quiet.say('đừng học');

    expect([inForm, inQuiet].map((outcome) => outcome.effects)).toEqual([
      [{ kind: 'misunderstood.forget' }],
      [{ kind: 'misunderstood.forget' }],
    ]);
    expect(report.session().form).toBeDefined();
    expect(quiet.session().quietUntil).toBeDefined();
  });
});

describe('a resident who wants to be forgotten', () => {
  it('is forgotten here at once, by the button as by Zalo’s own switch', async () => {
    const asked = aTalk(AGREED);
    await asked.say('xóa hết thông tin của tôi');
    const withdrawn = aTalk({ ...AGREED, miss: { key: '1' } });

    for (const [resident, outcome] of [
      [asked, await asked.say('đồng ý')],
      [withdrawn, await withdrawn.send({ kind: 'withdraw' })],
    ] as const) {
      expect(outcome.effects).toContainEqual({ kind: 'misunderstood.forget' });
      expect(resident.session().learning).toEqual({ stoppedAt: '2026-11-23T02:00:00.000Z' });
      expect(resident.session()).not.toHaveProperty('miss');
    }
  });
});

describe('a session from before there was learning', () => {
  it('is read as one that was never asked', async () => {
    const old = { version: 1, language: 'vi', misunderstood: 0 } as const;

    expect(titlesOf(await aTalk(old).say('xyz'))).toContain(ALLOW);
  });
});
