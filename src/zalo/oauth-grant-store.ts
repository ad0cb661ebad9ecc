import { Schema, type Connection } from 'mongoose';
import { registerCollection } from '../mongo/collections.ts';
import { onDatabase } from './on-database.ts';
import type { TokenCipher } from './token-cipher.ts';

/** A grant that was begun and not yet answered. */
export interface PendingGrant {
  /** What Zalo hands back, so that the answer can be told from one nobody asked for. */
  readonly state: string;
  /** The PKCE verifier; never leaves the server before the exchange. */
  readonly verifier: string;
  readonly expiresAt: Date;
}

/** Grants under way, shared by all web processes. Every method throws `DatabaseError`. */
export interface OauthGrantStore {
  save(grant: PendingGrant): Promise<void>;
  /** Gives the verifier once. Unknown, used and expired states all give nothing, and cannot be told apart. */
  take(state: string, now: Date): Promise<string | undefined>;
}

interface GrantDoc {
  /** The state. */
  readonly _id: string;
  readonly sealedVerifier: string;
  readonly expiresAt: Date;
}

const grantSchema = new Schema<GrantDoc>(
  {
    _id: { type: String, required: true },
    sealedVerifier: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'zalo_oauth_grants', versionKey: false },
);
// Anybody may begin a grant and never come back.
grantSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const STORE_CODE = 'zalo.oauth_grant_store';

export function createOauthGrantStore(connection: Connection, cipher: TokenCipher): OauthGrantStore {
  const grants = registerCollection<GrantDoc>(connection, 'ZaloOauthGrant', grantSchema);
  return {
    save: ({ state, verifier, expiresAt }) =>
      onDatabase(STORE_CODE, async () => {
        const sealedVerifier = cipher.seal(verifier, sealedFor(state));
        await grants.insertOne({ _id: state, sealedVerifier, expiresAt });
      }),
    async take(state, now) {
      // Found and removed in one step: of two callbacks with the same state one gets the verifier.
      const doc = await onDatabase(STORE_CODE, () => grants.findOneAndDelete({ _id: state }));
      return doc && doc.expiresAt > now ? cipher.open(doc.sealedVerifier, sealedFor(state)) : undefined;
    },
  };
}

function sealedFor(state: string): string {
  return `oauth-grant:${state}`;
}
