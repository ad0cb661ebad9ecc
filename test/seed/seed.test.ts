import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sampleDossiers } from '../../scripts/seed/dossiers.ts';
import { seedContent } from '../../scripts/seed/seed.ts';
import { createAnnouncementArchiveStore } from '../../src/announcements/announcement-archive-store.ts';
import { localDayOf, weekdayOf } from '../../src/calendar/local-time.ts';
import { findDossierCode } from '../../src/dossiers/dossier-code.ts';
import { createDossierStore } from '../../src/dossiers/dossier-store.ts';
import { createFixedClock } from '../../src/kernel/clock.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const NOW = new Date('2026-11-24T01:00:00Z');
const DAY_MS = 86_400_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(() => database.drop());

function seedAt(now: Date) {
  const dossiers = createDossierStore(database.connection);
  const archive = createAnnouncementArchiveStore(database.connection);
  return { dossiers, archive, seeded: seedContent({ dossiers, archive, clock: createFixedClock(now) }) };
}

describe('the made-up dossiers', () => {
  const samples = sampleDossiers('2026-11-24', NOW);

  it('show every state a dossier can have', () => {
    expect(new Set(samples.map(({ state }) => state))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  });

  it('have codes a resident can type', () => {
    for (const { code } of samples) expect(findDossierCode(`tra hồ sơ ${code}`)).toBe(code);
  });

  it('have no code twice', () => {
    expect(new Set(samples.map(({ code }) => code)).size).toBe(samples.length);
  });

  it('have one that is due today and one that is late', () => {
    const atWork = samples.filter(({ state }) => state === 4).map(({ promisedOn = '' }) => promisedOn);

    expect(atWork).toContain('2026-11-24');
    expect(atWork.some((day) => day < '2026-11-24')).toBe(true);
  });

  it('are received before they are promised, and on working days, whatever day it is', () => {
    const moments = fc.date({ min: NOW, max: new Date(NOW.getTime() + 2000 * DAY_MS), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (now) => {
        for (const { receivedOn, promisedOn = '9999-12-31' } of sampleDossiers(localDayOf(now), now)) {
          if (receivedOn === undefined) continue;
          expect(receivedOn <= promisedOn).toBe(true);
          expect(weekdayOf(receivedOn)).toBeLessThanOrEqual(5);
        }
      }),
    );
  });
});

describe('seeding', () => {
  it('lets residents find dossiers and announcements', async () => {
    const { dossiers, archive, seeded } = seedAt(NOW);
    const content = await seeded;

    const [first] = content.dossiers;
    expect(await dossiers.findByCode(first?.code ?? '')).toEqual(first);
    expect(await archive.listRecent(NOW, 10)).toHaveLength(content.announcements.length);
  });

  it('moves the same content along when it is done again on another day', async () => {
    await seedAt(NOW).seeded;
    const nextWeek = new Date(NOW.getTime() + 7 * DAY_MS);

    const { archive, dossiers, seeded } = seedAt(nextWeek);
    const content = await seeded;

    expect(await archive.listRecent(nextWeek, 10)).toHaveLength(content.announcements.length);
    expect(await dossiers.findByCode('H49.23.10-261109-0008')).toMatchObject({ promisedOn: '2026-12-01' });
  });
});
