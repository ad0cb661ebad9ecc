import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createFeedbackStore } from '../../src/feedback/feedback-store.ts';
import type { NewFeedback } from '../../src/feedback/feedback.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const OA = '1234567890123456789';
const RESIDENT = '9876543210987654321';
const NOW = new Date('2026-11-24T01:00:00Z');

let database: TestDatabase;
let feedback: ReturnType<typeof createFeedbackStore>;

beforeAll(async () => {
  database = await openTestDatabase();
  feedback = createFeedbackStore(database.connection);
  await buildIndexes(database.connection);
});

beforeEach(async () => {
  await database.connection.collection('feedback').deleteMany({});
  await database.connection.collection('feedback_day_counters').deleteMany({});
});

afterAll(() => database.drop());

function aCase(overrides: Partial<NewFeedback> = {}): NewFeedback {
  return {
    code: 'PA-261124-0001',
    oaId: OA,
    residentId: RESIDENT,
    category: 'lighting',
    description: 'Đèn đường hỏng ba hôm nay',
    place: { villageId: 'thon-1', words: 'gần nhà văn hoá', latitude: 20.9, longitude: 106.8 },
    photoUrls: ['https://photos.example/1.jpg'],
    createdAt: NOW,
    ...overrides,
  };
}

describe('the code of a case', () => {
  it('counts from one each day', async () => {
    expect(await feedback.nextCode(NOW)).toBe('PA-261124-0001');
    expect(await feedback.nextCode(NOW)).toBe('PA-261124-0002');
    expect(await feedback.nextCode(new Date('2026-11-25T01:00:00Z'))).toBe('PA-261125-0001');
  });

  it('belongs to the day in Vietnam, which begins at 17:00 UTC', async () => {
    expect(await feedback.nextCode(new Date('2026-11-24T16:59:59Z'))).toBe('PA-261124-0001');
    expect(await feedback.nextCode(new Date('2026-11-24T17:00:00Z'))).toBe('PA-261125-0001');
  });

  it('is given once, also when fifty residents ask at the same moment', async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, () => feedback.nextCode(NOW)));

    expect(new Set(codes).size).toBe(50);
  });
});

describe('filing a case', () => {
  it('lets the resident see it as received', async () => {
    await feedback.create(aCase(), 'event-1:0');

    expect(await feedback.findOwn(OA, RESIDENT, 'PA-261124-0001')).toEqual({
      ...aCase(),
      state: 'received',
      updatedAt: NOW,
    });
  });

  it('happens once when the same turn is applied fifty times at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => feedback.create(aCase(), 'event-1:0')));

    expect(await feedback.listOwn(OA, RESIDENT, 10)).toHaveLength(1);
  });

  it('happens once when the turn is decided again with another code', async () => {
    await feedback.create(aCase(), 'event-1:0');
    await feedback.create(aCase({ code: 'PA-261124-0002' }), 'event-1:0');

    const cases = await feedback.listOwn(OA, RESIDENT, 10);

    expect(cases.map(({ code }) => code)).toEqual(['PA-261124-0001']);
  });

  it('is refused, loudly, when the code belongs to another case', async () => {
    await feedback.create(aCase(), 'event-1:0');

    await expect(feedback.create(aCase(), 'event-2:0')).rejects.toMatchObject({
      code: 'feedback.code_taken',
    });
  });
});

describe('looking cases up', () => {
  it('shows nobody the cases of somebody else', async () => {
    await feedback.create(aCase(), 'event-1:0');

    expect(await feedback.findOwn(OA, '1', 'PA-261124-0001')).toBeUndefined();
    expect(await feedback.findOwn('1', RESIDENT, 'PA-261124-0001')).toBeUndefined();
    expect(await feedback.listOwn(OA, '1', 10)).toEqual([]);
  });

  it('lists the newest first and no more than asked for', async () => {
    for (const minute of [1, 3, 2]) {
      const createdAt = new Date(NOW.getTime() + minute * 60_000);
      await feedback.create(
        aCase({ code: `PA-261124-000${String(minute)}`, createdAt }),
        `event-${String(minute)}`,
      );
    }

    const cases = await feedback.listOwn(OA, RESIDENT, 2);

    expect(cases.map(({ code }) => code)).toEqual(['PA-261124-0003', 'PA-261124-0002']);
  });
});

describe('erasing a resident', () => {
  it('keeps that a lamp is broken in a village, and nothing of the person', async () => {
    await feedback.create(aCase(), 'event-1:0');

    expect(await feedback.eraseResident(OA, RESIDENT)).toBe(1);

    expect(await feedback.listOwn(OA, RESIDENT, 10)).toEqual([]);
    const kept = await database.connection.collection<{ _id: string }>('feedback').findOne();
    expect(kept).toMatchObject({
      category: 'lighting',
      description: '',
      photoUrls: [],
      place: { villageId: 'thon-1' },
    });
    expect(JSON.stringify(kept)).not.toContain(RESIDENT);
  });

  it('leaves the cases of others alone and is harmless when repeated', async () => {
    await feedback.create(aCase({ residentId: '1' }), 'event-1:0');

    expect(await feedback.eraseResident(OA, RESIDENT)).toBe(0);

    expect(await feedback.findOwn(OA, '1', 'PA-261124-0001')).toMatchObject({
      description: aCase().description,
    });
  });

  it('still files a replayed turn only once', async () => {
    await feedback.create(aCase(), 'event-1:0');
    await feedback.eraseResident(OA, RESIDENT);

    await feedback.create(aCase(), 'event-1:0');

    expect(await feedback.listOwn(OA, RESIDENT, 10)).toEqual([]);
  });
});
