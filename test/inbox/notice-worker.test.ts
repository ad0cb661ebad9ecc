import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createInboxStore, laneOf } from '../../src/inbox/inbox-store.ts';
import { createNoticeWorker } from '../../src/inbox/notice-worker.ts';
import { createFixedClock } from '../../src/kernel/clock.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import type { EventContent } from '../../src/kernel/messages.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { createOutboxStore } from '../../src/outbox/outbox-store.ts';
import { PRIORITY } from '../../src/outbox/outbox.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { anIncoming, OA_ID, RESIDENT_ID } from '../support/events.ts';
import { until } from '../support/until.ts';

const LANE = laneOf(OA_ID, RESIDENT_ID);
const clock = createFixedClock(new Date('2026-11-23T03:00:00Z'));
/** Of `anIncoming`. */
const SENT_AT = new Date('2026-11-23T03:00:00Z');
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  build();
  await buildIndexes(database.connection);
});

afterAll(async () => {
  await database.drop();
});

function build() {
  return {
    inbox: createInboxStore(database.connection, clock),
    outbox: createOutboxStore(database.connection, clock),
  };
}

/** Queues a message and begins its call; earlier ones are taken out of the way. */
async function beginCall(key: string, text: string): Promise<void> {
  await database.connection.collection('outbox').deleteMany({ open: true });
  const { outbox } = build();
  const expiresAt = new Date(clock.now().getTime() + 60_000);
  await outbox.enqueue([
    {
      key,
      oaId: OA_ID,
      residentId: RESIDENT_ID,
      part: { text },
      priority: PRIORITY.reply,
      order: 1,
      expiresAt,
    },
  ]);
  const [row] = await outbox.listOpen(LANE, 1);
  await outbox.claim(row!);
}

/** Accepts the notices and runs the worker until none is left. */
async function work(...contents: readonly EventContent[]): Promise<void> {
  const { inbox, outbox } = build();
  for (const content of contents) await inbox.accept({ ...anIncoming({ content }), track: 'notice' });
  const worker = createNoticeWorker({ store: inbox, outbox, log: silentLogger, idleMs: 5 });
  worker.start();
  clock.advance(1000);
  await until('all notices are done', async () => (await inbox.depth()).waiting === 0);
  await worker.stop();
}

async function stored(key: string): Promise<unknown> {
  return database.connection.collection<{ _id: string }>('outbox').findOne({ _id: key });
}

describe('notices from the platform', () => {
  it("the page's own copy proves that an unfinished call was delivered", async () => {
    await beginCall('open-call', 'Chào bác');

    await work({ kind: 'echo', messageId: 'zalo-1', text: 'Chào bác' });

    expect(await stored('open-call')).toMatchObject({ state: 'sent', messageId: 'zalo-1' });
  });

  it('a copy of other words, or of a message known already, settles nothing', async () => {
    await beginCall('other-words', 'Hồ sơ đã xong');

    await work(
      { kind: 'echo', messageId: 'zalo-2', text: 'Chào cô' },
      { kind: 'echo', messageId: 'zalo-1', text: 'Hồ sơ đã xong' },
    );

    expect(await stored('other-words')).toMatchObject({ state: 'sending' });
  });

  it('receipts are noted on the message, the earliest time wins', async () => {
    await beginCall('receipt', 'Mời bác đến nhận');
    const [row] = await build().outbox.listOpen(LANE, 1);
    await build().outbox.markSent(row!, 'zalo-3');

    await work(
      { kind: 'receipt', receipt: 'delivered', messageIds: ['zalo-3'] },
      { kind: 'receipt', receipt: 'seen', messageIds: ['zalo-3', 'of-somebody-else'] },
    );

    expect(await stored('receipt')).toMatchObject({ deliveredAt: SENT_AT, seenAt: SENT_AT });
  });

  it('say nothing to the resident', async () => {
    await work({ kind: 'reaction', messageId: 'zalo-3', icon: '/-heart' });

    expect(await build().outbox.listOpen(LANE, 10)).not.toContainEqual(
      expect.objectContaining({ state: 'waiting' }),
    );
  });
});
