import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { createOauthGrantStore, type OauthGrantStore } from '../../src/zalo/oauth-grant-store.ts';
import { createTokenCipher } from '../../src/zalo/token-cipher.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { ENCRYPTION_KEY } from './api-setup.ts';

// The server removes what is over by its own clock, so these times must lie ahead of it.
const NOW = new Date(Date.now() + 3_600_000);
const LATER = new Date(NOW.getTime() + 600_000);
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

let database: TestDatabase;
let grants: OauthGrantStore;
let nextState = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  grants = createOauthGrantStore(database.connection, createTokenCipher(ENCRYPTION_KEY));
  await buildIndexes(database.connection);
});

afterAll(async () => {
  await database.drop();
});

async function aGrant(expiresAt = LATER): Promise<string> {
  nextState += 1;
  const state = `state-${String(nextState)}`;
  await grants.save({ state, verifier: VERIFIER, expiresAt });
  return state;
}

describe('a grant under way', () => {
  it('gives its verifier once', async () => {
    const state = await aGrant();

    expect(await grants.take(state, NOW)).toBe(VERIFIER);
    expect(await grants.take(state, NOW)).toBeUndefined();
  });

  it('gives its verifier to one of two callbacks at the same moment', async () => {
    const state = await aGrant();

    const taken = await Promise.all([1, 2, 3].map(() => grants.take(state, NOW)));

    expect(taken.filter((verifier) => verifier !== undefined)).toEqual([VERIFIER]);
  });

  it('is over at its end and not a moment before', async () => {
    const [inTime, late] = [await aGrant(), await aGrant()];

    expect(await grants.take(inTime, new Date(LATER.getTime() - 1))).toBe(VERIFIER);
    expect(await grants.take(late, LATER)).toBeUndefined();
  });

  it('that nobody began gives nothing', async () => {
    expect(await grants.take('state-unknown', NOW)).toBeUndefined();
  });

  it('keeps its verifier unreadable, and bound to its own state', async () => {
    const [state, other] = [await aGrant(), await aGrant()];
    const rows = database.connection.collection<{ _id: string; sealedVerifier: string }>('zalo_oauth_grants');
    const row = await rows.findOne({ _id: state });
    await rows.updateOne({ _id: other }, { $set: { sealedVerifier: row?.sealedVerifier ?? '' } });

    expect(JSON.stringify(row)).not.toContain(VERIFIER);
    await expect(grants.take(other, NOW)).rejects.toMatchObject({ code: 'config.encryption_key_wrong' });
  });

  it('is removed by the database when its time is over', async () => {
    const indexes = await database.connection.collection('zalo_oauth_grants').indexes();

    expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }));
  });
});
