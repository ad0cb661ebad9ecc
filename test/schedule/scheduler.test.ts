import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { validate } from 'node-cron';
import { createFixedClock } from '../../src/kernel/clock.ts';
import { silentLogger, type LogFields } from '../../src/kernel/logger.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { createTickStore, type TickStore } from '../../src/schedule/tick-store.ts';
import { listJobs } from '../../src/schedule/jobs.ts';
import type { InboxDepth, InboxStore } from '../../src/inbox/inbox-store.ts';
import type { OutboxStore } from '../../src/outbox/outbox.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let ticks: TickStore;

beforeAll(async () => {
  database = await openTestDatabase();
  ticks = createTickStore(database.connection);
  await buildIndexes(database.connection);
});

afterAll(async () => {
  await database.drop();
});

describe('a tick of a job', () => {
  const tick = new Date('2026-11-23T03:05:00Z');

  it('is taken by one of many processes', async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, () => ticks.claim('race', tick)));

    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('is not taken again, nor an older one, but the next one is', async () => {
    expect(await ticks.claim('job', tick)).toBe(true);
    expect(await ticks.claim('job', tick)).toBe(false);
    expect(await ticks.claim('job', new Date(tick.getTime() - 60_000))).toBe(false);
    expect(await ticks.claim('job', new Date(tick.getTime() + 60_000))).toBe(true);
  });
});

describe('the jobs', () => {
  const now = new Date('2026-11-23T03:05:00Z');
  const watch = async (incoming: InboxDepth, trouble: number): Promise<string[]> => {
    const lines: string[] = [];
    const note = (event: string, fields?: LogFields): void => {
      lines.push(`${event} ${JSON.stringify(fields)}`);
    };
    const jobs = listJobs({
      inbox: { depth: () => Promise.resolve(incoming) } as unknown as InboxStore,
      outbox: {
        depth: () => Promise.resolve({ waiting: 0, checking: 0, trouble }),
      } as unknown as OutboxStore,
      leases: { removeEndedBefore: () => Promise.resolve(0) },
      misunderstood: { removeExpired: () => Promise.resolve(0) },
      sessions: { dropMissesBefore: () => Promise.resolve() },
      refreshTokenIfDue: () => Promise.resolve(),
      clock: createFixedClock(now),
      log: { ...silentLogger, warn: note, error: note },
    });
    await jobs.find((job) => job.name === 'queues.watch')?.run();
    return lines;
  };

  it('have cron expressions that node-cron reads', () => {
    const jobs = listJobs({} as Parameters<typeof listJobs>[0]);

    expect(jobs.map((job) => [job.name, validate(job.cron)])).toEqual(jobs.map((job) => [job.name, true]));
  });

  it('say nothing on a good day', async () => {
    expect(await watch({ waiting: 3, dead: 0, oldestWaitingAt: new Date(now.getTime() - 1000) }, 0)).toEqual(
      [],
    );
  });

  it('raise an alarm when a resident has waited for five minutes', async () => {
    const lines = await watch({ waiting: 1, dead: 0, oldestWaitingAt: new Date(now.getTime() - 301_000) }, 0);

    expect(lines).toEqual(['queues.slow {"queue":"inbox","waitedMs":301000}']);
  });

  it('remind of dead letters', async () => {
    expect(await watch({ waiting: 0, dead: 2 }, 1)).toEqual(['queues.dead_letters {"inbox":2,"outbox":1}']);
  });
});
