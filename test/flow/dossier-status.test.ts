import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DossierState } from '../../src/dossiers/dossier.ts';
import { startApplication, type TestApplication } from '../support/application.ts';
import { GENERATIONS, rowsOf, sendsTo } from '../support/zalo-calls.ts';

/** What each state of the national portal must tell the person who waits: where it is, and what to do now. */
const TOLD: Readonly<Record<DossierState, readonly [state: string, next: string]>> = {
  1: ['cán bộ chưa nhận', 'bác chờ cán bộ tiếp nhận'],
  2: ['cơ quan đã nhận hồ sơ', 'bác chờ đến ngày hẹn'],
  3: ['chưa được nhận', 'xem lý do trong phiếu từ chối'],
  // In time, due today and late: see below.
  4: ['đang giải quyết', 'Ngày hẹn trả'],
  5: ['còn thiếu giấy tờ', 'phiếu yêu cầu bổ sung'],
  6: ['cần nộp tiền', 'Em không bao giờ gửi đường dẫn nộp tiền'],
  7: ['xin rút', 'Nếu không phải bác xin rút'],
  8: ['dừng giải quyết', 'lý do dừng'],
  9: ['đã có kết quả', 'mang giấy hẹn và căn cước'],
  10: ['đã trả kết quả', 'Hồ sơ đã xong'],
};

describe.each(GENERATIONS)('asking for a dossier on a $generation page', ({ generation, path }) => {
  let app: TestApplication;

  beforeAll(async () => {
    app = await startApplication({ generation });
  });

  afterAll(async () => {
    await app.stop();
  });

  it('every seeded dossier is found by its code and says what to do next', async () => {
    const resident = app.resident();
    for (const { code, state } of app.content.dossiers) {
      const answers = (await resident.says(code)).join('\n');
      expect(answers).toContain(`Hồ sơ ${code}`);
      expect(answers).toContain(TOLD[state][0]);
      expect(answers).toContain(TOLD[state][1]);
    }
    expect(new Set(app.content.dossiers.map(({ state }) => state)).size).toBe(10);
    expect(new Set(sendsTo(app, resident.userId).map((call) => call.path))).toEqual(new Set([path]));
  });

  it('never says whose dossier it is or which procedure: a code alone proves nothing', async () => {
    const [late] = app.content.dossiers.filter(({ state }) => state === 4);
    const answers = (await app.resident().says(late?.code ?? '')).join('\n');

    expect(answers).not.toContain(late?.procedureName);
  });

  it('a late dossier is owned, with an apology and a way to a person', async () => {
    const resident = app.resident();
    const [inTime, , late] = app.content.dossiers.filter(({ state }) => state === 4);
    expect((await resident.says(inTime?.code ?? '')).join('\n')).toContain('bác chờ đến ngày hẹn');
    const answers = (await resident.says(late?.code ?? '')).join('\n');

    expect(answers).toContain('Em xin lỗi bác');
    expect(answers).not.toContain('bác chờ đến ngày hẹn');
    expect(resident.buttons()).toContain('Gặp cán bộ');
  });

  it.each([
    ['in small letters and with blanks', 'h49.23.10 - 261102 - 0012'],
    ['in the middle of a sentence', 'cháu xem giúp bà cái mã H49.23.10-261102-0012 với'],
    ['without dashes', 'H49.23.10 261102 0012'],
  ])('the code is understood %s', async (_how, words) => {
    expect((await app.resident().says(words)).join('\n')).toContain('Hồ sơ H49.23.10-261102-0012');
  });

  it.each([
    ['a date that does not exist', 'H49.23.10-261399-0012', 'phần ngày ở giữa'],
    ['a missing end', 'H49.23.10-261102', 'thiếu dãy số cuối'],
    ['an unknown code', 'H49.23.10-261102-9999', 'Em chưa tìm thấy hồ sơ H49.23.10-261102-9999'],
  ])('%s is explained, and a person is one tap away', async (_what, code, explanation) => {
    const resident = app.resident();

    expect((await resident.says(code)).join('\n')).toContain(explanation);
    expect(resident.buttons()).toEqual(['Gặp cán bộ', 'Về menu']);
  });

  it('after three codes that lead nowhere a person looks for the dossier', async () => {
    const resident = app.resident();
    await resident.says('tra hồ sơ');
    await resident.says('H49.23.10-261102-9991');
    await resident.says('H49.23.10-261102-9992');

    expect((await resident.says('H49.23.10-261102-9993')).at(-1)).toContain('em đã nhờ cán bộ tra giúp bác');
    expect(await rowsOf(app, 'escalations', resident.userId)).toMatchObject([
      { reason: 'dossier_not_found', state: 'open' },
    ]);
  });
});
