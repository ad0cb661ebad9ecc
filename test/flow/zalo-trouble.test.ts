import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultsPatch } from '../../scripts/simulator/faults.ts';
import {
  startApplication,
  type TestApplication,
  type TestApplicationOptions,
} from '../support/application.ts';
import { until } from '../support/until.ts';
import { GENERATIONS, lastSent, rowsOf, sendsTo } from '../support/zalo-calls.ts';

/** Longer than any pause between two tries of the first minutes. */
const A_WHILE_MS = 61_000;
const LIFE_OF_A_TOKEN_MS = 25 * 3_600_000;
let app: TestApplication;

async function start(options: TestApplicationOptions): Promise<void> {
  app = await startApplication(options);
}

afterEach(async () => {
  await app.stop();
});

/** Writes, lets minutes pass while something still waits, and gives what arrived. */
async function ask(words: string): Promise<{ readonly userId: string; readonly answers: readonly string[] }> {
  const { userId } = app.resident();
  app.simulator.say(userId, words);
  await until('the answers have arrived or were given up', async () => {
    const rows = await rowsOf(app, 'outbox', userId);
    const mayTryAgain = rows.some(({ state }) => state === 'waiting' || state === 'checking');
    if (mayTryAgain && sendsTo(app, userId).length > 0) await app.passes(A_WHILE_MS);
    return rows.length > 0 && rows.every((row) => row['open'] !== true);
  });
  await app.settled();
  const answers = app.simulator.messages(userId).filter(({ from }) => from === 'oa');
  return { userId, answers: answers.map(({ text }) => text) };
}

function errorsOf(userId: string): readonly (number | null)[] {
  return sendsTo(app, userId).map(({ error }) => error);
}

describe.each(GENERATIONS)('trouble with Zalo on a $generation page', ({ generation }) => {
  it.each<[string, () => Promise<void>]>([
    [
      'was revoked',
      () => {
        app.simulator.faults({ tokenExpired: true });
        return Promise.resolve();
      },
    ],
    ['outlived its day', () => app.passes(LIFE_OF_A_TOKEN_MS)],
  ])('an access token that %s is refreshed once, and the answer arrives', async (_how, spoil) => {
    await start({ generation });
    await spoil();
    const { answers } = await ask('quên mật khẩu vneid');

    expect(answers).toHaveLength(2);
    const refreshes = app.simulator.calls.filter(({ path }) => path === '/v4/oa/access_token');
    expect(refreshes.map(({ status }) => status)).toEqual([200]);
  });

  it.each<[string, FaultsPatch]>([
    ['the rate limit', { rateLimit: 1 }],
    ['an error of the gateway', { serverErrors: 1 }],
    ['an error after Zalo had delivered', { errorsAfterAccepting: 1 }],
    ['a connection reset after Zalo had delivered', { resetAfterAccepting: 1 }],
  ])('%s delays an answer and neither loses nor repeats it', async (_what, faults) => {
    await start({ generation });
    app.simulator.faults(faults);
    const { answers } = await ask('quên mật khẩu vneid');

    expect(answers).toHaveLength(2);
    expect(answers[0]).toContain('trợ lý TỰ ĐỘNG');
    expect(answers[1]).toContain('bấm Quên mật khẩu');
  });

  it('where buttons are refused the same words arrive, and what they name can be typed', async () => {
    await start({ generation });
    const resident = app.resident();
    await resident.says('xin chào');
    app.simulator.faults({ refuseWith: -233 });
    app.simulator.say(resident.userId, 'asdfgh');
    await app.simulator.waitFor(() => errorsOf(resident.userId).includes(-233));
    app.simulator.faults({ refuseWith: 0 });
    await app.settled();

    const { message } = lastSent(app, resident.userId);
    expect(message.attachment).toBeUndefined();
    expect(message.text).toMatch(/Em chưa hiểu ý bác[^]*\n– Về menu\n– Gặp cán bộ\n– Cho máy học câu này$/);
    expect((await resident.says('Về menu')).join()).toContain('1. Tra hồ sơ đã nộp');
    expect(lastSent(app, resident.userId).message.attachment).toBeUndefined();
    expect((await resident.says('1')).join()).toContain('mã hồ sơ ghi trên giấy hẹn');
  });
});

describe('a page of the other generation than was thought', () => {
  it.each([
    ['business', 'v2', -240],
    ['government', 'v3', -235],
  ] as const)(
    'a %s page set to %s is refused with %i, and waits for an operator',
    async (generation, setting, code) => {
      await start({ generation, env: { ZALO_OA_GENERATION: setting } });
      const { userId } = app.resident();
      app.simulator.say(userId, 'xin chào');
      await until('the refusal is written down', async () => {
        const rows = await rowsOf(app, 'outbox', userId);
        return rows.some((row) => row['failureCode'] === 'zalo.generation_refused');
      });

      expect(errorsOf(userId)).toEqual([code]);
      expect(app.simulator.messages(userId).filter(({ from }) => from === 'oa')).toEqual([]);
    },
  );

  it.each([
    ['business', 'v2', ['/v2.0/oa/message', '/v3.0/oa/message/cs', '/v3.0/oa/message/cs']],
    ['government', 'v3', ['/v3.0/oa/message/cs', '/v2.0/oa/message', '/v2.0/oa/message']],
  ] as const)('a %s page taken for %s is answered after one refusal', async (generation, taken, paths) => {
    await start({ generation });
    await app.database.connection.collection('zalo_oa_profiles').updateOne({}, { $set: { pinned: taken } });
    // What is known of the page is read anew every minute.
    await app.passes(A_WHILE_MS);
    const { userId, answers } = await ask('quên mật khẩu vneid');

    expect(answers).toHaveLength(2);
    expect(sendsTo(app, userId).map(({ path }) => path)).toEqual(paths);
  });
});
