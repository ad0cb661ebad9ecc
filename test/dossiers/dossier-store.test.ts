import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDossierStore } from '../../src/dossiers/dossier-store.ts';
import type { Dossier, DossierStore } from '../../src/dossiers/dossier.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';

const MONDAY = new Date('2026-11-23T01:00:00Z');
const TUESDAY = new Date('2026-11-24T01:00:00Z');

let database: TestDatabase;
let dossiers: DossierStore;

beforeAll(async () => {
  database = await openTestDatabase();
  dossiers = createDossierStore(database.connection);
  await buildIndexes(database.connection);
});

beforeEach(() => database.connection.collection('dossiers').deleteMany({}));

afterAll(() => database.drop());

function aDossier(overrides: Partial<Dossier> = {}): Dossier {
  return {
    code: 'H49.23.10-261102-0012',
    state: 4,
    procedureName: 'Đăng ký khai sinh',
    receivedOn: '2026-11-02',
    promisedOn: '2026-11-25',
    asOf: TUESDAY,
    source: 'import:tuan-47.csv',
    ...overrides,
  };
}

describe('dossiers', () => {
  it('are found by their code exactly as they were reported', async () => {
    await dossiers.save([aDossier()]);

    expect(await dossiers.findByCode('H49.23.10-261102-0012')).toEqual(aDossier());
  });

  it('are not found by another code', async () => {
    await dossiers.save([aDossier()]);

    expect(await dossiers.findByCode('H49.23.10-261102-0013')).toBeUndefined();
  });

  it('follow a newer report, and lose what it no longer says', async () => {
    await dossiers.save([aDossier({ asOf: MONDAY, finishedOn: '2026-11-20' })]);
    const newer = aDossier({ state: 4 });

    expect(await dossiers.save([newer])).toBe(1);

    expect(await dossiers.findByCode(newer.code)).toEqual(newer);
  });

  it('are not changed by an older report', async () => {
    await dossiers.save([aDossier({ state: 9 })]);

    expect(await dossiers.save([aDossier({ state: 4, asOf: MONDAY })])).toBe(0);

    expect(await dossiers.findByCode('H49.23.10-261102-0012')).toMatchObject({ state: 9 });
  });

  it('count as unchanged when the same file is imported again', async () => {
    await dossiers.save([aDossier()]);

    expect(await dossiers.save([aDossier()])).toBe(0);
  });

  it('are corrected by a report of the same moment', async () => {
    await dossiers.save([aDossier({ procedureName: 'Khai sinh' })]);

    expect(await dossiers.save([aDossier()])).toBe(1);
  });

  it('end with the newest of fifty reports that come at once', async () => {
    const reports = Array.from({ length: 50 }, (_, day) =>
      aDossier({ asOf: new Date(MONDAY.getTime() + day * 60_000), source: `import:${String(day)}` }),
    );

    await Promise.all(reports.map((report) => dossiers.save([report])));

    expect(await dossiers.findByCode('H49.23.10-261102-0012')).toMatchObject({ source: 'import:49' });
  });

  it('keep names that look like database fields or operators', async () => {
    const odd = aDossier({ procedureName: '$source', source: '$$ROOT' });

    await dossiers.save([odd]);

    expect(await dossiers.findByCode(odd.code)).toEqual(odd);
  });

  it('accept an empty file', async () => {
    expect(await dossiers.save([])).toBe(0);
  });
});
