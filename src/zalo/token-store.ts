import { Schema, type Collection, type Connection } from 'mongoose';
import { registerCollection } from '../mongo/collections.ts';
import { isDuplicateKey } from '../mongo/duplicate-key.ts';
import { JOURNALED } from '../mongo/write-concern.ts';
import type { RefusedExchange } from './oauth-client.ts';
import { onDatabase } from './on-database.ts';
import type { TokenCipher } from './token-cipher.ts';

/** Where a pair came from; a seed's age and expiry are not known. */
export type TokenSource = 'seed' | 'refresh' | 'grant';

/** A pair of tokens as it was obtained. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly source: TokenSource;
  readonly obtainedAt: Date;
  /** Unknown for a seed. */
  readonly expiresAt?: Date;
  /** When the refresh token was issued: it lives three months and is used once. */
  readonly refreshTokenIssuedAt: Date;
}

/** Why the last refresh of this pair failed; `retryAt` keeps everybody from asking again too soon. */
export interface RefreshFailure extends RefusedExchange {
  readonly at: Date;
  readonly retryAt: Date;
}

export interface StoredTokens extends TokenPair {
  /** Goes up with every new pair. */
  readonly version: number;
  readonly failure?: RefreshFailure;
}

/** The tokens of one page. Every write is journalled: a pair lost in a crash is a grant lost. */
export interface TokenStore {
  readonly oaId: string;
  /** Throws `ConfigError` when the stored tokens were sealed with another key. */
  find(): Promise<StoredTokens | undefined>;
  /** Which pair is stored, without opening it: a fresh grant replaces even one that was sealed with a lost key. */
  findVersion(): Promise<number | undefined>;
  /** Stores the first pair; false when there is one already, which stays as it is. */
  seed(pair: TokenPair): Promise<boolean>;
  /** Replaces the pair of `version`; false when somebody else has replaced it before. */
  replace(version: number, pair: TokenPair): Promise<boolean>;
  /** Notes why a refresh failed, unless the pair has been replaced meanwhile. */
  recordFailure(version: number, failure: RefreshFailure): Promise<void>;
}

interface SealedPair {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly source: TokenSource;
  readonly obtainedAt: Date;
  readonly expiresAt?: Date;
  readonly refreshTokenIssuedAt: Date;
}

interface TokenDoc {
  readonly _id: string;
  readonly version: number;
  readonly pair: SealedPair;
  /** The pair before, for finding out what went wrong. */
  readonly previous?: SealedPair;
  readonly failure?: RefreshFailure;
}

const sealedPair = {
  accessToken: { type: String, required: true },
  refreshToken: String,
  source: { type: String, required: true },
  obtainedAt: { type: Date, required: true },
  expiresAt: Date,
  refreshTokenIssuedAt: { type: Date, required: true },
};

const tokenSchema = new Schema<TokenDoc>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    pair: { type: sealedPair, required: true },
    previous: sealedPair,
    failure: { kind: { type: String }, code: String, at: Date, retryAt: Date },
  },
  { collection: 'zalo_tokens', versionKey: false },
);

const STORE_CODE = 'zalo.token_store';

export interface TokenStoreOptions {
  readonly oaId: string;
  readonly cipher: TokenCipher;
}

export function createTokenStore(connection: Connection, { oaId, cipher }: TokenStoreOptions): TokenStore {
  const rows: Collection<TokenDoc> = registerCollection<TokenDoc>(connection, 'ZaloTokens', tokenSchema);

  const seal = (pair: TokenPair): SealedPair => ({
    ...pair,
    accessToken: cipher.seal(pair.accessToken, oaId),
    ...(pair.refreshToken === undefined ? {} : { refreshToken: cipher.seal(pair.refreshToken, oaId) }),
  });

  const toStoredTokens = ({ pair, version, failure }: TokenDoc): StoredTokens => ({
    ...pair,
    accessToken: cipher.open(pair.accessToken, oaId),
    ...(pair.refreshToken === undefined ? {} : { refreshToken: cipher.open(pair.refreshToken, oaId) }),
    version,
    ...(failure ? { failure } : {}),
  });

  return {
    oaId,
    async find() {
      const doc = await onDatabase(STORE_CODE, () => rows.findOne({ _id: oaId }));
      return doc ? toStoredTokens(doc) : undefined;
    },
    async findVersion() {
      const doc = await onDatabase(STORE_CODE, () =>
        rows.findOne({ _id: oaId }, { projection: { version: 1 } }),
      );
      return doc?.version;
    },
    seed: (pair) =>
      onDatabase(STORE_CODE, async () => {
        try {
          await rows.insertOne({ _id: oaId, version: 1, pair: seal(pair) }, JOURNALED);
          return true;
        } catch (error) {
          if (isDuplicateKey(error)) return false;
          throw error;
        }
      }),
    replace: (version, pair) =>
      onDatabase(STORE_CODE, async () => {
        // A pipeline, so that the pair being replaced is kept in the same atomic write.
        const change = [
          { $set: { previous: '$pair', pair: { $literal: seal(pair) }, version: version + 1 } },
          { $unset: 'failure' },
        ];
        const { matchedCount } = await rows.updateOne({ _id: oaId, version }, change, JOURNALED);
        return matchedCount === 1;
      }),
    recordFailure: (version, failure) =>
      onDatabase(STORE_CODE, async () => {
        await rows.updateOne({ _id: oaId, version }, { $set: { failure } }, JOURNALED);
      }),
  };
}
