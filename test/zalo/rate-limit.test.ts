import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRateLimit } from '../../src/zalo/rate-limit-store.ts';
import {
  fullAtAfterTake,
  fullAtWhenDrained,
  judgeTake,
  type BucketLimits,
} from '../../src/zalo/token-bucket.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { aNewOaId } from './api-setup.ts';

const START = Date.parse('2026-11-23T03:00:00.000Z');
const anyLimits = fc.record({
  perMinute: fc.integer({ min: 1, max: 2000 }),
  burst: fc.integer({ min: 1, max: 50 }),
});
const anyTimes = fc
  .array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 200 })
  .map((gaps) => gaps.reduce<number[]>((times, gap) => [...times, (times.at(-1) ?? START) + gap], []));

function grantedTimes(times: readonly number[], limits: BucketLimits): number[] {
  let fullAtMs = START;
  return times.filter((nowMs) => {
    const { ok } = judgeTake(fullAtMs, nowMs, limits);
    fullAtMs = fullAtAfterTake(fullAtMs, nowMs, limits);
    return ok;
  });
}

describe('the rule of the token bucket', () => {
  it('grants in no stretch of time more than the burst and what that time earns', () => {
    fc.assert(
      fc.property(anyTimes, anyLimits, (times, limits) => {
        const granted = grantedTimes(times, limits);

        granted.forEach((from, first) => {
          const last = granted.length - 1;
          const spanMs = (granted[last] ?? from) - from;
          const earned = (spanMs * limits.perMinute) / 60_000;
          expect(last - first + 1).toBeLessThanOrEqual(limits.burst + earned + 1e-6);
        });
      }),
    );
  });

  it('keeps its promise: a refused call is granted at the time it names, and not before', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60_000, max: 600_000 }), anyLimits, (aheadMs, limits) => {
        const fullAtMs = START + aheadMs;
        const result = judgeTake(fullAtMs, START, limits);
        fc.pre(!result.ok);

        const retryAtMs = result.retryAt.getTime();
        expect(retryAtMs).toBeGreaterThan(START);
        expect(judgeTake(fullAtMs, retryAtMs, limits).ok).toBe(true);
        expect(judgeTake(fullAtMs, retryAtMs - 1, limits).ok).toBe(false);
      }),
    );
  });

  it('gives the first one exactly when a drained bucket opens again', () => {
    const until = new Date(START + 30_000);
    const limits = { perMinute: 60, burst: 40 };
    const fullAtMs = fullAtWhenDrained(until, limits);

    expect(judgeTake(fullAtMs, START, limits)).toEqual({ ok: false, retryAt: until });
    expect(judgeTake(fullAtMs, until.getTime(), limits)).toEqual({ ok: true });
  });
});

describe('the budget shared by all processes', () => {
  let first: TestDatabase;
  beforeAll(async () => {
    first = await openTestDatabase();
  });
  afterAll(async () => {
    await first.drop();
  });

  it('is never exceeded by 50 processes asking at the same moment', async () => {
    const oaId = aNewOaId();
    const takers = Array.from({ length: 50 }, () =>
      createRateLimit(first.connection, { oaId, perMinute: 60, burst: 20 }),
    );

    const results = await Promise.all(takers.map((taker) => taker.take(new Date(START))));

    expect(results.filter(({ ok }) => ok)).toHaveLength(20);
  });

  it('says when the next call may go, and keeps its word', async () => {
    const limit = createRateLimit(first.connection, { oaId: aNewOaId(), perMinute: 60, burst: 1 });
    await limit.take(new Date(START));

    const refused = await limit.take(new Date(START + 400));
    const granted = await limit.take(new Date(START + 1000));

    expect(refused).toEqual({ ok: false, retryAt: new Date(START + 1000) });
    expect(granted).toEqual({ ok: true });
  });

  it('does not save up while nobody calls', async () => {
    const limit = createRateLimit(first.connection, { oaId: aNewOaId(), perMinute: 60, burst: 3 });
    await limit.take(new Date(START));
    const anHourLater = new Date(START + 3_600_000);
    const results = [];
    for (let n = 0; n < 5; n += 1) results.push((await limit.take(anHourLater)).ok);

    expect(results).toEqual([true, true, true, false, false]);
  });

  it('follows the rule step by step, whatever the times and limits', async () => {
    const tightLimits = fc.record({
      perMinute: fc.integer({ min: 20, max: 90 }),
      burst: fc.integer({ min: 1, max: 3 }),
    });
    const denseTimes = fc
      .array(fc.constantFrom(0, 0, 1, 300, 700, 1000, 5000), { minLength: 20, maxLength: 40 })
      .map((gaps) => gaps.reduce<number[]>((times, gap) => [...times, (times.at(-1) ?? START) + gap], []));

    await fc.assert(
      fc.asyncProperty(denseTimes, tightLimits, async (times, limits) => {
        const limit = createRateLimit(first.connection, { oaId: aNewOaId(), ...limits });
        const granted: number[] = [];
        for (const time of times) if ((await limit.take(new Date(time))).ok) granted.push(time);

        expect(granted).toEqual(grantedTimes(times, limits));
      }),
      { numRuns: 15 },
    );
  });

  it('lets nobody call before the next minute once Zalo has refused', async () => {
    const oaId = aNewOaId();
    const until = new Date(START + 20_000);
    const here = createRateLimit(first.connection, { oaId, perMinute: 60 });
    const there = createRateLimit(first.connection, { oaId, perMinute: 60 });

    await here.drainUntil(until);

    expect(await there.take(new Date(START))).toEqual({ ok: false, retryAt: until });
    expect(await there.take(until)).toEqual({ ok: true });
  });

  it('keeps pages apart', async () => {
    const busy = createRateLimit(first.connection, { oaId: aNewOaId(), perMinute: 1, burst: 1 });
    const idle = createRateLimit(first.connection, { oaId: aNewOaId(), perMinute: 1, burst: 1 });
    await busy.take(new Date(START));

    expect(await idle.take(new Date(START))).toEqual({ ok: true });
  });

  it('gives 40 at once at the default of 60 a minute, so that no minute holds more than 100', async () => {
    const limit = createRateLimit(first.connection, { oaId: aNewOaId(), perMinute: 60 });
    let granted = 0;
    for (let ms = 0; ms < 60_000; ms += 500) if ((await limit.take(new Date(START + ms))).ok) granted += 1;
    for (let n = 0; n < 50; n += 1) if ((await limit.take(new Date(START + 60_000))).ok) granted += 1;

    expect(granted).toBeLessThanOrEqual(101);
    expect(granted).toBeGreaterThanOrEqual(99);
  });

  it.each([0, undefined])('is switched off by %p', async (perMinute) => {
    const limit = createRateLimit(first.connection, { oaId: aNewOaId(), perMinute });
    await limit.drainUntil(new Date(START + 60_000));

    const results = await Promise.all(Array.from({ length: 200 }, () => limit.take(new Date(START))));

    expect(results.every(({ ok }) => ok)).toBe(true);
  });

  it('says honestly that the database is away', async () => {
    const gone = await openTestDatabase();
    const limit = createRateLimit(gone.connection, { oaId: aNewOaId(), perMinute: 60 });
    await gone.drop();

    await expect(limit.take(new Date(START))).rejects.toMatchObject({
      code: 'zalo.rate_limit_store',
      retryable: true,
    });
  });
});
