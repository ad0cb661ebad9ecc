import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createFixedClock, type FixedClock } from '../../src/kernel/clock.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { createLeaseStore, type LeaseStore } from '../../src/mongo/lease-store.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const START = new Date('2026-11-24T01:00:00Z');
const MINUTE_MS = 60_000;

let database: TestDatabase;
let clock: FixedClock;
let leases: LeaseStore;

beforeAll(async () => {
  database = await openTestDatabase();
  clock = createFixedClock(START);
  leases = createLeaseStore(database.connection, clock);
  await buildIndexes(database.connection);
});

beforeEach(async () => {
  clock.set(START);
  await database.connection.collection('leases').deleteMany({});
});

afterAll(() => database.drop());

async function acquired(name: string, owner: string) {
  const lease = await leases.acquire(name, owner, MINUTE_MS);
  if (!lease) throw new Error(`${owner} did not get ${name}`);
  return lease;
}

async function acquireTogether(name: string, count: number) {
  const owners = Array.from({ length: count }, (_, number) => `process-${String(number)}`);
  const leasesGiven = await Promise.all(owners.map((owner) => leases.acquire(name, owner, MINUTE_MS)));
  return leasesGiven.filter((lease) => lease !== undefined);
}

describe('a lease', () => {
  it('goes to exactly one of twenty processes that ask at once', async () => {
    const given = await acquireTogether('token-refresh', 20);

    expect(given).toHaveLength(1);
  });

  it('goes to exactly one of twenty when the last holder let it run out', async () => {
    const first = await acquired('token-refresh', 'dead');
    clock.advance(MINUTE_MS);

    const given = await acquireTogether('token-refresh', 20);

    expect(given).toHaveLength(1);
    expect(given[0]?.token).toBe(first.token + 1);
  });

  it('is refused while somebody holds it, to its own holder as well', async () => {
    await acquired('cron:digest', 'worker-1');

    expect(await leases.acquire('cron:digest', 'worker-2', MINUTE_MS)).toBeUndefined();
    expect(await leases.acquire('cron:digest', 'worker-1', MINUTE_MS)).toBeUndefined();
  });

  it('does not stand in the way of a lease with another name', async () => {
    await acquired('cron:digest', 'worker-1');

    expect(await acquired('cron:sweep', 'worker-2')).toMatchObject({ owner: 'worker-2' });
  });

  it('lasts longer when it is renewed', async () => {
    const lease = await acquired('cron:digest', 'worker-1');
    clock.advance(MINUTE_MS - 1);

    expect(await leases.renew(lease, MINUTE_MS)).toBe(true);

    clock.advance(MINUTE_MS - 1);
    expect(await leases.acquire('cron:digest', 'worker-2', MINUTE_MS)).toBeUndefined();
  });

  it('cannot be renewed by a holder who was late and has a successor', async () => {
    const late = await acquired('cron:digest', 'worker-1');
    clock.advance(MINUTE_MS);
    await acquired('cron:digest', 'worker-2');

    expect(await leases.renew(late, MINUTE_MS)).toBe(false);
  });

  it('can be taken at once when it was released, with a higher token', async () => {
    const first = await acquired('cron:digest', 'worker-1');
    await leases.release(first);

    const second = await acquired('cron:digest', 'worker-2');

    expect(second.token).toBeGreaterThan(first.token);
    expect(await leases.renew(first, MINUTE_MS)).toBe(false);
  });

  it('stays with the successor when the late holder releases', async () => {
    const late = await acquired('cron:digest', 'worker-1');
    clock.advance(MINUTE_MS);
    const successor = await acquired('cron:digest', 'worker-2');

    await leases.release(late);

    expect(await leases.renew(successor, MINUTE_MS)).toBe(true);
  });

  it('is forgotten some time after it ended, and not while it is held', async () => {
    await acquired('outbox:1:2', 'worker-1');
    clock.advance(MINUTE_MS);
    const held = await acquired('outbox:1:3', 'worker-1');

    expect(await leases.removeEndedBefore(new Date(clock.now().getTime() + 1))).toBe(1);

    expect(await leases.renew(held, MINUTE_MS)).toBe(true);
  });
});
