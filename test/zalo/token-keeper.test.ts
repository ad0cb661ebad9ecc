import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import nock from 'nock';
import { createFixedClock } from '../../src/kernel/clock.ts';
import { DatabaseError } from '../../src/kernel/errors.ts';
import { createTokenCipher } from '../../src/zalo/token-cipher.ts';
import { createTokenStore } from '../../src/zalo/token-store.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  aNewOaId,
  APP_SECRET,
  NOW,
  OAUTH_URL,
  SEED,
  setUpZalo,
  type ZaloSetUp,
  type ZaloSetUpOptions,
} from './api-setup.ts';
import { APP_ID } from './fixtures.ts';
import { guardHttp } from './http-guard.ts';

const HOUR_MS = 3_600_000;
const NEXT = { access_token: 'AT-2', refresh_token: 'RT-2', expires_in: '90000' };

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

/** Zalo's token endpoint, expecting this refresh token once. */
const onRefresh = (refreshToken = 'RT-seed'): nock.Interceptor =>
  nock(OAUTH_URL, {
    reqheaders: { secret_key: APP_SECRET, 'content-type': 'application/x-www-form-urlencoded' },
  }).post('/v4/oa/access_token', {
    app_id: APP_ID,
    refresh_token: refreshToken,
    grant_type: 'refresh_token',
  });

describe('the first start', () => {
  it('takes the pair of the environment', async () => {
    const { keeper } = setUp();

    expect(await keeper.getAccessToken()).toBe('AT-seed');
  });

  it('only: afterwards what is stored wins over the environment', async () => {
    const { keeper, oaId } = setUp();
    onRefresh().reply(200, NEXT);
    await keeper.refreshAfterRejection(await keeper.getAccessToken());

    const restarted = setUp({ oaId });

    expect(await restarted.keeper.getAccessToken()).toBe('AT-2');
  });

  it('refreshes the seed at the first tick, since its age is unknown', async () => {
    const { keeper } = setUp();
    onRefresh().reply(200, NEXT);

    expect(await keeper.refreshIfDue()).toBe(true);
    expect(await keeper.getAccessToken()).toBe('AT-2');
  });

  it('gets its access token with a refresh token alone', async () => {
    const { keeper } = setUp({ seed: { refreshToken: 'RT-only' } });
    onRefresh('RT-only').reply(200, NEXT);

    expect(await keeper.getAccessToken()).toBe('AT-2');
  });

  it('without any token says which settings are missing', async () => {
    const { keeper } = setUp({ seed: {} });

    await expect(keeper.getAccessToken()).rejects.toMatchObject({
      code: 'zalo.token.missing',
      message: expect.stringContaining('ZALO_REFRESH_TOKEN'),
    });
    expect(await keeper.status()).toEqual({ present: false });
  });
});

describe('refreshing ahead of time', () => {
  async function refreshedOnce(): Promise<ZaloSetUp & { oaId: string }> {
    const it = setUp();
    onRefresh().reply(200, NEXT);
    await it.keeper.refreshIfDue();
    return it;
  }

  it('waits until 20 of 25 hours are over', async () => {
    const { keeper, clock } = await refreshedOnce();
    clock.advance(20 * HOUR_MS - 1);

    expect(await keeper.refreshIfDue()).toBe(false);

    clock.advance(1);
    onRefresh('RT-2').reply(200, { ...NEXT, access_token: 'AT-3', refresh_token: 'RT-3' });
    expect(await keeper.refreshIfDue()).toBe(true);
    expect(await keeper.getAccessToken()).toBe('AT-3');
  });

  it('comes earlier by the jitter', async () => {
    const { keeper, clock } = await refreshedOnce();
    clock.advance(19.5 * HOUR_MS);
    onRefresh('RT-2').reply(200, { ...NEXT, access_token: 'AT-3' });

    expect(await keeper.refreshIfDue(0.5 * HOUR_MS)).toBe(true);
  });

  it('missed, happens before the next call', async () => {
    const { keeper, clock } = await refreshedOnce();
    clock.advance(25 * HOUR_MS);
    onRefresh('RT-2').reply(200, { ...NEXT, access_token: 'AT-3' });

    expect(await keeper.getAccessToken()).toBe('AT-3');
  });

  it('reads the life as a number too, and takes the usual 25 hours when it is missing', async () => {
    for (const expires_in of [90_000, undefined, 'soon']) {
      const { keeper } = setUp();
      onRefresh().reply(200, { ...NEXT, expires_in });
      await keeper.refreshIfDue();

      expect(await keeper.status()).toMatchObject({ expiresInMs: 25 * HOUR_MS, accessTokenAgeMs: 0 });
    }
  });

  it('keeps the refresh token and its age when none comes back', async () => {
    const { keeper, clock } = setUp();
    await keeper.getAccessToken();
    clock.advance(HOUR_MS);
    onRefresh().reply(200, { access_token: 'AT-2', expires_in: 90_000 });
    await keeper.refreshIfDue();
    clock.advance(20 * HOUR_MS);
    onRefresh('RT-seed').reply(200, NEXT);

    expect(await keeper.status()).toMatchObject({ refreshTokenAgeMs: 21 * HOUR_MS });
    expect(await keeper.refreshIfDue()).toBe(true);
  });

  it('accepts "error": 0 beside a good pair: throwing it away would lose the grant', async () => {
    const { keeper } = setUp();
    onRefresh().reply(200, { ...NEXT, error: 0 });

    expect(await keeper.refreshIfDue()).toBe(true);
  });

  it('calls a person when the refresh token is 80 days old', async () => {
    const { keeper, clock, recorded } = setUp();
    await keeper.getAccessToken();
    clock.advance(80 * 24 * HOUR_MS);
    onRefresh().reply(200, NEXT);

    await keeper.refreshIfDue();

    expect(recorded.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'zalo.token.refresh_token_old', ageDays: 80 }),
    );
  });
});

describe('several processes', () => {
  it('racing on a refused token refresh exactly once, and both get the new one', async () => {
    const oaId = aNewOaId();
    const otherConnection = await mongoose.createConnection(database.uri).asPromise();
    const here = setUpZalo(database.connection, { oaId, owner: 'web-1' });
    const there = setUpZalo(otherConnection, { oaId, owner: 'worker-1' });
    const rejected = await here.keeper.getAccessToken();
    await there.keeper.getAccessToken();
    onRefresh().once().delay(50).reply(200, NEXT);

    const tokens = await Promise.all([
      here.keeper.refreshAfterRejection(rejected),
      there.keeper.refreshAfterRejection(rejected),
      here.keeper.refreshAfterRejection(rejected),
      there.keeper.refreshAfterRejection(rejected),
    ]);
    await otherConnection.close();

    expect(tokens).toEqual(['AT-2', 'AT-2', 'AT-2', 'AT-2']);
  });

  it('ticking together refresh exactly once', async () => {
    const oaId = aNewOaId();
    const keepers = ['a', 'b', 'c'].map((owner) => setUpZalo(database.connection, { oaId, owner }).keeper);
    onRefresh().once().delay(20).reply(200, NEXT);

    const refreshed = await Promise.all(keepers.map((keeper) => keeper.refreshIfDue()));

    expect(refreshed.filter(Boolean).length).toBeGreaterThanOrEqual(1);
    expect(await Promise.all(keepers.map((keeper) => keeper.refreshIfDue()))).toEqual([false, false, false]);
  });

  it('use a pair another process has fetched instead of refreshing again', async () => {
    const oaId = aNewOaId();
    const here = setUpZalo(database.connection, { oaId });
    const there = setUpZalo(database.connection, { oaId, owner: 'worker-2' });
    const rejected = await here.keeper.getAccessToken();
    onRefresh().reply(200, NEXT);
    await there.keeper.refreshAfterRejection(rejected);

    expect(await here.keeper.refreshAfterRejection(rejected)).toBe('AT-2');
  });

  it('of which one finishes just before the other gets its turn still refresh once', async () => {
    const oaId = aNewOaId();
    const there = setUp({ oaId, owner: 'worker-1' });
    const here = setUp({
      oaId,
      owner: 'web-1',
      leases: (real) => ({
        ...real,
        async acquire(name, owner, ttlMs) {
          await there.keeper.refreshAfterRejection('AT-seed');
          return real.acquire(name, owner, ttlMs);
        },
      }),
    });
    await there.keeper.getAccessToken();
    onRefresh().once().reply(200, NEXT);

    expect(await here.keeper.refreshAfterRejection('AT-seed')).toBe('AT-2');
  });

  it('of which one used the refresh token behind our back: -14014 is answered by reading again', async () => {
    const oaId = aNewOaId();
    const { keeper, store, recorded } = setUp({ oaId });
    const rejected = await keeper.getAccessToken();
    onRefresh().reply(200, async () => {
      await store.replace(1, {
        accessToken: 'AT-other',
        refreshToken: 'RT-other',
        source: 'refresh',
        obtainedAt: NOW,
        expiresAt: new Date(NOW.getTime() + 25 * HOUR_MS),
        refreshTokenIssuedAt: NOW,
      });
      return { error: -14014, error_name: 'Invalid refresh token.' };
    });

    expect(await keeper.refreshAfterRejection(rejected)).toBe('AT-other');
    expect(recorded.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('give up waiting at once when the one who refreshes is refused', async () => {
    const oaId = aNewOaId();
    const here = setUpZalo(database.connection, { oaId, owner: 'web-1' });
    const there = setUpZalo(database.connection, { oaId, owner: 'worker-1' });
    const rejected = await here.keeper.getAccessToken();
    onRefresh().once().delay(50).reply(200, { error: -14014 });

    const results = await Promise.allSettled(
      [here, there].map(({ keeper }) => keeper.refreshAfterRejection(rejected)),
    );

    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'zalo.token.refresh_failed' } });
    }
  });
});

describe('a crash', () => {
  it('between the answer and its use loses nothing: the pair is stored first', async () => {
    const oaId = aNewOaId();
    const crashing = setUp({
      oaId,
      store: (real) => ({
        ...real,
        async replace(version, pair) {
          await real.replace(version, pair);
          throw new DatabaseError('the process ends here', { code: 'test.crash' });
        },
      }),
    });
    onRefresh().reply(200, NEXT);
    await expect(crashing.keeper.refreshAfterRejection('AT-seed')).rejects.toMatchObject({
      code: 'test.crash',
    });

    const restarted = setUp({ oaId });

    expect(await restarted.keeper.getAccessToken()).toBe('AT-2');
  });

  it('of the database while storing does not lose the pair: it is stored later, without asking Zalo again', async () => {
    let fails = true;
    const { keeper, recorded } = setUp({
      store: (real) => ({
        ...real,
        replace: (version, pair) =>
          fails
            ? Promise.reject(new DatabaseError('away', { code: 'test.database_away', retryable: true }))
            : real.replace(version, pair),
      }),
    });
    onRefresh().once().reply(200, NEXT);
    await expect(keeper.refreshAfterRejection('AT-seed')).rejects.toMatchObject({
      code: 'test.database_away',
    });
    fails = false;

    expect(await keeper.refreshAfterRejection('AT-seed')).toBe('AT-2');
    expect(recorded.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'zalo.token.not_stored' }),
    );
  });
});

describe('an answer that is not a pair', () => {
  it.each<[string, unknown, string]>([
    ['a numeric error', { error: -14014, error_name: 'Invalid refresh token.' }, '-14014'],
    ['an error as text', { error: '-14014', message: 'Invalid refresh token.' }, '-14014'],
    ['an error beside an empty token', { access_token: '', error: -14002, error_reason: 'x' }, '-14002'],
    ['an error beside a token', { access_token: 'AT-bad', refresh_token: 'RT-bad', error: -118 }, '-118'],
    ['a wrong path', { error: '404', message: 'You currently access to an empty api' }, '404'],
    ['an error in words', { error: 'invalid AT-seed' }, 'unlisted'],
    ['an empty body', '', 'empty_answer'],
    ['blanks', ' \n', 'empty_answer'],
  ])('%s: the good pair stays, a person is called once', async (_form, body, oauthCode) => {
    const { keeper, store, recorded } = setUp();
    await keeper.getAccessToken();
    onRefresh()
      .once()
      .reply(200, body as nock.Body);

    await expect(keeper.refreshAfterRejection('AT-seed')).rejects.toMatchObject({
      code: 'zalo.token.refresh_failed',
      retryable: false,
      fields: { oauthCode },
    });

    expect(await store.find()).toMatchObject({ ...SEED, version: 1, failure: { code: oauthCode } });
    expect(recorded.lines.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({ message: 'zalo.token.refresh_failed', oauthCode, cure: expect.any(String) }),
    ]);
  });

  it.each<[string, (interceptor: nock.Interceptor) => unknown]>([
    ['an HTML page', (on) => on.reply(200, '<html>bảo trì</html>')],
    ['an error of the gateway', (on) => on.reply(502, '<html>')],
    ['an error of the gateway with JSON', (on) => on.reply(503, { error: -1 })],
    ['a body without a token', (on) => on.reply(200, {})],
    ['an empty token', (on) => on.reply(200, { access_token: '', refresh_token: 'RT-x' })],
    ['a list', (on) => on.reply(200, '[]')],
    [
      'a broken connection',
      (on) => on.replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
    ],
    ['silence', (on) => on.delay(1000).reply(200, NEXT)],
  ])('%s: is asked once more, then a person is called; the good pair stays', async (_form, answer) => {
    const { keeper, store, recorded } = setUp();
    await keeper.getAccessToken();
    answer(onRefresh());
    answer(onRefresh());

    await expect(keeper.refreshAfterRejection('AT-seed')).rejects.toMatchObject({
      code: 'zalo.token.refresh_failed',
      retryable: true,
    });

    expect(await store.find()).toMatchObject({ ...SEED, version: 1 });
    expect(recorded.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('the first time only: the second answer counts', async () => {
    const { keeper } = setUp();
    onRefresh().reply(504, '<html>');
    onRefresh().reply(200, NEXT);

    expect(await keeper.refreshAfterRejection('AT-seed')).toBe('AT-2');
  });

  it('the first time, when the lost answer was the pair: the consumed token is not tried a third time', async () => {
    const { keeper, store } = setUp();
    onRefresh().reply(504, '<html>');
    onRefresh().reply(200, { error: -14014 });

    await expect(keeper.refreshAfterRejection('AT-seed')).rejects.toMatchObject({ retryable: false });
    expect(await store.find()).toMatchObject({ version: 1 });
  });

  it('is not asked for again by every message: only after a pause', async () => {
    const { keeper, clock } = setUp();
    await keeper.getAccessToken();
    onRefresh().once().reply(200, { error: -14014 });
    await expect(keeper.refreshAfterRejection('AT-seed')).rejects.toThrow();

    await expect(keeper.refreshAfterRejection('AT-seed')).rejects.toMatchObject({
      fields: { oauthCode: '-14014' },
    });
    expect(await keeper.refreshIfDue()).toBe(false);

    clock.advance(10 * 60_000);
    onRefresh().reply(200, NEXT);
    expect(await keeper.refreshAfterRejection('AT-seed')).toBe('AT-2');
  });

  it('because Zalo cannot be reached is no alarm: nothing was used up', async () => {
    const { keeper, recorded } = setUp();
    await keeper.getAccessToken();
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' });
    onRefresh().twice().replyWithError(refused);

    await expect(keeper.refreshAfterRejection('AT-seed')).rejects.toMatchObject({
      code: 'zalo.token.not_reached',
      retryable: true,
    });
    expect(recorded.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('does not stop calls while the old access token still works', async () => {
    const { keeper } = setUp();
    onRefresh().reply(200, { error: -14014 });

    expect(await keeper.refreshIfDue()).toBe(false);
    expect(await keeper.getAccessToken()).toBe('AT-seed');
  });

  it('nor a seed without a refresh token: the cure is named', async () => {
    const { keeper, recorded } = setUp({ seed: { accessToken: 'AT-alone' } });

    await expect(keeper.refreshAfterRejection('AT-alone')).rejects.toMatchObject({
      fields: { oauthCode: 'no_refresh_token' },
    });
    expect(recorded.text()).toContain('/zalo/oauth/start');
  });
});

describe('a fresh grant by an administrator', () => {
  const granted = {
    kind: 'granted',
    accessToken: 'AT-grant',
    refreshToken: 'RT-grant',
    lifeMs: 25 * HOUR_MS,
  } as const;

  it('revives a dead pair at once', async () => {
    const { keeper } = setUp();
    onRefresh().reply(200, { error: -14014 });
    await keeper.refreshIfDue();

    await keeper.adoptGrant(granted);

    expect(await keeper.getAccessToken()).toBe('AT-grant');
    expect(await keeper.status()).toMatchObject({ source: 'grant', refreshTokenAgeMs: 0 });
    expect(await keeper.status()).not.toHaveProperty('failureCode');
  });

  it('is enough for a first start without tokens in the environment', async () => {
    const { keeper } = setUp({ seed: {} });

    await keeper.adoptGrant(granted);

    expect(await keeper.getAccessToken()).toBe('AT-grant');
  });

  it('replaces a pair that was sealed with a key nobody has any more', async () => {
    const oaId = aNewOaId();
    const lostKey = createTokenStore(database.connection, {
      oaId,
      cipher: createTokenCipher('99'.repeat(32)),
    });
    const { keeper } = setUp({ oaId });
    await lostKey.seed({
      accessToken: 'AT-lost',
      source: 'seed',
      obtainedAt: NOW,
      refreshTokenIssuedAt: NOW,
    });

    await keeper.adoptGrant(granted);

    expect(await keeper.getAccessToken()).toBe('AT-grant');
  });

  it('that Zalo refused changes nothing', async () => {
    const { keeper } = setUp();

    await expect(keeper.adoptGrant({ kind: 'rejected', code: '-14003' })).rejects.toMatchObject({
      fields: { oauthCode: '-14003' },
    });
    expect(await keeper.getAccessToken()).toBe('AT-seed');
  });
});

describe('secrecy', () => {
  it('no token stands readable in the database, the former pair included', async () => {
    const { keeper, oaId } = setUp();
    onRefresh().reply(200, NEXT);
    await keeper.refreshIfDue();

    const row = await database.connection.collection<{ _id: string }>('zalo_tokens').findOne({ _id: oaId });

    expect(row).toHaveProperty('previous.accessToken');
    expect(JSON.stringify(row)).not.toMatch(/AT-|RT-/);
  });

  it('another ENCRYPTION_KEY says so instead of seeding again', async () => {
    const { keeper, oaId } = setUp();
    await keeper.getAccessToken();
    const cipher = createTokenCipher('77'.repeat(32));

    const store = createTokenStore(database.connection, { oaId, cipher });

    await expect(store.find()).rejects.toMatchObject({ code: 'config.encryption_key_wrong' });
  });

  it('no token, secret or foreign text reaches the log, whatever goes wrong', async () => {
    const { keeper, recorded, clock } = setUp({ clock: createFixedClock(NOW) });
    const reset = Object.assign(new Error('RT-seed'), { code: 'ECONNRESET' });
    const failures: ((on: () => nock.Interceptor) => unknown)[] = [
      (on) => on().reply(200, { error: 'AT-seed RT-seed', error_description: 'RT-seed' }),
      (on) => on().twice().reply(200, '<html>RT-seed</html>'),
      (on) => on().twice().replyWithError(reset),
      (on) => on().reply(200, NEXT),
    ];
    for (const fail of failures) {
      fail(onRefresh);
      await keeper.refreshAfterRejection('AT-seed').catch(() => undefined);
      clock.advance(11 * 60_000);
    }

    expect(await keeper.getAccessToken()).toBe('AT-2');
    expect(recorded.lines.length).toBeGreaterThan(3);
    expect(recorded.text()).not.toMatch(/AT-|RT-|appSecret/);
  });
});
