import { randomUUID } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import type { Clock } from '../kernel/clock.ts';
import { registerCollection } from '../mongo/collections.ts';
import { isDuplicateKey } from '../mongo/duplicate-key.ts';
import { newSession, type SessionState } from './turn.ts';

/**
 * A resident's conversation, held by one worker. `token` is the fence: a worker that lost its lease while it was
 * stalled can no longer save.
 */
export interface HeldSession {
  readonly lane: string;
  readonly token: string;
  readonly state: SessionState;
  /** The resident's action that was noted last as reopening the reply window. */
  readonly touchedAt?: Date;
  /** Order number of the newest message queued for this resident. */
  readonly lastOrder: number;
}

export interface SessionStore {
  /** Takes the conversation for `leaseMs`, creating it on first contact; nothing while somebody else holds it. */
  acquire(lane: string, leaseMs: number): Promise<HeldSession | undefined>;
  /** Saves, and lets go at once unless told to `keep` it. False when the lease was lost: the caller must stop. */
  save(held: HeldSession, then: 'keep' | 'release'): Promise<boolean>;
  release(held: HeldSession): Promise<void>;
  /** The state without taking it, for reading only. */
  find(lane: string): Promise<SessionState | undefined>;
  /** Forgets messages held for an answer that has not come since; the conversation goes on where it was. */
  dropMissesBefore(before: Date): Promise<void>;
}

interface SessionDoc {
  readonly _id: string;
  readonly state?: SessionState;
  readonly lastOrder?: number;
  readonly leaseToken?: string;
  readonly leaseUntil?: Date;
  readonly savedAt?: Date;
  readonly touchedAt?: Date;
}

const sessionSchema = new Schema<SessionDoc>(
  {
    _id: { type: String, required: true },
    state: { type: Schema.Types.Mixed },
    lastOrder: { type: Number },
    leaseToken: { type: String },
    leaseUntil: { type: Date },
    savedAt: { type: Date },
    touchedAt: { type: Date },
  },
  { collection: 'sessions', versionKey: false, minimize: false },
);

const EPOCH = new Date(0);

export function createSessionStore(connection: Connection, clock: Clock): SessionStore {
  const sessions = registerCollection<SessionDoc>(connection, 'Session', sessionSchema);

  return {
    async acquire(lane, leaseMs) {
      const now = clock.now();
      const token = randomUUID();
      try {
        const doc = await sessions.findOneAndUpdate(
          { _id: lane, leaseUntil: { $lte: now } },
          { $set: { leaseToken: token, leaseUntil: new Date(now.getTime() + leaseMs) } },
          { upsert: true, returnDocument: 'after' },
        );
        return {
          lane,
          token,
          state: doc?.state ?? newSession(),
          lastOrder: doc?.lastOrder ?? 0,
          ...(doc?.touchedAt ? { touchedAt: doc.touchedAt } : {}),
        };
      } catch (error) {
        // The filter misses a held lane, so the upsert collides with it: somebody else is at work.
        if (isDuplicateKey(error)) return undefined;
        throw error;
      }
    },

    async save(held, then) {
      const letGo = then === 'release' ? { leaseUntil: EPOCH } : {};
      const touched = held.touchedAt ? { touchedAt: held.touchedAt } : {};
      const result = await sessions.updateOne(
        { _id: held.lane, leaseToken: held.token },
        {
          $set: { state: held.state, lastOrder: held.lastOrder, savedAt: clock.now(), ...touched, ...letGo },
        },
      );
      return result.matchedCount === 1;
    },

    async release(held) {
      await sessions.updateOne(
        { _id: held.lane, leaseToken: held.token },
        {
          $set: { leaseUntil: EPOCH },
        },
      );
    },

    async find(lane) {
      const doc = await sessions.findOne({ _id: lane });
      return doc?.state;
    },

    async dropMissesBefore(before) {
      // A conversation that is held now is left alone: its worker saves the whole state.
      await sessions.updateMany(
        { 'state.miss': { $exists: true }, savedAt: { $lt: before }, leaseUntil: { $lte: clock.now() } },
        { $unset: { 'state.miss': '' } },
      );
    },
  };
}
