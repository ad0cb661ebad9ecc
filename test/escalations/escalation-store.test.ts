import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createEscalationStore } from '../../src/escalations/escalation-store.ts';
import type { NewEscalation } from '../../src/escalations/escalation.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const OA = '1234567890123456789';
const RESIDENT = '9876543210987654321';
const NOW = new Date('2026-11-24T01:00:00Z');

let database: TestDatabase;
let escalations: ReturnType<typeof createEscalationStore>;

beforeAll(async () => {
  database = await openTestDatabase();
  escalations = createEscalationStore(database.connection);
  await buildIndexes(database.connection);
});

beforeEach(() => database.connection.collection('escalations').deleteMany({}));

afterAll(() => database.drop());

function aRequest(overrides: Partial<NewEscalation> = {}): NewEscalation {
  return {
    oaId: OA,
    residentId: RESIDENT,
    reason: 'asked',
    lastText: 'cho gặp cán bộ',
    openedAt: NOW,
    ...overrides,
  };
}

async function closeFirst(): Promise<void> {
  const [first] = await escalations.listOpen(1);
  await escalations.close(first?.id ?? '');
}

describe('asking for a person', () => {
  it('puts the conversation on the list of the staff', async () => {
    await escalations.open(aRequest(), 'event-1:0');

    expect(await escalations.listOpen(10)).toEqual([
      { ...aRequest(), id: expect.any(String), state: 'open', sourceKey: 'event-1:0' },
    ]);
  });

  it('opens one when the same turn is applied fifty times at once', async () => {
    await Promise.all(Array.from({ length: 50 }, () => escalations.open(aRequest(), 'event-1:0')));

    expect(await escalations.countOpen()).toBe(1);
  });

  it('opens one when an impatient resident asks fifty times at once', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, number) => escalations.open(aRequest(), `event-${String(number)}:0`)),
    );

    expect(await escalations.countOpen()).toBe(1);
  });

  it('shows the officer what the resident wrote last', async () => {
    await escalations.open(aRequest(), 'event-1:0');
    await escalations.open(aRequest({ lastText: 'có ai không ạ' }), 'event-2:0');

    expect(await escalations.listOpen(10)).toMatchObject([{ lastText: 'có ai không ạ' }]);
  });

  it('does not bring old words back when an earlier turn is replayed', async () => {
    await escalations.open(aRequest(), 'event-1:0');
    await escalations.open(aRequest({ lastText: 'có ai không ạ' }), 'event-2:0');

    await escalations.open(aRequest(), 'event-1:0');

    expect(await escalations.listOpen(10)).toMatchObject([{ lastText: 'có ai không ạ' }]);
  });

  it('opens another for another reason and for another resident', async () => {
    await escalations.open(aRequest(), 'event-1:0');
    await escalations.open(aRequest({ reason: 'emergency' }), 'event-2:0');
    await escalations.open(aRequest({ residentId: '1' }), 'event-3:0');

    expect(await escalations.countOpen()).toBe(3);
  });

  it('opens a new one when the earlier one was closed', async () => {
    await escalations.open(aRequest(), 'event-1:0');
    await closeFirst();

    await escalations.open(aRequest(), 'event-2:0');

    expect(await escalations.listOpen(10)).toMatchObject([{ sourceKey: 'event-2:0' }]);
  });

  it.each(['event-1:0', 'event-2:0'])(
    'stays closed when the turn %s that asked for it is replayed',
    async (key) => {
      await escalations.open(aRequest(), 'event-1:0');
      await escalations.open(aRequest(), 'event-2:0');
      await closeFirst();

      await escalations.open(aRequest(), key);

      expect(await escalations.countOpen()).toBe(0);
    },
  );

  it('keeps no words when none were given', async () => {
    const denunciation = {
      oaId: OA,
      residentId: RESIDENT,
      reason: 'formal_complaint',
      openedAt: NOW,
    } as const;

    await escalations.open(denunciation, 'event-1:0');

    expect((await escalations.listOpen(10))[0]).not.toHaveProperty('lastText');
  });
});

describe('the list of the staff', () => {
  it('has those who wait longest first, and no more than asked for', async () => {
    for (const minute of [2, 1, 3]) {
      const openedAt = new Date(NOW.getTime() + minute * 60_000);
      await escalations.open(aRequest({ residentId: String(minute), openedAt }), `event-${String(minute)}:0`);
    }

    const listed = await escalations.listOpen(2);

    expect(listed.map(({ residentId }) => residentId)).toEqual(['1', '2']);
  });

  it('refuses to close what is not there', async () => {
    await expect(escalations.close('no-such-id')).rejects.toMatchObject({ code: 'escalation.not_found' });
  });
});

describe('erasing a resident', () => {
  it('removes what is done, and only the words from what still waits for an answer', async () => {
    await escalations.open(aRequest(), 'event-1:0');
    await closeFirst();
    await escalations.open(aRequest({ reason: 'delete_data' }), 'event-2:0');

    expect(await escalations.eraseResident(OA, RESIDENT)).toBe(2);

    const [open] = await escalations.listOpen(10);
    expect(open).toMatchObject({ reason: 'delete_data', residentId: RESIDENT });
    expect(open).not.toHaveProperty('lastText');
    expect(await database.connection.collection('escalations').countDocuments()).toBe(1);
  });
});
