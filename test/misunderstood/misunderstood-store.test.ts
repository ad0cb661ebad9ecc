import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSessionStore } from '../../src/conversation/session-store.ts';
import { newSession } from '../../src/conversation/turn.ts';
import { createFixedClock } from '../../src/kernel/clock.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import type { Lesson } from '../../src/misunderstood/misunderstood.ts';
import {
  createLabellingStore,
  createMisunderstoodStore,
} from '../../src/misunderstood/misunderstood-store.ts';
import { createPseudonyms } from '../../src/misunderstood/pseudonyms.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { listJobs, type JobDeps } from '../../src/schedule/jobs.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const OA = '1234567890123456789';
const RESIDENT = '9876543210987654321';
const NEIGHBOUR = '9876543210987654322';
/** Far ahead: a real server removes what has expired by its own clock. */
const DAY = '2126-11-24';

let database: TestDatabase;
let store: ReturnType<typeof createMisunderstoodStore>;
let labelling: ReturnType<typeof createLabellingStore>;

beforeAll(async () => {
  database = await openTestDatabase();
  store = createMisunderstoodStore(database.connection, createPseudonyms('ab'.repeat(32)));
  labelling = createLabellingStore(database.connection);
  await buildIndexes(database.connection);
});

beforeEach(() => database.connection.collection('misunderstood').deleteMany({}));

afterAll(() => database.drop());

function aLesson(changes: Partial<Lesson> = {}): Lesson {
  return {
    key: `message:${OA}:${RESIDENT}:1`,
    text: 'chị [tên] hỏi cái sổ kia',
    language: 'vi',
    day: DAY,
    guesses: [{ intent: 'procedure_info', confidence: 0.4 }],
    reason: 'clarify',
    ...changes,
  };
}

async function textsLeft(): Promise<readonly string[]> {
  return (await labelling.list()).map(({ text }) => text);
}

describe('a misunderstood message', () => {
  it('is listed with what staff need and nothing that leads to the resident', async () => {
    await store.keep(aLesson(), OA, RESIDENT);

    const [row, ...others] = await labelling.list();

    expect(others).toEqual([]);
    expect(row).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{12}$/) as unknown,
      text: 'chị [tên] hỏi cái sổ kia',
      language: 'vi',
      day: DAY,
      guesses: [{ intent: 'procedure_info', confidence: 0.4 }],
      reason: 'clarify',
    });
  });

  it('is stored without the resident’s id, the event’s key or a time of day', async () => {
    await store.keep(aLesson(), OA, RESIDENT);

    const stored = await database.connection.collection('misunderstood').findOne({});

    expect(JSON.stringify(stored)).not.toMatch(new RegExp(`${RESIDENT}|${OA}|message:`));
    // Midnight in Vietnam, thirty days later.
    expect(stored?.['expiresAt']).toEqual(new Date('2126-12-23T17:00:00Z'));
  });

  it('is kept once when its turn is applied again', async () => {
    await Promise.all(Array.from({ length: 10 }, () => store.keep(aLesson(), OA, RESIDENT)));
    await store.keep(aLesson({ text: 'khác' }), OA, RESIDENT);

    expect(await textsLeft()).toEqual(['chị [tên] hỏi cái sổ kia']);
  });

  it('learns what the resident chose next, and stays as it was when it is gone', async () => {
    await store.keep(aLesson(), OA, RESIDENT);
    await store.choose(aLesson().key, 'vneid_help');
    await store.choose('another', 'greeting');

    expect(await labelling.list()).toMatchObject([{ chosen: 'vneid_help' }]);
  });

  it('goes when what followed shows that it must not be kept', async () => {
    await store.keep(aLesson(), OA, RESIDENT);
    await store.drop(aLesson().key);

    expect(await textsLeft()).toEqual([]);
  });

  it('takes a label, and a better one later', async () => {
    await store.keep(aLesson(), OA, RESIDENT);
    const [{ id } = { id: '' }] = await labelling.list();
    const at = new Date('2126-11-25T02:00:00Z');

    expect(await labelling.label(id, { intent: 'procedure_info', group: 'khai-sinh' }, at)).toBe(true);
    expect(await labelling.label(id, { intent: 'contact_info' }, at)).toBe(true);

    expect((await labelling.find(id))?.label).toEqual({ intent: 'contact_info', at });
    expect(await labelling.label('0', { intent: 'contact_info' }, at)).toBe(false);
    expect(await labelling.find('0')).toBeUndefined();
  });

  it('can be removed by staff', async () => {
    await store.keep(aLesson(), OA, RESIDENT);
    const [{ id } = { id: '' }] = await labelling.list();

    expect(await labelling.remove(id)).toBe(true);
    expect(await labelling.remove(id)).toBe(false);
  });
});

describe('a resident who no longer agrees', () => {
  it('leaves no row, and the neighbour’s rows stay', async () => {
    await store.keep(aLesson({ key: '1' }), OA, RESIDENT);
    await store.keep(aLesson({ key: '2' }), OA, RESIDENT);
    await store.keep(aLesson({ key: '3', text: 'của hàng xóm' }), OA, NEIGHBOUR);

    expect(await store.eraseResident(OA, RESIDENT)).toBe(2);
    expect(await store.eraseResident(OA, RESIDENT)).toBe(0);
    expect(await textsLeft()).toEqual(['của hàng xóm']);
  });

  it('is somebody else on another page', async () => {
    await store.keep(aLesson(), OA, RESIDENT);

    expect(await store.eraseResident('1', RESIDENT)).toBe(0);
  });
});

describe('what is kept', () => {
  it('is at most so many rows: the newest stay', async () => {
    const small = createMisunderstoodStore(database.connection, createPseudonyms('ab'.repeat(32)), 3);
    for (const key of ['1', '2', '3', '4', '5']) await small.keep(aLesson({ key, text: key }), OA, RESIDENT);

    expect(await textsLeft()).toEqual(['5', '4', '3']);
  });

  it('ends after thirty days by the nightly job, without help of the database’s clock', async () => {
    await store.keep(aLesson({ key: '1', text: 'cũ', day: '2126-10-25' }), OA, RESIDENT);
    await store.keep(aLesson({ key: '2', text: 'mới', day: '2126-10-26' }), OA, RESIDENT);

    await sweepAt(new Date('2126-11-23T20:27:00Z'));

    expect(await textsLeft()).toEqual(['mới']);
  });

  it('holds nothing for a yes that did not come, while the conversation stays where it was', async () => {
    const evening = new Date('2126-11-23T13:00:00Z');
    const clock = createFixedClock(evening);
    const sessions = createSessionStore(database.connection, clock);
    for (const lane of ['asleep', 'busy']) {
      const held = await sessions.acquire(lane, 1000);
      const state = { ...newSession(), misunderstood: 1, miss: { key: '1', waiting: aLesson() } };
      await sessions.save({ ...held!, state }, 'release');
    }
    clock.advance(25 * 3_600_000);
    await sessions.acquire('busy', 60_000);

    await sweepAt(clock.now());

    expect(await sessions.find('asleep')).toEqual({ ...newSession(), misunderstood: 1 });
    expect(await sessions.find('busy')).toHaveProperty('miss');
  });
});

async function sweepAt(now: Date): Promise<void> {
  const clock = createFixedClock(now);
  const jobs = listJobs({
    misunderstood: store,
    sessions: createSessionStore(database.connection, clock),
    clock,
    log: silentLogger,
  } as unknown as JobDeps);
  await jobs.find((job) => job.name === 'misunderstood.sweep')?.run();
}
