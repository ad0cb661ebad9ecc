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

async function sendOne(key: string, text: string): Promise<void> {
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
  await outbox.markSending(key);
}

/** Accepts the notices and runs the worker until none is left. */
async function work(...contents: readonly EventContent[]): Promise<void> {
  const { inbox, outbox } = build();
  for (const content of contents) await inbox.accept({ ...anIncoming({ content }), track: 'notice' });
  const worker = createNoticeWorker({ store: inbox, outbox, log: silentLogger, idleMs: 5 });
  worker.start();
  await until('all notices are done', async () => (await inbox.depth()).waiting === 0);
  await worker.stop();
}

async function row(key: string): Promise<unknown> {
  return database.connection.collection<{ _id: string }>('outbox').findOne({ _id: key });
}

describe('notices from the platform', () => {
  it("the page's own copy proves that an unfinished call was delivered", async () => {
    await sendOne('open-call', 'Chào bác');

    await work({ kind: 'echo', messageId: 'zalo-1', text: 'Chào bác' });

    expect(await row('open-call')).toMatchObject({ state: 'sent', messageId: 'zalo-1' });
  });

  it('a copy of other words, or of a message known already, settles nothing', async () => {
    await sendOne('other-words', 'Hồ sơ đã xong');

    await work(
      { kind: 'echo', messageId: 'zalo-2', text: 'Chào cô' },
      { kind: 'echo', messageId: 'zalo-1', text: 'Hồ sơ đã xong' },
    );

    expect(await row('other-words')).toMatchObject({ state: 'sending' });
  });

  it('receipts are noted on the message, the earliest time wins', async () => {
    await sendOne('receipt', 'Mời bác đến nhận');
    await build().outbox.markSent('receipt', 'zalo-3');

    await work(
      { kind: 'receipt', receipt: 'delivered', messageIds: ['zalo-3'] },
      { kind: 'receipt', receipt: 'seen', messageIds: ['zalo-3', 'of-somebody-else'] },
    );

    expect(await row('receipt')).toMatchObject({ deliveredAt: clock.now(), seenAt: clock.now() });
  });

  it('say nothing to the resident', async () => {
    await work({ kind: 'reaction', messageId: 'zalo-3', icon: '/-heart' });

    expect(await build().outbox.listOpen(LANE, 10)).not.toContainEqual(
      expect.objectContaining({ state: 'waiting' }),
    );
  });
});
