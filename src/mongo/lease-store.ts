import { Schema, type Connection } from 'mongoose';
import type { Clock } from '../kernel/clock.ts';
import { registerCollection } from './collections.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { JOURNALED } from './write-concern.ts';

/** The right to do one named thing alone for a while. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  /** Grows with every holder: what a late holder writes can be told from what its successor wrote. */
  readonly token: number;
  readonly expiresAt: Date;
}

/**
 * Named leases shared by all processes. They rest on each host's clock, so `ttlMs` must be large against the clocks'
 * differences (seconds, not milliseconds).
 */
export interface LeaseStore {
  /** `undefined` when somebody holds it, the same owner included: whoever asks twice would work twice. */
  acquire(name: string, owner: string, ttlMs: number): Promise<Lease | undefined>;
  /** False when it is lost: stop at once, somebody else may be at work. */
  renew(lease: Lease, ttlMs: number): Promise<boolean>;
  /** Lets go early; harmless when it is lost already. */
  release(lease: Lease): Promise<void>;
  /** Removes leases that ended before `before` and gives how many; some names are made from residents' ids. */
  removeEndedBefore(before: Date): Promise<number>;
}

interface LeaseDoc {
  /** The name. That ids are unique is what decides a race. */
  readonly _id: string;
  /** Absent once released. */
  readonly owner?: string;
  readonly token: number;
  readonly expiresAt: Date;
}

const leaseSchema = new Schema<LeaseDoc>(
  {
    _id: { type: String, required: true },
    owner: { type: String },
    token: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'leases', versionKey: false },
);
leaseSchema.index({ expiresAt: 1 });

export function createLeaseStore(connection: Connection, clock: Clock): LeaseStore {
  const leases = registerCollection<LeaseDoc>(connection, 'Lease', leaseSchema);
  const endOf = (ttlMs: number): Date => new Date(clock.now().getTime() + ttlMs);
  const heldAs = ({ name, owner, token }: Lease): object => ({ _id: name, owner, token });

  return {
    async acquire(name, owner, ttlMs) {
      try {
        const doc = await leases.findOneAndUpdate(
          { _id: name, expiresAt: { $lte: clock.now() } },
          { $set: { owner, expiresAt: endOf(ttlMs) }, $inc: { token: 1 } },
          // Journalled: a lease forgotten in a crash of the database would be given to a second holder.
          { upsert: true, returnDocument: 'after', ...JOURNALED },
        );
        return doc ? toLease(doc, owner) : undefined;
      } catch (error) {
        // No ended lease was found, so one was inserted, and the name is taken: somebody holds it.
        if (isDuplicateKey(error)) return undefined;
        throw error;
      }
    },

    async renew(lease, ttlMs) {
      const result = await leases.updateOne(heldAs(lease), { $set: { expiresAt: endOf(ttlMs) } }, JOURNALED);
      return result.matchedCount === 1;
    },

    async release(lease) {
      // The row stays, so that the next holder's token is a higher one.
      await leases.updateOne(heldAs(lease), { $set: { expiresAt: clock.now() }, $unset: { owner: '' } });
    },

    async removeEndedBefore(before) {
      const result = await leases.deleteMany({ expiresAt: { $lt: before } });
      return result.deletedCount;
    },
  };
}

function toLease(doc: LeaseDoc, owner: string): Lease {
  return { name: doc._id, owner, token: doc.token, expiresAt: doc.expiresAt };
}
