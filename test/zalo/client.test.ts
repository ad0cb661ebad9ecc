import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { appsecretProof } from '../../src/zalo/appsecret-proof.ts';
import { createZaloClient } from '../../src/zalo/client.ts';
import { checkOa } from '../../src/zalo/oa-check.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  aNewOaId,
  API_URL,
  APP_SECRET,
  NOW,
  OAUTH_URL,
  setUpZalo,
  type ZaloSetUp,
  type ZaloSetUpOptions,
} from './api-setup.ts';
import { RESIDENT_ID } from './fixtures.ts';
import { guardHttp } from './http-guard.ts';

const V3 = '/v3.0/oa/message/cs';
const V2 = '/v2.0/oa/message';
const SENT = {
  data: { message_id: '44c09be1d7a85f26e3b1', user_id: RESIDENT_ID },
  error: 0,
  message: 'Success',
};
const HELLO = { text: 'Chào bác' };
const BODY = { recipient: { user_id: RESIDENT_ID }, message: HELLO };

guardHttp();

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const setUp = (options: Partial<ZaloSetUpOptions> = {}): ZaloSetUp & { oaId: string } => {
  const oaId = options.oaId ?? aNewOaId();
  return { ...setUpZalo(database.connection, { ...options, oaId }), oaId };
};

const onSend = (path = V3, accessToken = 'AT-seed'): nock.Interceptor =>
  nock(API_URL, { reqheaders: { access_token: accessToken }, badheaders: ['authorization'] }).post(
    path,
    BODY,
  );

const onRefresh = (): nock.Interceptor => nock(OAUTH_URL).post('/v4/oa/access_token');
const NEXT = { access_token: 'AT-2', refresh_token: 'RT-2', expires_in: '90000' };

describe('sending', () => {
  it("gives Zalo's id of the message", async () => {
    const { client } = setUp();
    onSend().reply(200, SENT);

    expect(await client.sendMessage(RESIDENT_ID, HELLO)).toEqual({ messageId: '44c09be1d7a85f26e3b1' });
  });

  it('keeps all digits of an id that comes as a number', async () => {
    const { client } = setUp();
    onSend().reply(200, '{"data":{"message_id":7120345566778899001},"error":0}');

    expect(await client.sendMessage(RESIDENT_ID, HELLO)).toEqual({ messageId: '7120345566778899001' });
  });

  it.each([0, '0'])('takes "error": %j for success', async (error) => {
    const { client } = setUp();
    onSend().reply(200, { ...SENT, error });

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).resolves.toBeDefined();
  });

  it.each([-230, '-230'])('does not trust HTTP 200: "error": %j is a refusal', async (error) => {
    const { client } = setUp();
    onSend().reply(200, { error, message: 'User has not interacted with the OA in the past 7 days' });

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      code: 'zalo.outside_window',
      errorClass: 'window',
      retryable: false,
      fields: { zaloCode: -230, method: 'sendMessage' },
    });
  });

  it('reads a refusal with another HTTP status too', async () => {
    const { client } = setUp();
    onSend().reply(400, { error: -201, message: 'user_id is invalid!' });

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      code: 'zalo.invalid_field',
    });
  });

  it.each<[string, number, unknown]>([
    ['an HTML page with status 200', 200, '<html>bảo trì</html>'],
    ['an empty body', 200, ''],
    ['a body without "error"', 200, { data: { message_id: '1' } }],
    ['a list', 200, []],
    ['status 500', 500, 'oops'],
    ['status 503 with a refusal in the body', 503, { error: -230 }],
    ['status 302', 302, ''],
    ['status 404 with success in the body', 404, SENT],
    ['success without a message id', 200, { error: 0, message: 'Success' }],
  ])('knows that it does not know after %s', async (_answer, status, body) => {
    const { client } = setUp();
    onSend().reply(status, body as nock.Body);

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      errorClass: 'unknown_outcome',
      retryable: false,
    });
  });

  it.each(['7120 345', '', 'abc', '1,"x":2', '-5', '1'.repeat(21)])('refuses the id %j', async (userId) => {
    const { client } = setUp();

    await expect(client.sendMessage(userId, HELLO)).rejects.toMatchObject({ code: 'zalo.user_id_invalid' });
    await expect(client.conversation(userId, 0, 10)).rejects.toMatchObject({ code: 'zalo.user_id_invalid' });
  });

  it('proves the App Secret when it is given one', async () => {
    const { keeper, rateLimit, profiler, clock, recorded } = setUp();
    const client = createZaloClient({
      apiUrl: API_URL,
      tokens: keeper,
      rateLimit,
      generation: profiler,
      appSecret: APP_SECRET,
      clock,
      log: recorded.log,
    });
    nock(API_URL, { reqheaders: { appsecret_proof: appsecretProof('AT-seed', APP_SECRET) } })
      .post(V3)
      .reply(200, SENT);

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).resolves.toBeDefined();
  });

  it('never writes tokens, names or words into the log', async () => {
    const { client, recorded } = setUp();
    onSend().reply(200, { error: -248, message: 'Chào bác Lan 0912345678' });
    await client.sendMessage(RESIDENT_ID, HELLO).catch((error: unknown) => {
      recorded.log.error('test.failed', {}, error);
    });

    expect(recorded.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'zalo.policy_violation', cure: expect.any(String) }),
    );
    expect(recorded.text()).not.toMatch(/AT-|RT-|Chào|Lan|0912/);
  });

  it('reports a code nobody has listed yet', async () => {
    const { client, recorded } = setUp();
    onSend().reply(200, { error: -777 });

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({ code: 'zalo.unlisted' });
    expect(recorded.lines).toContainEqual(
      expect.objectContaining({ message: 'zalo.code_unlisted', zaloCode: -777 }),
    );
  });

  it('is counted by result', async () => {
    const calls: unknown[] = [];
    const { client } = setUp({ metrics: { observeCall: (call) => calls.push(call) } });
    onSend().reply(200, SENT);
    onSend().reply(200, { error: -230 });
    await client.sendMessage(RESIDENT_ID, HELLO);
    await client.sendMessage(RESIDENT_ID, HELLO).catch(() => undefined);

    expect(calls).toEqual([
      { method: 'sendMessage', result: 'ok', durationMs: 0 },
      { method: 'sendMessage', result: 'zalo.outside_window', durationMs: 0 },
    ]);
  });
});

describe('a refused access token', () => {
  it.each([-216, '-216', -220, -124, 216, 401, -401])(
    '(%j) is refreshed once and the call repeated',
    async (error) => {
      const { client } = setUp();
      onSend().reply(200, { error, message: 'Access token is invalid' });
      onRefresh().reply(200, NEXT);
      onSend(V3, 'AT-2').reply(200, SENT);

      await expect(client.sendMessage(RESIDENT_ID, HELLO)).resolves.toBeDefined();
    },
  );

  it('is not refreshed a second time for the same call', async () => {
    const { client } = setUp();
    onSend().reply(200, { error: -216 });
    onRefresh().once().reply(200, NEXT);
    onSend(V3, 'AT-2').reply(200, { error: -216 });

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({ errorClass: 'token' });
  });

  it('that cannot be refreshed ends the call with the reason', async () => {
    const { client } = setUp();
    onSend().reply(200, { error: -216 });
    onRefresh().reply(200, { error: -14014 });

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      code: 'zalo.token.refresh_failed',
    });
  });
});

describe('the two generations', () => {
  const aGovernmentPage = { data: { oaid: '1', name: 'Xã', oa_type: 4 }, error: 0 };

  async function knownAs(oaType: number, options: Partial<ZaloSetUpOptions> = {}): Promise<ZaloSetUp> {
    const zalo = setUp(options);
    await zalo.profiler.recordDescription({ oaId: zalo.oaId, name: 'Xã', oaType });
    return zalo;
  }

  it.each([
    [4, V2],
    [2, V3],
  ])('a page of type %i is sent to by %s', async (oaType, path) => {
    const { client } = await knownAs(oaType);
    onSend(path).reply(200, SENT);

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).resolves.toBeDefined();
  });

  it.each([
    [2, V3, -235, V2],
    [4, V2, -240, V3],
  ])(
    'type %i on %s, refused with %i, goes to %s for good, in other processes too',
    async (type, first, code, next) => {
      const oaId = aNewOaId();
      const { client } = await knownAs(type, { oaId });
      onSend(first).once().reply(200, { error: code });
      onSend(next).twice().reply(200, SENT);

      await client.sendMessage(RESIDENT_ID, HELLO);
      const elsewhere = setUp({ oaId });

      await expect(elsewhere.client.sendMessage(RESIDENT_ID, HELLO)).resolves.toBeDefined();
    },
  );

  it('what was learnt from a refusal outlives the next look at the page', async () => {
    const { client, profiler } = await knownAs(2);
    onSend(V3).reply(200, { error: -235 });
    onSend(V2).twice().reply(200, SENT);
    await client.sendMessage(RESIDENT_ID, HELLO);

    await profiler.recordDescription({ oaId: '', name: 'Xã', oaType: 2 });

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).resolves.toBeDefined();
  });

  it('but not a change of the type of the page', async () => {
    const { client, profiler } = await knownAs(4);
    onSend(V2).reply(200, { error: -240 });
    onSend(V3).twice().reply(200, SENT);
    await client.sendMessage(RESIDENT_ID, HELLO);

    await profiler.recordDescription({ oaId: '', name: 'Xã', oaType: 2 });
    await client.sendMessage(RESIDENT_ID, HELLO);

    expect(await profiler.read()).not.toHaveProperty('pinned');
  });

  it.each([-230, -200, -216, -240, -999])('on v3 the error %i never tries the other path', async (code) => {
    const { client } = await knownAs(2);
    onSend(V3).reply(200, { error: code });
    if (code === -216) {
      onRefresh().reply(200, NEXT);
      onSend(V3, 'AT-2').reply(200, { error: code });
    }

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      fields: { zaloCode: code },
    });
  });

  it('nor does an unknown outcome', async () => {
    const { client } = await knownAs(2);
    onSend(V3).reply(500, 'oops');

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      errorClass: 'unknown_outcome',
    });
  });

  it('a page refused by both is not sent back and forth', async () => {
    const { client, clock } = await knownAs(2);
    onSend(V3).once().reply(200, { error: -235 });
    onSend(V2).twice().reply(200, { error: -240 });

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      fields: { zaloCode: -240 },
    });
    clock.advance(60_000);
    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      fields: { zaloCode: -240 },
    });
  });

  it('an operator who has chosen one is obeyed', async () => {
    const { client } = await knownAs(4, { setting: 'v3' });
    onSend(V3).reply(200, { error: -235 });

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      code: 'zalo.generation_refused',
      message: expect.stringContaining('ZALO_OA_GENERATION'),
    });
  });

  it('the look at start reads the type and the package', async () => {
    const { client, profiler, recorded, oaId } = setUp();
    const data = {
      oaid: oaId,
      name: 'UBND xã',
      oa_type: '4',
      package_name: 'Tăng trưởng',
      is_verified: true,
    };
    nock(API_URL, { reqheaders: { access_token: 'AT-seed' } })
      .get('/v2.0/oa/getoa')
      .reply(200, { data, error: 0 });

    await checkOa({ client, profiler, oaId, log: recorded.log });

    expect(await profiler.generation()).toBe('v2');
    expect(await profiler.read()).toMatchObject({ oaType: 4, packageName: 'Tăng trưởng', checkedAt: NOW });
  });

  it('a token of another page is an error an operator sees, and its type is not kept', async () => {
    const { client, profiler, recorded, oaId } = setUp();
    nock(API_URL).get('/v2.0/oa/getoa').reply(200, aGovernmentPage);

    await checkOa({ client, profiler, oaId, log: recorded.log });

    expect(recorded.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'zalo.oa_mismatch' }),
    );
    expect(await profiler.generation()).toBe('v3');
  });
});

describe('the rate limit', () => {
  it('stops a call before it leaves', async () => {
    const { client, clock } = setUp({ perMinute: 60, burst: 1 });
    onSend().once().reply(200, SENT);
    await client.sendMessage(RESIDENT_ID, HELLO);

    await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      code: 'zalo.rate_limited',
      retryAt: new Date(clock.now().getTime() + 1000),
    });
  });

  it.each<[string, number, unknown]>([
    ['-32', 200, { error: -32, message: 'Your OA reached limit call api' }],
    ['HTTP 429', 429, 'slow down'],
  ])('of Zalo (%s) holds back all processes until the next minute', async (_how, status, body) => {
    const oaId = aNewOaId();
    const here = setUp({ oaId, perMinute: 60 });
    const there = setUp({ oaId, perMinute: 60 });
    const nextMinute = new Date('2026-11-23T03:01:00.000Z');
    onSend()
      .once()
      .reply(status, body as nock.Body);

    for (const { client } of [here, there]) {
      await expect(client.sendMessage(RESIDENT_ID, HELLO)).rejects.toMatchObject({
        errorClass: 'rate_limit',
        retryAt: nextMinute,
      });
    }

    there.clock.set(nextMinute);
    onSend().reply(200, SENT);
    await expect(there.client.sendMessage(RESIDENT_ID, HELLO)).resolves.toBeDefined();
  });
});

describe('the conversation so far', () => {
  const onHistory = (): nock.Interceptor =>
    nock(API_URL)
      .get('/v2.0/oa/conversation')
      .query({ data: `{"user_id":${RESIDENT_ID},"offset":0,"count":10}` });

  it('is asked for with the id as a bare integer, all its digits kept', async () => {
    const { client } = setUp();
    onHistory().reply(
      200,
      `{"data":[{"src":0,"time":1795312999001,"type":"text","message":"Chào bác","message_id":"44c0","from_id":2871100223344556677}],"error":0}`,
    );

    expect(await client.conversation(RESIDENT_ID, 0, 10)).toEqual([
      expect.objectContaining({
        src: 0,
        message: 'Chào bác',
        message_id: '44c0',
        from_id: '2871100223344556677',
      }),
    ]);
  });

  it('asks for ten at most: Zalo gives no more', async () => {
    const { client } = setUp();
    onHistory().reply(200, { data: [], error: 0 });

    expect(await client.conversation(RESIDENT_ID, 0, 500)).toEqual([]);
  });

  it('that cannot be read is an error, not an empty one', async () => {
    const { client } = setUp();
    onHistory().reply(200, { error: 0, data: { nothing: true } });

    await expect(client.conversation(RESIDENT_ID, 0, 10)).rejects.toMatchObject({
      code: 'zalo.answer_shape',
    });
  });
});
