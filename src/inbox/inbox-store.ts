import { Schema, type Connection } from 'mongoose';
import type { TurnOutcome } from '../conversation/turn.ts';
import type { Clock } from '../kernel/clock.ts';
import { DatabaseError } from '../kernel/errors.ts';
import type { ResidentEvent } from '../kernel/messages.ts';
import { registerCollection } from '../mongo/collections.ts';
import { JOURNALED } from '../mongo/write-concern.ts';
import { isDuplicateKey } from '../mongo/duplicate-key.ts';
import type { Inbox, IncomingEvent, Track } from './inbox.ts';

/**
 * - `waiting`: accepted; perhaps decided (it has an outcome) but not yet finished.
 * - `done`: its outcome is applied. - `ignored`: kept as a record only.
 * - `dead`: given up on after several tries; the resident had an apology, an operator should look.
 */
export type InboxState = 'waiting' | 'done' | 'ignored' | 'dead';

/** What one turn decided, with the order number its first message gets. Written once, then applied as often as needed. */
export interface DecidedOutcome {
  readonly outcome: TurnOutcome;
  readonly firstOrder: number;
}

/** One accepted event as the worker sees it. */
export interface InboxRow {
  readonly key: string;
  readonly lane: string;
  readonly event: ResidentEvent;
  readonly receivedAt: Date;
  readonly availableAt: Date;
  readonly attempts: number;
  /** Raised by an operator's replay, so that the new outcome's messages get new keys. */
  readonly generation: number;
  readonly decided?: DecidedOutcome;
}

export interface InboxDepth {
  readonly waiting: number;
  readonly dead: number;
  readonly oldestWaitingAt?: Date;
}

export interface InboxDeadLetter {
  readonly key: string;
  readonly eventName: string;
  readonly errorCode: string;
  readonly receivedAt: Date;
  readonly attempts: number;
}

export interface InboxStore extends Inbox {
  listReadyLanes(busy: readonly string[], limit: number): Promise<readonly string[]>;
  /**
   * Open events of a lane: first the one that is decided and not finished, if a crash left one, because what it decided
   * comes before anything decided later; then oldest first by the platform's clock.
   */
  listOldest(lane: string, limit: number): Promise<readonly InboxRow[]>;
  /** Writes the outcome once. Gives what is stored: ours, or the one an earlier try has written. */
  recordOutcome(key: string, decided: DecidedOutcome): Promise<DecidedOutcome>;
  finish(key: string, state: 'done' | 'dead'): Promise<void>;
  /** Counts a failed try and puts the whole lane off, so that order is kept. */
  postpone(row: InboxRow, until: Date, errorCode: string): Promise<void>;
  listNotices(limit: number): Promise<readonly InboxRow[]>;
  finishNotices(keys: readonly string[]): Promise<void>;
  depth(): Promise<InboxDepth>;
  listDead(limit: number): Promise<readonly InboxDeadLetter[]>;
  /** Puts a dead event back to be decided anew. False when there is no such dead event. */
  replayDead(key: string): Promise<boolean>;
}

interface InboxDoc {
  readonly _id: string;
  readonly lane: string;
  readonly track: Track;
  readonly state: InboxState;
  /** What a waiting row needs next. Sorted as words: `apply` comes before `decide`. */
  readonly next: 'apply' | 'decide';
  readonly eventName: string;
  readonly event?: ResidentEvent;
  readonly sentAt: Date;
  readonly receivedAt: Date;
  readonly availableAt: Date;
  readonly retries: number;
  readonly attempts: number;
  readonly generation: number;
  readonly decided?: DecidedOutcome;
  readonly decidedAt?: Date;
  readonly finishedAt?: Date;
  readonly ignoredBecause?: string;
  readonly errorCode?: string;
}

const inboxSchema = new Schema<InboxDoc>(
  {
    _id: { type: String, required: true },
    lane: { type: String, required: true },
    track: { type: String, required: true },
    state: { type: String, required: true },
    sentAt: { type: Date, required: true },
    availableAt: { type: Date, required: true },
  },
  { collection: 'inbox', versionKey: false, strict: false },
);
// Both cover open rows only, so they stay small however long the history grows.
inboxSchema.index({ track: 1, availableAt: 1 }, { partialFilterExpression: { state: 'waiting' } });
inboxSchema.index({ lane: 1, next: 1, sentAt: 1 }, { partialFilterExpression: { state: 'waiting' } });
inboxSchema.index({ state: 1, receivedAt: 1 }, { partialFilterExpression: { state: 'dead' } });

/** A receipt can overtake the answer to the very call it is about; a moment later the message's id is stored. */
const NOTICE_DELAY_MS = 1000;

/** All open rows; the track is named so that the partial index serves it. */
const OPEN = { state: 'waiting', track: { $in: ['turn', 'notice'] } } as const;

export function laneOf(oaId: string, residentId: string): string {
  return `${oaId}:${residentId}`;
}

export function createInboxStore(connection: Connection, clock: Clock): InboxStore {
  const inbox = registerCollection<InboxDoc>(connection, 'InboxEvent', inboxSchema);
  const byKey = (key: string): object => ({ _id: key });

  return {
    async accept(incoming) {
      try {
        await inbox.insertOne(toDoc(incoming, clock.now()), incoming.track === 'turn' ? JOURNALED : {});
        return 'stored';
      } catch (error) {
        if (isDuplicateKey(error)) return 'duplicate';
        throw new DatabaseError('The event could not be stored: the database did not answer.', {
          code: 'inbox.unavailable',
          retryable: true,
          cause: error,
        });
      }
    },

    async listReadyLanes(busy, limit) {
      const rows = await inbox
        .find({
          state: 'waiting',
          track: 'turn',
          availableAt: { $lte: clock.now() },
          lane: { $nin: [...busy] },
        })
        .sort({ availableAt: 1 })
        // One busy resident may have many rows; look further than the lanes wanted.
        .limit(limit * 4)
        .project<{ lane: string }>({ lane: 1 })
        .toArray();
      return [...new Set(rows.map((row) => row.lane))].slice(0, limit);
    },

    async listOldest(lane, limit) {
      const docs = await inbox
        .find({ lane, state: 'waiting', track: 'turn' })
        .sort({ next: 1, sentAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return docs.map(toRow);
    },

    async recordOutcome(key, decided) {
      const now = clock.now();
      const result = await inbox.updateOne(
        { _id: key, state: 'waiting', decided: { $exists: false } },
        { $set: { decided, decidedAt: now, next: 'apply' } },
      );
      if (result.matchedCount === 1) return decided;
      const doc = await inbox.findOne(byKey(key));
      if (doc?.decided) return doc.decided;
      throw new DatabaseError('The event vanished before its outcome was stored.', {
        code: 'inbox.vanished',
      });
    },

    async finish(key, state) {
      await inbox.updateOne(
        { _id: key, state: 'waiting' },
        {
          $set: { state, finishedAt: clock.now() },
        },
      );
    },

    async postpone(row, until, code) {
      await inbox.updateOne(byKey(row.key), { $inc: { attempts: 1 }, $set: { errorCode: code } });
      await inbox.updateMany(
        { lane: row.lane, state: 'waiting' },
        {
          $max: { availableAt: until },
        },
      );
    },

    async listNotices(limit) {
      const docs = await inbox
        .find({ state: 'waiting', track: 'notice', availableAt: { $lte: clock.now() } })
        .sort({ availableAt: 1 })
        .limit(limit)
        .toArray();
      return docs.map(toRow);
    },

    async finishNotices(keys) {
      await inbox.updateMany(
        { _id: { $in: [...keys] } },
        {
          $set: { state: 'done', finishedAt: clock.now() },
        },
      );
    },

    async depth() {
      const [waiting, dead, oldest] = await Promise.all([
        inbox.countDocuments(OPEN),
        inbox.countDocuments({ state: 'dead' }),
        inbox.find(OPEN).sort({ receivedAt: 1 }).limit(1).project({ receivedAt: 1 }).toArray(),
      ]);
      const oldestWaitingAt = (oldest[0] as { receivedAt?: Date } | undefined)?.receivedAt;
      return { waiting, dead, ...(oldestWaitingAt ? { oldestWaitingAt } : {}) };
    },

    async listDead(limit) {
      const docs = await inbox.find({ state: 'dead' }).sort({ receivedAt: 1 }).limit(limit).toArray();
      return docs.map(toDeadLetter);
    },

    async replayDead(key) {
      const result = await inbox.updateOne(
        { _id: key, state: 'dead' },
        {
          $set: { state: 'waiting', next: 'decide', availableAt: clock.now(), attempts: 0 },
          $unset: { decided: '', decidedAt: '', finishedAt: '', errorCode: '' },
          $inc: { generation: 1 },
        },
        JOURNALED,
      );
      return result.matchedCount === 1;
    },
  };
}

function toDoc(incoming: IncomingEvent, now: Date): InboxDoc {
  const { event } = incoming;
  return {
    _id: incoming.key,
    lane: event ? laneOf(event.oaId, event.residentId) : '',
    track: incoming.track,
    state: incoming.track === 'ignored' ? 'ignored' : 'waiting',
    next: 'decide',
    eventName: incoming.eventName,
    ...(event ? { event } : {}),
    sentAt: incoming.sentAt,
    receivedAt: now,
    availableAt: incoming.track === 'notice' ? new Date(now.getTime() + NOTICE_DELAY_MS) : now,
    retries: incoming.retries,
    attempts: 0,
    generation: 0,
    ...(incoming.ignoredBecause ? { ignoredBecause: incoming.ignoredBecause } : {}),
  };
}

function toRow(doc: InboxDoc): InboxRow {
  if (!doc.event)
    throw new DatabaseError('An open inbox row has no event.', { code: 'inbox.row_without_event' });
  return {
    key: doc._id,
    lane: doc.lane,
    event: doc.event,
    receivedAt: doc.receivedAt,
    availableAt: doc.availableAt,
    attempts: doc.attempts,
    generation: doc.generation,
    ...(doc.decided ? { decided: doc.decided } : {}),
  };
}

function toDeadLetter(doc: InboxDoc): InboxDeadLetter {
  return {
    key: doc._id,
    eventName: doc.eventName,
    errorCode: doc.errorCode ?? 'unknown',
    receivedAt: doc.receivedAt,
    attempts: doc.attempts,
  };
}
