import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createFixedClock, type FixedClock } from '../../src/kernel/clock.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import { SendError, type SendFailure } from '../../src/kernel/sending.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { createOutboxStore } from '../../src/outbox/outbox-store.ts';
import { createOutboxWorker } from '../../src/outbox/outbox-worker.ts';
import { MAX_STRIKES, REPLY_LIFE_MS } from '../../src/outbox/outbox-rules.ts';
import { PRIORITY, type NewOutboxRow, type OutboxState } from '../../src/outbox/outbox.ts';
import type { LanePump } from '../../src/queue/lane-pump.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { OA_ID, RESIDENT_ID } from '../support/events.ts';
import { createRecordingSender, type RecordingSender } from '../support/recording-sender.ts';
import { until } from '../support/until.ts';

const LANE = `${OA_ID}:${RESIDENT_ID}`;
const SETTLE_MS = 15_000;
const CALL_LIMIT_MS = 30_000;
let database: TestDatabase;
let clock: FixedClock;
let sender: RecordingSender;
let workers: LanePump[];

beforeAll(async () => {
  database = await openTestDatabase();
  createOutboxStore(database.connection, createFixedClock(new Date()));
  await buildIndexes(database.connection);
});

afterAll(async () => {
  await database.drop();
});

beforeEach(async () => {
  await database.connection.collection('outbox').deleteMany({});
  clock = createFixedClock(new Date('2026-11-23T03:00:00Z'));
  sender = createRecordingSender(() => clock.now());
  workers = [];
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
});

function store() {
  return createOutboxStore(database.connection, clock);
}

function startWorker(): void {
  const worker = createOutboxWorker({
    store: store(),
    sender,
    clock,
    log: silentLogger,
    concurrency: 4,
    idleMs: 5,
    settleMs: SETTLE_MS,
    callLimitMs: CALL_LIMIT_MS,
    random: () => 0,
  });
  workers.push(worker);
  worker.start();
}

function aRow(parts: Partial<NewOutboxRow> = {}): NewOutboxRow {
  return {
    key: 'event-1:0',
    oaId: OA_ID,
    residentId: RESIDENT_ID,
    part: { text: 'Chào bác' },
    priority: PRIORITY.reply,
    order: 1,
    expiresAt: new Date(clock.now().getTime() + REPLY_LIFE_MS),
    ...parts,
  };
}

function fails(failure: SendFailure, retryAt?: Date): SendError {
  return new SendError('refused for the test', {
    code: `test.${failure}`,
    failure,
    ...(retryAt ? { retryAt } : {}),
  });
}

async function stateOf(key: string): Promise<OutboxState | undefined> {
  const doc = await database.connection
    .collection<{ _id: string; state: OutboxState }>('outbox')
    .findOne({ _id: key });
  return doc?.state;
}

async function untilState(key: string, state: OutboxState): Promise<void> {
  await until(`${key} is ${state}`, async () => (await stateOf(key)) === state);
}

describe('the outbox worker', () => {
  it('sends the messages of a resident in their order', async () => {
    await store().enqueue([
      aRow({ key: 'b', order: 2, part: { text: 'hai' } }),
      aRow({ key: 'a', order: 1, part: { text: 'một' } }),
      aRow({ key: 'c', order: 3, part: { text: 'ba' } }),
    ]);

    startWorker();
    await untilState('c', 'sent');

    expect(sender.delivered.map((each) => each.text)).toEqual(['một', 'hai', 'ba']);
  });

  it('sends an answer before an announcement that was queued earlier', async () => {
    await store().enqueue([
      aRow({ key: 'news', order: 1, priority: PRIORITY.broadcast, part: { text: 'thông báo' } }),
      aRow({ key: 'answer', order: 2, part: { text: 'trả lời' } }),
    ]);

    startWorker();
    await untilState('news', 'sent');

    expect(sender.delivered.map((each) => each.text)).toEqual(['trả lời', 'thông báo']);
  });

  it('sends a message once although the same turn queued it twice', async () => {
    await store().enqueue([aRow()]);
    await store().enqueue([aRow(), aRow({ key: 'event-1:1', order: 2, part: { text: 'Tiếp theo' } })]);

    startWorker();
    await untilState('event-1:1', 'sent');

    expect(sender.delivered.map((each) => each.text)).toEqual(['Chào bác', 'Tiếp theo']);
  });

  it('sends each message once although three workers run', async () => {
    const rows = Array.from({ length: 60 }, (_, n) =>
      aRow({
        key: `k${String(n)}`,
        residentId: String(7_000_000 + (n % 7)),
        order: n,
        part: { text: `tin ${String(n)}` },
      }),
    );
    await store().enqueue(rows);

    startWorker();
    startWorker();
    startWorker();
    await until('all are sent', async () => (await store().depth()).waiting === 0);

    expect(sender.delivered.map((each) => each.text).sort()).toEqual(rows.map((row) => row.part.text).sort());
  });

  it('tries again after a certain failure, later and later, and gives up in the end', async () => {
    for (let n = 0; n < MAX_STRIKES; n += 1) sender.failNext(fails('retry'));
    await store().enqueue([aRow()]);

    startWorker();
    await until('it gave up', async () => {
      clock.advance(60_000);
      return (await stateOf('event-1:0')) === 'dead';
    });

    expect(sender.calls).toBe(MAX_STRIKES);
    expect(sender.delivered).toEqual([]);
    expect(await store().listTrouble(10)).toMatchObject([{ key: 'event-1:0', failureCode: 'test.retry' }]);
  });

  it('sends nothing to anybody before the platform allows it again', async () => {
    const allowedAt = new Date(clock.now().getTime() + 60_000);
    sender.failNext(fails('rate_limited', allowedAt));
    await store().enqueue([aRow(), aRow({ key: 'other', residentId: '7120345566778899002' })]);

    startWorker();
    await until('the first call was refused', () => sender.calls >= 1);
    await until(
      'it waits again',
      async () => (await stateOf('event-1:0')) === 'waiting' || (await stateOf('other')) === 'waiting',
    );
    const callsWhilePaused = sender.calls;
    clock.set(allowedAt);
    await untilState('event-1:0', 'sent');
    await untilState('other', 'sent');

    expect(callsWhilePaused).toBeLessThanOrEqual(2);
    expect(sender.delivered).toHaveLength(2);
  });

  it('never sends again what the platform refused for this person, and goes on with the next', async () => {
    sender.failNext(fails('refused'));
    await store().enqueue([aRow(), aRow({ key: 'next', order: 2, part: { text: 'sau' } })]);

    startWorker();
    await untilState('next', 'sent');

    expect(await stateOf('event-1:0')).toBe('refused');
    expect(sender.delivered.map((each) => each.text)).toEqual(['sau']);
  });

  it('keeps a message while an operator has to mend something, and sends it afterwards', async () => {
    sender.failNext(fails('operator'));
    await store().enqueue([aRow()]);

    startWorker();
    await until('the call was refused', () => sender.calls === 1);
    await untilState('event-1:0', 'waiting');
    clock.advance(61_000);
    await untilState('event-1:0', 'sent');

    expect(sender.delivered).toHaveLength(1);
  });

  it('does not send an answer that nobody needs any more', async () => {
    await store().enqueue([aRow()]);
    clock.advance(REPLY_LIFE_MS + 1);

    startWorker();
    await untilState('event-1:0', 'expired');

    expect(sender.calls).toBe(0);
  });
});

describe('a call whose outcome is unknown', () => {
  it('is not repeated when the history shows the message', async () => {
    sender.failNext(fails('unknown'), { afterDelivery: true });
    await store().enqueue([aRow()]);

    startWorker();
    await untilState('event-1:0', 'checking');
    clock.advance(SETTLE_MS);
    await untilState('event-1:0', 'sent');

    expect(sender.delivered).toHaveLength(1);
  });

  it('is sent again when the history does not show it', async () => {
    sender.failNext(fails('unknown'));
    await store().enqueue([aRow()]);

    startWorker();
    await untilState('event-1:0', 'checking');
    clock.advance(SETTLE_MS);
    await untilState('event-1:0', 'sent');

    expect(sender.delivered).toHaveLength(1);
    expect(sender.calls).toBe(2);
  });

  it('does not take an earlier message with the same words for this one', async () => {
    await store().enqueue([aRow({ key: 'earlier', order: 1 })]);
    startWorker();
    await untilState('earlier', 'sent');

    sender.failNext(fails('unknown'));
    await store().enqueue([aRow({ key: 'again', order: 2 })]);
    await untilState('again', 'checking');
    clock.advance(SETTLE_MS);
    await untilState('again', 'sent');

    expect(sender.delivered).toHaveLength(2);
  });

  it('stays unknown, for a person to decide, when the history cannot be read', async () => {
    sender.failNext(fails('unknown'), { afterDelivery: true });
    sender.failHistory(fails('retry'), 100);
    await store().enqueue([aRow(), aRow({ key: 'next', order: 2, part: { text: 'sau' } })]);

    startWorker();
    await until('it is left to a person', async () => {
      clock.advance(60_000);
      return (await stateOf('event-1:0')) === 'unknown';
    });
    await untilState('next', 'sent');

    expect(sender.delivered.map((each) => each.text)).toEqual(['Chào bác', 'sau']);
  });

  it('is settled by the copy that the platform sends back', async () => {
    sender.failNext(fails('unknown'), { afterDelivery: true });
    await store().enqueue([aRow()]);
    startWorker();
    await untilState('event-1:0', 'checking');

    await store().settleByEchoes([{ lane: LANE, messageId: 'm1', text: 'Chào bác' }]);

    expect(await stateOf('event-1:0')).toBe('sent');
  });

  it('is checked, not repeated, when the worker died during the call', async () => {
    await store().enqueue([aRow()]);
    const [row] = await store().listOpen(LANE, 1);
    await store().claim(row!);
    await sender.send(RESIDENT_ID, { text: 'Chào bác' });
    clock.advance(CALL_LIMIT_MS);

    startWorker();
    await untilState('event-1:0', 'checking');
    clock.advance(SETTLE_MS);
    await untilState('event-1:0', 'sent');

    expect(sender.delivered).toHaveLength(1);
  });
});

describe('a worker that was stalled', () => {
  it('changes nothing about the attempt that another one has begun meanwhile', async () => {
    await store().enqueue([aRow()]);
    const [row] = await store().listOpen(LANE, 1);
    const stalled = await store().claim(row!);
    await store().markChecking(stalled!, clock.now(), 'outbox.worker_lost');
    const [checking] = await store().listOpen(LANE, 1);
    await store().putBack(checking!, clock.now(), 'outbox.not_delivered', true);
    const [again] = await store().listOpen(LANE, 1);
    await store().claim(again!);

    await store().putBack(stalled!, clock.now(), 'test.late', true);

    expect(await stateOf('event-1:0')).toBe('sending');
  });

  it('cannot claim a row that another one has claimed', async () => {
    await store().enqueue([aRow()]);
    const [row] = await store().listOpen(LANE, 1);

    const claims = await Promise.all(Array.from({ length: 20 }, () => store().claim(row!)));

    expect(claims.filter(Boolean)).toHaveLength(1);
  });
});

describe('dead letters of the outbox', () => {
  it('are sent once more when an operator says so', async () => {
    sender.failNext(fails('refused'));
    await store().enqueue([aRow()]);
    startWorker();
    await untilState('event-1:0', 'refused');

    const replayed = await store().replay('event-1:0', clock.now(), new Date(clock.now().getTime() + 60_000));
    await untilState('event-1:0', 'sent');

    expect(replayed).toBe(true);
    expect(await store().listTrouble(10)).toEqual([]);
  });

  it('cannot be replayed when they were sent', async () => {
    await store().enqueue([aRow()]);
    startWorker();
    await untilState('event-1:0', 'sent');

    expect(await store().replay('event-1:0', clock.now(), clock.now())).toBe(false);
  });
});
