import { Schema, type Collection, type Connection } from 'mongoose';
import { registerCollection } from '../mongo/collections.ts';
import { onDatabase } from './on-database.ts';
import {
  fullAtWhenDrained,
  judgeTake,
  spacingMs,
  toleranceMs,
  type BucketLimits,
  type TakeResult,
} from './token-bucket.ts';

/** The budget of calls of one page, shared by all processes. */
export interface RateLimit {
  /** Takes one call's worth, or says when the next may be had. Throws `DatabaseError`. */
  take(now: Date): Promise<TakeResult>;
  /** Zalo counted differently and refused: nobody calls before `until`. Throws `DatabaseError`. */
  drainUntil(until: Date): Promise<void>;
}

export interface RateLimitOptions {
  readonly oaId: string;
  /** Calls a minute; 0 or undefined switches the limit off. */
  readonly perMinute?: number | undefined;
  /** Calls at once; two thirds of `perMinute` unless given. */
  readonly burst?: number | undefined;
}

interface BucketDoc {
  readonly _id: string;
  readonly fullAtMs: number;
}

const bucketSchema = new Schema<BucketDoc>(
  { _id: { type: String, required: true }, fullAtMs: { type: Number, required: true } },
  { collection: 'zalo_rate_limits', versionKey: false },
);

const NO_LIMIT: RateLimit = {
  take: () => Promise.resolve({ ok: true }),
  drainUntil: () => Promise.resolve(),
};

/**
 * One document a page. At the default of 60 a minute the busiest minute holds 40 (burst) + 60 calls: the 100 of the
 * smallest package with Open API (Zalo OA pricing page, read 2026-11-22).
 */
export function createRateLimit(connection: Connection, options: RateLimitOptions): RateLimit {
  const { oaId, perMinute } = options;
  if (!perMinute) return NO_LIMIT;
  const burst = options.burst ?? Math.max(1, Math.floor((perMinute * 2) / 3));
  const limits: BucketLimits = { perMinute, burst };
  const buckets = registerCollection<BucketDoc>(connection, 'ZaloRateLimit', bucketSchema);
  return {
    take: (now) => onDatabase('zalo.rate_limit_store', () => takeOne(buckets, oaId, now.getTime(), limits)),
    drainUntil: (until) =>
      onDatabase('zalo.rate_limit_store', async () => {
        const fullAtMs = fullAtWhenDrained(until, limits);
        await buckets.updateOne({ _id: oaId }, { $max: { fullAtMs } }, { upsert: true });
      }),
  };
}

async function takeOne(
  buckets: Collection<BucketDoc>,
  oaId: string,
  nowMs: number,
  limits: BucketLimits,
): Promise<TakeResult> {
  const before = await buckets.findOneAndUpdate({ _id: oaId }, takePipeline(nowMs, limits), {
    upsert: true,
    returnDocument: 'before',
  });
  return judgeTake(before?.fullAtMs ?? nowMs, nowMs, limits);
}

/** `fullAtAfterTake` in the database's words: deciding and moving must be one step for takers in other processes. */
function takePipeline(nowMs: number, limits: BucketLimits): { $set: { fullAtMs: object } }[] {
  const fullAt = { $ifNull: ['$fullAtMs', nowMs] };
  const allowed = { $gte: [nowMs, { $subtract: [fullAt, toleranceMs(limits)] }] };
  const moved = { $add: [{ $max: [fullAt, nowMs] }, spacingMs(limits)] };
  return [{ $set: { fullAtMs: { $cond: [allowed, moved, fullAt] } } }];
}
