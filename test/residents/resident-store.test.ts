import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { createResidentStore } from '../../src/residents/resident-store.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const OA = '1234567890123456789';
const RESIDENT = '9876543210987654321';
const EARLIER = new Date('2026-11-24T01:00:00Z');
const LATER = new Date('2026-11-24T02:00:00Z');

let database: TestDatabase;
let residents: ReturnType<typeof createResidentStore>;

beforeAll(async () => {
  database = await openTestDatabase();
  residents = createResidentStore(database.connection);
  await buildIndexes(database.connection);
});

beforeEach(() => database.connection.collection('residents').deleteMany({}));

afterAll(() => database.drop());

describe('a resident', () => {
  it('is unknown before the first contact', async () => {
    expect(await residents.find(OA, RESIDENT)).toBeUndefined();
  });

  it('speaks Vietnamese, follows nothing and gets no announcements until they say otherwise', async () => {
    await residents.touch(OA, RESIDENT, EARLIER);

    expect(await residents.find(OA, RESIDENT)).toEqual({
      oaId: OA,
      residentId: RESIDENT,
      language: 'vi',
      following: false,
      lastInteractionAt: EARLIER,
      subscription: { active: false, villageIds: [] },
    });
  });

  it('is somebody else on another page', async () => {
    await residents.setLanguage(OA, RESIDENT, 'en');

    expect(await residents.find('1', RESIDENT)).toBeUndefined();
  });

  it('was last here at the latest of their messages, in whatever order they arrive', async () => {
    await residents.touch(OA, RESIDENT, LATER);
    await residents.touch(OA, RESIDENT, EARLIER);

    expect(await residents.find(OA, RESIDENT)).toMatchObject({ lastInteractionAt: LATER });
  });

  it('exists once when fifty first messages arrive together', async () => {
    const times = Array.from({ length: 50 }, (_, second) => new Date(EARLIER.getTime() + second * 1000));

    await Promise.all(times.map((time) => residents.touch(OA, RESIDENT, time)));

    expect(await database.connection.collection('residents').countDocuments()).toBe(1);
    expect(await residents.find(OA, RESIDENT)).toMatchObject({ lastInteractionAt: times.at(-1) });
  });

  it('keeps what they chose when they write again', async () => {
    await residents.setLanguage(OA, RESIDENT, 'en');
    await residents.setFollowing(OA, RESIDENT, true);
    await residents.subscribe(OA, RESIDENT, ['thon-1']);

    await residents.touch(OA, RESIDENT, LATER);

    expect(await residents.find(OA, RESIDENT)).toMatchObject({
      language: 'en',
      following: true,
      subscription: { active: true, villageIds: ['thon-1'] },
    });
  });

  it('gets announcements of the villages chosen last, each once', async () => {
    await residents.subscribe(OA, RESIDENT, ['thon-1']);
    await residents.subscribe(OA, RESIDENT, ['thon-2', 'thon-2', 'thon-3']);

    const resident = await residents.find(OA, RESIDENT);

    expect(resident?.subscription).toEqual({ active: true, villageIds: ['thon-2', 'thon-3'] });
  });

  it('who unsubscribes gets nothing, and their villages are forgotten', async () => {
    await residents.subscribe(OA, RESIDENT, ['thon-1']);
    await residents.unsubscribe(OA, RESIDENT);

    const resident = await residents.find(OA, RESIDENT);

    expect(resident?.subscription).toEqual({ active: false, villageIds: [] });
  });

  it('who stops following and comes back is the same person', async () => {
    await residents.setLanguage(OA, RESIDENT, 'en');
    await residents.setFollowing(OA, RESIDENT, true);
    await residents.setFollowing(OA, RESIDENT, false);

    expect(await residents.find(OA, RESIDENT)).toMatchObject({ following: false, language: 'en' });
  });

  it('can be forgotten without touching anybody else', async () => {
    await residents.touch(OA, RESIDENT, EARLIER);
    await residents.touch(OA, '1', EARLIER);

    expect(await residents.eraseResident(OA, RESIDENT)).toBe(1);
    expect(await residents.eraseResident(OA, RESIDENT)).toBe(0);

    expect(await residents.find(OA, RESIDENT)).toBeUndefined();
    expect(await residents.find(OA, '1')).toBeDefined();
  });
});
