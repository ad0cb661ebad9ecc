import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createInboxStore, laneOf, type InboxStore } from '../../src/inbox/inbox-store.ts';
import { newSession } from '../../src/conversation/turn.ts';
import { createFixedClock } from '../../src/kernel/clock.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { anIncoming, OA_ID, RESIDENT_ID } from '../support/events.ts';

const LANE = laneOf(OA_ID, RESIDENT_ID);
const clock = createFixedClock(new Date('2026-11-23T03:00:00Z'));
let database: TestDatabase;
let inbox: InboxStore;

beforeAll(async () => {
  database = await openTestDatabase();
  inbox = createInboxStore(database.connection, clock);
  await buildIndexes(database.connection);
});

afterAll(async () => {
  await database.drop();
});

beforeEach(async () => {
  await database.connection.collection('inbox').deleteMany({});
});

async function oldest() {
  return (await inbox.listOldest(LANE, 1))[0];
}

const outcome = { intent: 'greeting', reason: 'test', say: [], session: newSession(), effects: [] };

describe('the inbox', () => {
  it('stores the same event once, however often and fast it is delivered', async () => {
    const incoming = anIncoming({ key: 'same' });

    const answers = await Promise.all(Array.from({ length: 50 }, () => inbox.accept(incoming)));

    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'duplicate')).toHaveLength(49);
    expect((await inbox.depth()).waiting).toBe(1);
  });

  it('gives the oldest event by the time the resident wrote it, not by arrival', async () => {
    await inbox.accept(anIncoming({ key: 'later', sentAt: new Date('2026-11-23T02:59:02Z') }));
    await inbox.accept(anIncoming({ key: 'earlier', sentAt: new Date('2026-11-23T02:59:01Z') }));

    expect((await oldest())?.key).toBe('earlier');
  });

  it('brings an event back as it was: dates are dates and ids are strings', async () => {
    const incoming = anIncoming({ key: 'whole', text: 'Hồ sơ của bác 👍' });
    await inbox.accept(incoming);

    expect((await oldest())?.event).toEqual(incoming.event);
  });

  it('keeps the first outcome when two workers decide the same event', async () => {
    await inbox.accept(anIncoming({ key: 'twice' }));

    const [first, second] = await Promise.all([
      inbox.recordOutcome('twice', { outcome: { ...outcome, reason: 'a' }, firstOrder: 1 }),
      inbox.recordOutcome('twice', { outcome: { ...outcome, reason: 'b' }, firstOrder: 2 }),
    ]);

    expect(first).toEqual(second);
  });

  it('puts off the whole conversation when one event has to wait, so that order is kept', async () => {
    await inbox.accept(anIncoming({ key: 'first', sentAt: new Date('2026-11-23T02:59:01Z') }));
    await inbox.accept(anIncoming({ key: 'second', sentAt: new Date('2026-11-23T02:59:02Z') }));
    const row = await oldest();

    await inbox.postpone(row!, new Date(clock.now().getTime() + 5000), 'test.code');

    expect(await inbox.listReadyLanes([], 10)).toEqual([]);
    clock.advance(5000);
    expect(await inbox.listReadyLanes([], 10)).toEqual([LANE]);
    expect(await oldest()).toMatchObject({ key: 'first', attempts: 1 });
  });

  it('leaves out lanes that are being worked on', async () => {
    await inbox.accept(anIncoming({ key: 'a' }));
    await inbox.accept(anIncoming({ key: 'b', residentId: '7120345566778899002' }));

    expect(await inbox.listReadyLanes([LANE], 10)).toEqual([laneOf(OA_ID, '7120345566778899002')]);
  });

  it('keeps ignored events as a record that nobody works on', async () => {
    await inbox.accept({
      key: 'odd',
      eventName: 'brand_new_event',
      track: 'ignored',
      sentAt: clock.now(),
      retries: 0,
      ignoredBecause: 'unknown_event',
    });

    expect(await inbox.listReadyLanes([], 10)).toEqual([]);
    expect(
      await database.connection.collection('inbox').countDocuments({ ignoredBecause: 'unknown_event' }),
    ).toBe(1);
  });

  it('lists dead events and gives one back to be decided anew', async () => {
    await inbox.accept(anIncoming({ key: 'dead' }));
    await inbox.recordOutcome('dead', { outcome, firstOrder: 1 });
    await inbox.finish('dead', 'dead');

    expect(await inbox.listDead(10)).toMatchObject([{ key: 'dead' }]);
    expect(await inbox.replayDead('dead')).toBe(true);
    const row = await oldest();
    expect(row).toMatchObject({ key: 'dead', generation: 1, attempts: 0 });
    expect(row?.decided).toBeUndefined();
  });

  it('refuses to replay an event that is not dead', async () => {
    await inbox.accept(anIncoming({ key: 'alive' }));

    expect(await inbox.replayDead('alive')).toBe(false);
    expect(await inbox.replayDead('no such key')).toBe(false);
  });
});
