import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDispatcher, MAX_DECIDE_ATTEMPTS } from '../../src/conversation/dispatcher.ts';
import { createSessionStore } from '../../src/conversation/session-store.ts';
import {
  FAILURE_REASON,
  type Conversation,
  type Turn,
  type TurnOutcome,
} from '../../src/conversation/turn.ts';
import { createInboxStore, laneOf } from '../../src/inbox/inbox-store.ts';
import { createInboxWorker } from '../../src/inbox/inbox-worker.ts';
import { createFixedClock, type FixedClock } from '../../src/kernel/clock.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { createOutboxStore } from '../../src/outbox/outbox-store.ts';
import type { LanePump } from '../../src/queue/lane-pump.ts';
import { createResidentStore } from '../../src/residents/resident-store.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { anIncoming, OA_ID, RESIDENT_ID } from '../support/events.ts';
import { until } from '../support/until.ts';

const LANE = laneOf(OA_ID, RESIDENT_ID);
const START = new Date('2026-11-23T03:00:00Z');
let database: TestDatabase;
let clock: FixedClock = createFixedClock(START);
let workers: LanePump[];

beforeAll(async () => {
  database = await openTestDatabase();
  build(echoing());
  await buildIndexes(database.connection);
});

afterAll(async () => {
  await database.drop();
});

beforeEach(async () => {
  clock = createFixedClock(START);
  workers = [];
  for (const name of ['inbox', 'outbox', 'sessions', 'effects_seen']) {
    await database.connection.collection(name).deleteMany({});
  }
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
});

/** Answers every text with itself and counts the turns in the session's `misunderstood`. */
function echoing(decide?: (turn: Turn) => TurnOutcome): Conversation {
  const answer = (turn: Turn, text: string, reason: string): TurnOutcome => ({
    intent: 'greeting',
    reason,
    say: [{ text }],
    session: { ...turn.session, misunderstood: turn.session.misunderstood + 1 },
    effects: [],
  });
  return {
    decide: (turn) => {
      if (decide) return Promise.resolve(decide(turn));
      return Promise.resolve(
        answer(turn, turn.content.kind === 'text' ? turn.content.text : turn.content.kind, 'test'),
      );
    },
    apologise: (turn) => answer(turn, 'xin lỗi', FAILURE_REASON),
  };
}

function build(conversation: Conversation) {
  const { connection } = database;
  const inbox = createInboxStore(connection, clock);
  const outbox = createOutboxStore(connection, clock);
  const sessions = createSessionStore(connection, clock);
  const dispatcher = createDispatcher({
    conversation,
    inbox,
    outbox,
    sessions,
    residents: createResidentStore(connection),
    applyEffect: async (effect, _event, key) => {
      await connection
        .collection<{ _id: string }>('effects_seen')
        .updateOne({ _id: key }, { $set: { kind: effect.kind } }, { upsert: true });
    },
    toParts: (message) => [message],
    clock,
    log: silentLogger,
  });
  return { inbox, outbox, sessions, dispatcher };
}

function start(parts: ReturnType<typeof build>): void {
  const worker = createInboxWorker({
    store: parts.inbox,
    sessions: parts.sessions,
    dispatcher: parts.dispatcher,
    clock,
    log: silentLogger,
    concurrency: 4,
    idleMs: 5,
    leaseMs: 30_000,
  });
  workers.push(worker);
  worker.start();
}

async function said(parts: ReturnType<typeof build>, lane = LANE): Promise<string[]> {
  const rows = await parts.outbox.listOpen(lane, 1000);
  return rows.map((row) => row.part.text);
}

async function untilQuiet(parts: ReturnType<typeof build>): Promise<void> {
  await until('no event is waiting', async () => (await parts.inbox.depth()).waiting === 0);
}

describe('the inbox worker', () => {
  it('answers the messages of a resident one by one, in the order they were written', async () => {
    const parts = build(echoing());
    for (const n of [3, 1, 5, 2, 4]) {
      await parts.inbox.accept(
        anIncoming({ text: `tin ${String(n)}`, sentAt: new Date(START.getTime() + n * 1000) }),
      );
    }

    start(parts);
    await untilQuiet(parts);

    expect(await said(parts)).toEqual(['tin 1', 'tin 2', 'tin 3', 'tin 4', 'tin 5']);
    expect(await parts.sessions.find(LANE)).toMatchObject({ misunderstood: 5 });
  });

  it('answers everybody once although three workers run', async () => {
    const parts = build(echoing());
    const residents = Array.from({ length: 9 }, (_, n) => String(7_120_345 + n));
    for (let n = 0; n < 45; n += 1) {
      const residentId = residents[n % residents.length] ?? '';
      await parts.inbox.accept(
        anIncoming({ residentId, text: String(n), sentAt: new Date(START.getTime() + n) }),
      );
    }

    start(parts);
    start(parts);
    start(parts);
    await untilQuiet(parts);

    for (const [n, residentId] of residents.entries()) {
      expect(await said(parts, laneOf(OA_ID, residentId))).toEqual(
        [0, 1, 2, 3, 4].map((k) => String(n + k * 9)),
      );
    }
  });

  it('tries again when deciding fails, and then answers', async () => {
    let failures = 2;
    const parts = build({
      ...echoing(),
      decide: async (turn) => {
        failures -= 1;
        if (failures >= 0) throw new Error('database away');
        return echoing().decide(turn);
      },
    });
    await parts.inbox.accept(anIncoming({ text: 'bác hỏi' }));

    start(parts);
    await until('it was answered', async () => {
      clock.advance(10_000);
      return (await said(parts)).length === 1;
    });

    expect(await said(parts)).toEqual(['bác hỏi']);
  });

  it('apologises and keeps the event as a dead letter when deciding fails for good', async () => {
    let tries = 0;
    const parts = build({
      ...echoing(),
      decide: () => {
        tries += 1;
        return Promise.reject(new Error('a bug'));
      },
    });
    await parts.inbox.accept(anIncoming({ key: 'poison' }));

    start(parts);
    await until('it was given up on', async () => {
      clock.advance(10_000);
      return (await parts.inbox.listDead(10)).length === 1;
    });

    expect(tries).toBe(MAX_DECIDE_ATTEMPTS);
    expect(await said(parts)).toEqual(['xin lỗi']);
  });

  it('answers a replayed dead letter with new messages', async () => {
    let broken = true;
    const parts = build({
      ...echoing(),
      decide: (turn) => (broken ? Promise.reject(new Error('a bug')) : echoing().decide(turn)),
    });
    await parts.inbox.accept(anIncoming({ key: 'poison', text: 'bác hỏi' }));
    start(parts);
    await until('it was given up on', async () => {
      clock.advance(10_000);
      return (await parts.inbox.listDead(10)).length === 1;
    });

    broken = false;
    await parts.inbox.replayDead('poison');
    await untilQuiet(parts);

    expect(await said(parts)).toEqual(['xin lỗi', 'bác hỏi']);
  });
});

describe('the reply window', () => {
  it('counts from the last message, however long and lively the conversation', async () => {
    const parts = build(echoing());
    const residents = createResidentStore(database.connection);
    start(parts);

    for (let minute = 0; minute <= 60; minute += 4) {
      const sentAt = new Date(START.getTime() + minute * 60_000);
      await parts.inbox.accept(anIncoming({ residentId: '7120345566778899777', text: 'dạ', sentAt }));
      await untilQuiet(parts);
    }

    const noted = (await residents.find(OA_ID, '7120345566778899777'))?.lastInteractionAt?.getTime() ?? 0;
    expect(noted).toBeGreaterThan(START.getTime() + 50 * 60_000);
  });
});

describe('a turn that was interrupted', () => {
  const decided = (text: string): TurnOutcome => ({
    intent: 'human',
    reason: 'test',
    say: [{ text: `${text} 1` }, { text: `${text} 2` }],
    session: { version: 1, language: 'vi', misunderstood: 7 },
    effects: [{ kind: 'escalation.open', reason: 'asked' }],
  });

  it('is finished with the outcome that was stored, not decided anew', async () => {
    const parts = build(echoing(() => decided('mới')));
    await parts.inbox.accept(anIncoming({ key: 'event' }));
    await parts.inbox.recordOutcome('event', { outcome: decided('cũ'), firstOrder: 1 });

    start(parts);
    await untilQuiet(parts);

    expect(await said(parts)).toEqual(['cũ 1', 'cũ 2']);
    expect(await parts.sessions.find(LANE)).toMatchObject({ misunderstood: 7 });
  });

  it('is finished before an event that was written earlier and came later', async () => {
    const parts = build(echoing());
    await parts.inbox.accept(
      anIncoming({ key: 'late', text: 'hai', sentAt: new Date(START.getTime() + 2000) }),
    );
    await parts.inbox.recordOutcome('late', { outcome: decided('hai'), firstOrder: 1 });
    await parts.inbox.accept(
      anIncoming({ key: 'early', text: 'một', sentAt: new Date(START.getTime() + 1000) }),
    );

    start(parts);
    await untilQuiet(parts);

    expect(await said(parts)).toEqual(['hai 1', 'hai 2', 'một']);
    // The later decision was made on top of the earlier one, not the other way round.
    expect(await parts.sessions.find(LANE)).toMatchObject({ misunderstood: 8 });
  });

  it('says nothing twice when everything but the last mark was done', async () => {
    const parts = build(echoing(() => decided('cũ')));
    await parts.inbox.accept(anIncoming({ key: 'event' }));
    const held = await parts.sessions.acquire(LANE, 30_000);
    const [row] = await parts.inbox.listOldest(LANE, 1);
    await parts.dispatcher.run(row!, held!, 'release');
    await parts.sessions.release(held!);
    await database.connection.collection('inbox').updateMany({}, { $set: { state: 'waiting' } });

    start(parts);
    await untilQuiet(parts);

    expect(await said(parts)).toEqual(['cũ 1', 'cũ 2']);
    expect(await database.connection.collection('effects_seen').countDocuments({})).toBe(1);
  });

  it('cannot overwrite the session when its lease was taken over meanwhile', async () => {
    const parts = build(echoing(() => decided('cũ')));
    await parts.inbox.accept(anIncoming({ key: 'event' }));
    const [row] = await parts.inbox.listOldest(LANE, 1);
    const stalled = await parts.sessions.acquire(LANE, 1000);
    clock.advance(2000);
    const other = await parts.sessions.acquire(LANE, 30_000);
    await parts.sessions.save({ ...other!, state: { version: 1, language: 'en', misunderstood: 0 } }, 'keep');

    const result = await parts.dispatcher.run(row!, stalled!, 'release');

    expect(result).toBeUndefined();
    expect(await parts.sessions.find(LANE)).toMatchObject({ language: 'en' });
  });

  it('keeps others out of the conversation until the lease runs out', async () => {
    const parts = build(echoing());
    await parts.sessions.acquire(LANE, 30_000);

    expect(await parts.sessions.acquire(LANE, 30_000)).toBeUndefined();
    clock.advance(30_000);
    expect(await parts.sessions.acquire(LANE, 30_000)).toBeDefined();
  });
});
