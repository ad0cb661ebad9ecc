import { describe, expect, it } from '@jest/globals';
import type { DossierState } from '../../src/dossiers/dossier.ts';
import { aDossier, talk, textOf, titlesOf, vi } from '../support/conversation.ts';

const CODE = 'H49.23.10-261101-0012';

describe('asking where a dossier stands', () => {
  it('asks for the code, then says state, days, source and what to do', async () => {
    const resident = talk({ dossiers: [aDossier()] });
    expect(textOf(await resident.say('1'))).toContain(vi('status.askCode'));
    const answer = textOf(await resident.say(CODE));

    expect(answer).toContain(vi('status.state.4'));
    expect(answer).toContain('Ngày hẹn trả: thứ Sáu, 27/11/2026.');
    // Tuesday is a holiday: Wednesday, Thursday, Friday.
    expect(answer).toContain(vi('status.daysLeft', { days: 3 }));
    expect(answer).toContain('lúc 08:00, thứ Hai, 23/11/2026');
  });

  it('tells no more than state and days to somebody who has only the code', async () => {
    const answer = textOf(await talk({ dossiers: [aDossier()] }).say(CODE));

    expect(answer).not.toContain('hôn nhân');
  });

  it.each(['h49 23 10 – 261101 – 0012', `hồ sơ ${CODE} xong chưa`, `#hoso ${CODE}`])(
    'reads the code however it is written: %s',
    async (text) => {
      expect((await talk({ dossiers: [aDossier()] }).say(text)).reason).toBe('status.found.4');
    },
  );

  it.each([
    ['2026-11-23', vi('status.dueToday')],
    ['2026-11-25', vi('status.oneDayLeft')],
    ['2026-11-20', vi('status.oneDayLate')],
    ['2026-11-18', vi('status.daysLate', { days: 3 })],
  ])('counts working days to a promise for %s', async (promisedOn, sentence) => {
    const answer = textOf(await talk({ dossiers: [aDossier({ promisedOn })] }).say(CODE));

    expect(answer).toContain(sentence);
  });

  it('counts nothing where the office waits for the resident', async () => {
    const answer = textOf(
      await talk({ dossiers: [aDossier({ state: 5, promisedOn: '2026-11-18' })] }).say(CODE),
    );

    expect(answer).not.toMatch(/trễ hẹn|Còn \d/);
    expect(answer).toContain('thứ Tư, 18/11/2026');
  });

  it.each(Array.from({ length: 10 }, (_, index) => (index + 1) as DossierState))(
    'says national state %i in plain words with the next step',
    async (state) => {
      const answer = textOf(await talk({ dossiers: [aDossier({ state })] }).say(CODE));

      expect(answer).toContain(vi(`status.state.${state}`));
      expect(answer).toContain(vi(`status.next.${state}`, { oneStop: 'bộ phận Một cửa' }));
    },
  );

  it('never gives a link to pay', async () => {
    const outcome = await talk({ dossiers: [aDossier({ state: 6 })] }).say(CODE);

    expect(textOf(outcome)).not.toMatch(/https?:|\.vn/);
    expect(outcome.say.flatMap(({ buttons = [] }) => buttons).map(({ kind }) => kind)).not.toContain('link');
    expect(textOf(outcome)).toContain('đừng chuyển khoản cho cá nhân');
  });

  it('explains why a code may not be found, and offers a person', async () => {
    const outcome = await talk().say(CODE);

    expect(textOf(outcome)).toContain(vi('status.notFound', { code: CODE }));
    expect(titlesOf(outcome)).toContain('Gặp cán bộ');
  });

  it.each([
    ['H49.23.10-261399-0012', 'date'],
    ['H49.23.10-261101', 'serial'],
  ])('says which part of a code looks wrong: %s', async (text, part) => {
    const resident = talk();
    await resident.say('1');
    const outcome = await resident.say(text);

    expect(outcome.reason).toBe(`status.invalid.${part}`);
  });

  it('hands over to a person after three wrong codes', async () => {
    const resident = talk();
    await resident.say('#hoso');
    const first = await resident.say('không nhớ');
    const second = await resident.say('H49.23.10-261399-0012');
    const third = await resident.say(CODE);

    expect([first.reason, second.reason]).toEqual(['status.no_code', 'status.invalid.date']);
    expect(third.effects).toEqual([{ kind: 'escalation.open', reason: 'dossier_not_found', lastText: CODE }]);
    expect(resident.session().form).toBeUndefined();
  });

  it('lets go of the question when the resident asks something else', async () => {
    const resident = talk();
    await resident.say('#hoso');
    const outcome = await resident.say('làm khai sinh cần gì');

    expect(outcome.intent).toBe('procedure_info');
    expect(resident.session().form).toBeUndefined();
  });

  it('asks for the code in words when a photo of the slip comes', async () => {
    const resident = talk();
    await resident.say('#hoso');
    const outcome = await resident.send({
      kind: 'image',
      files: [{ url: 'https://photos.example/slip.jpg' }],
    });

    expect(textOf(outcome)).toContain(vi('media.slipPhoto'));
    expect(resident.session().form?.form).toBe('dossier');
  });
});
