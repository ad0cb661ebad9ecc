import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication, type TestApplication } from '../support/application.ts';
import { createMemoryLog, type MemoryLog } from '../support/memory-log.ts';

/** Strings that occur nowhere else: found in a log, they were leaked. */
const CANARY = {
  word: 'chimhoangyen',
  phone: '0912345987',
  idNumber: '022190001234',
  otp: '483920',
  code: 'H49.23.10-261102-7731',
};

let app: TestApplication;
let log: MemoryLog;

beforeAll(async () => {
  log = createMemoryLog();
  app = await startApplication({ log: log.logger });
});

afterAll(async () => {
  await app.stop();
});

describe('the log', () => {
  it('never holds words, phones, ID numbers, one-time codes or tokens, whatever happens', async () => {
    const resident = app.resident();
    await resident.says(`bác tên ${CANARY.word}, số ${CANARY.phone}`);
    await resident.says(`căn cước ${CANARY.idNumber}, mã OTP là ${CANARY.otp}`);
    await resident.says(`tra hồ sơ ${CANARY.code}`);
    await resident.says({ image: {}, text: CANARY.word });
    await resident.says({ file: { name: `${CANARY.word}.docx` } });
    await resident.says('đường hỏng ở thôn Núi Thành');
    await resident.says(`ổ gà trước nhà ${CANARY.word}`);
    await resident.says('gặp cán bộ');
    app.simulator.adminReply(resident.userId, `chào ${CANARY.word}`);
    await app.settled();
    app.simulator.faults({ serverErrors: 1 });
    await fetch(`${app.url}/webhook`, { method: 'POST', body: `{"x":"${CANARY.word}"` });
    await fetch(`${app.url}/webhook?${CANARY.word}=1`);
    await fetch(`${app.url}/${CANARY.word}`);

    const text = log.text();
    expect(text.length).toBeGreaterThan(1000);
    for (const canary of Object.values(CANARY)) expect(text).not.toContain(canary);
    expect(text).not.toContain('access-token');
    expect(text).not.toContain('refresh-token');
    expect(text).not.toMatch(/(app-secret|oa-secret-key)-of-the-tests/);
  });
});
