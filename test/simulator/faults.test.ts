import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FaultsPatch } from '../../scripts/simulator/faults.ts';
import { startApp, startZalo, type App, type TestZalo } from './harness.ts';

let app: App;
let zalo: TestZalo;
let userId: string;
beforeEach(async () => {
  app = await startApp();
  zalo = await startZalo({ webhookUrl: app.url, echoes: false, receipts: false, randomSeed: 7 });
  userId = zalo.aResident();
  await zalo.idle();
});
afterEach(async () => {
  await zalo.close();
  await app.close();
});

const heard = (): number => zalo.messages(userId).filter((message) => message.from === 'oa').length;
const send = (): Promise<{ status: number; text: string; json: { error: number } }> =>
  zalo.send(userId, { text: 'a' });

describe('calls that fail', () => {
  it.each<[FaultsPatch, number, RegExp]>([
    [{ serverErrors: 1 }, 502, /<html>/],
    [{ html: 1 }, 200, /<html>/],
    [{ rateLimit: 1 }, 200, /"error":-32/],
    [{ nightForCs: true }, 200, /"error":-234/],
    [{ refuseWith: -224 }, 200, /"error":-224/],
    [{ tokenExpired: true }, 200, /"error":-216/],
  ])('%j reaches nobody', async (patch, status, text) => {
    zalo.faults(patch);

    const answer = await send();

    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
    expect(heard()).toBe(0);
  });

  it('errorsAfterAccepting has reached the resident, once', async () => {
    zalo.faults({ errorsAfterAccepting: 1 });

    expect((await send()).status).toBe(502);
    expect(heard()).toBe(1);
    expect((await send()).json.error).toBe(0);
    expect(zalo.calls.map((call) => call.fault)).toEqual(['errorsAfterAccepting', undefined]);
  });

  it('resetAfterAccepting has reached the resident and breaks the connection', async () => {
    zalo.faults({ resetAfterAccepting: 1 });

    await expect(send()).rejects.toThrow('fetch failed');
    expect(heard()).toBe(1);
  });

  it.each<[FaultsPatch, number]>([
    [{ timeoutAfterAccepting: 1 }, 1],
    [{ timeouts: 1 }, 0],
  ])('%j never answers; the resident has heard %i message', async (patch, messages) => {
    zalo.faults(patch);

    const caller = new AbortController();
    const call = fetch(`${zalo.url}/v2.0/oa/message`, {
      method: 'POST',
      signal: caller.signal,
      headers: { access_token: zalo.tokens().accessToken },
      body: JSON.stringify({ recipient: { user_id: userId }, message: { text: 'a' } }),
    });
    await zalo.waitFor(() => zalo.calls.length === 1);
    caller.abort();

    await expect(call).rejects.toThrow('aborted');
    expect(heard()).toBe(messages);
    expect(zalo.calls[0]).toMatchObject({ status: null, error: null });
  });

  it('a number of times runs out, true lasts until it is switched off', async () => {
    zalo.faults({ rateLimit: 2 });
    const counted = [await send(), await send(), await send()];
    zalo.faults({ rateLimit: true });
    const switched = [await send(), await send()];
    zalo.faults({ rateLimit: false });
    const after = await send();

    const codes = [...counted, ...switched, after].map((answer) => answer.json.error);
    expect(codes).toEqual([-32, -32, 0, -32, -32, 0]);
  });

  it('an expired token is mended by a refresh', async () => {
    zalo.faults({ tokenExpired: true });
    await zalo.refresh(zalo.tokens().refreshToken);

    expect((await send()).json.error).toBe(0);
  });

  it('codes can come as strings', async () => {
    zalo.faults({ errorsAsStrings: true });

    expect((await send()).json.error).toBe('0');
  });

  it('answers can be slow', async () => {
    zalo.faults({ slowMs: 40 });

    const startedAt = performance.now();
    await send();

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(38);
  });

  it('reset switches everything off', async () => {
    zalo.faults({ rateLimit: true, nightForCs: true, duplicateDelivery: 3 });
    zalo.faults({ reset: true });

    expect((await send()).json.error).toBe(0);
  });

  it.each([
    [{ ratelimit: 1 }, 'ratelimit: there is no such fault'],
    [{ rateLimit: -1 }, 'rateLimit: a number from 0 up'],
    [{ nightForCs: 1 }, 'nightForCs: true or false'],
    [{ refuseWith: -999 }, 'refuseWith: 0 or one of'],
    [{ signature: 'none' }, 'signature: one of'],
    [{ lateDeliveryMs: 'x' }, 'lateDeliveryMs: a number'],
  ])('%j is refused with the reason', async (patch, reason) => {
    const { status, json } = await zalo.control('POST', '/faults', patch);

    expect(status).toBe(400);
    expect((json as { error: string }).error).toContain(reason);
  });
});

describe('events that go astray', () => {
  const texts = (): readonly unknown[] =>
    app.events.slice(2).map((event) => (event.body['message'] as { text: string }).text);

  it('every event can come several times', async () => {
    zalo.faults({ duplicateDelivery: 2 });
    zalo.say(userId, 'một');
    await zalo.idle();

    expect(texts()).toEqual(['một', 'một', 'một']);
  });

  it('a share of events can come twice', async () => {
    zalo.faults({ duplicateDelivery: 0.5 });
    for (let i = 0; i < 40; i += 1) zalo.say(userId, `tin ${i}`);
    await zalo.idle();

    expect(new Set(texts()).size).toBe(40);
    expect(texts().length).toBeGreaterThan(45);
    expect(texts().length).toBeLessThan(75);
  });

  it('events can be late by the clock', async () => {
    zalo.faults({ lateDeliveryMs: 7_200_000 });
    const sentAt = String(zalo.clock.now().getTime());
    zalo.say(userId, 'muộn');
    await zalo.idle();
    expect(texts()).toEqual([]);

    await zalo.advanceClock(7_200_000);

    expect(texts()).toEqual(['muộn']);
    expect(app.events.at(-1)?.body.timestamp).toBe(sentAt);
  });

  it('events can overtake each other', async () => {
    zalo.faults({ reorder: 60 });
    const sent = Array.from({ length: 20 }, (_, i) => `tin ${i}`);
    for (const text of sent) zalo.say(userId, text);
    await zalo.idle();

    expect(texts()).not.toEqual(sent);
    expect([...texts()].sort()).toEqual([...sent].sort());
  });

  it('events can be lost for good, but the history still has them', async () => {
    zalo.faults({ dropWebhooks: 1 });
    zalo.say(userId, 'mất');
    await zalo.idle();

    expect(texts()).toEqual([]);
    const data = encodeURIComponent(`{"user_id":${userId},"offset":0,"count":1}`);
    const history = await zalo.api('GET', `/v2.0/oa/conversation?data=${data}`);
    expect(history.json.data).toMatchObject([{ src: 1, message: 'mất' }]);
  });
});
