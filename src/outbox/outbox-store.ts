import { Schema, type Connection } from 'mongoose';
import type { Clock } from '../kernel/clock.ts';
import type { OutgoingMessage } from '../kernel/messages.ts';
import { registerCollection } from '../mongo/collections.ts';
import { JOURNALED } from '../mongo/write-concern.ts';
import {
  FINAL_TROUBLE,
  type NewOutboxRow,
  type OutboxRow,
  type OutboxState,
  type OutboxStore,
} from './outbox.ts';

interface OutboxDoc {
  readonly _id: string;
  readonly lane: string;
  readonly oaId: string;
  readonly residentId: string;
  readonly part: OutgoingMessage;
  readonly state: OutboxState;
  /** True until the row is final: what the partial indexes cover. */
  readonly open: boolean;
  /** True for finals an operator should look at. */
  readonly trouble?: boolean;
  readonly priority: number;
  readonly order: number;
  readonly createdAt: Date;
  readonly availableAt: Date;
  readonly expiresAt: Date;
  readonly attempts: number;
  readonly strikes: number;
  readonly checks: number;
  readonly attemptedAt?: Date;
  readonly sentAt?: Date;
  /** How an unknown outcome was found out. */
  readonly settledBy?: 'history' | 'echo';
  readonly deliveredAt?: Date;
  readonly seenAt?: Date;
  readonly failureCode?: string;
  readonly messageId?: string;
}

const outboxSchema = new Schema<OutboxDoc>(
  {
    _id: { type: String, required: true },
    lane: { type: String, required: true },
    state: { type: String, required: true },
    open: { type: Boolean, required: true },
    trouble: { type: Boolean },
    priority: { type: Number, required: true },
    availableAt: { type: Date, required: true },
    messageId: { type: String },
  },
  { collection: 'outbox', versionKey: false, strict: false },
);
outboxSchema.index({ priority: 1, availableAt: 1 }, { partialFilterExpression: { open: true } });
outboxSchema.index({ lane: 1, priority: 1, order: 1 }, { partialFilterExpression: { open: true } });
outboxSchema.index({ messageId: 1 }, { sparse: true });
outboxSchema.index({ createdAt: 1 }, { partialFilterExpression: { trouble: true } });

const OPEN_CALL: readonly OutboxState[] = ['sending', 'checking'];

export function createOutboxStore(connection: Connection, clock: Clock): OutboxStore {
  const outbox = registerCollection<OutboxDoc>(connection, 'OutboxMessage', outboxSchema);
  const inState = (key: string, states: readonly OutboxState[]) => ({
    _id: key,
    state: { $in: [...states] },
  });
  /** A row while it is still in the attempt its worker began: a worker that was stalled changes nothing any more. */
  const ownCall = (row: OutboxRow, states: readonly OutboxState[] = OPEN_CALL) => ({
    ...inState(row.key, states),
    attempts: row.attempts,
  });

  /** What stands behind a row waits with it: order is kept, and the lane is not looked at for nothing. */
  const holdBehind = async (row: OutboxRow, until: Date): Promise<void> => {
    await outbox.updateMany(
      { lane: row.lane, open: true, state: 'waiting', priority: { $gte: row.priority } },
      { $max: { availableAt: until } },
    );
  };

  return {
    async enqueue(rows) {
      if (rows.length === 0) return;
      const now = clock.now();
      try {
        await outbox.insertMany(
          rows.map((row) => toDoc(row, now)),
          {
            ordered: false,
            ...JOURNALED,
          },
        );
      } catch (error) {
        // A replayed turn queues the same keys again; anything but duplicates is a real failure.
        if (!onlyDuplicates(error)) throw error;
      }
    },

    async listReadyLanes(busy, limit) {
      const docs = await outbox
        .find({ open: true, availableAt: { $lte: clock.now() }, lane: { $nin: [...busy] } })
        .sort({ priority: 1, availableAt: 1 })
        .limit(limit * 4)
        .project<{ lane: string }>({ lane: 1 })
        .toArray();
      return [...new Set(docs.map((doc) => doc.lane))].slice(0, limit);
    },

    async listOpen(lane, limit) {
      const docs = await outbox
        .find({ lane, open: true })
        .sort({ priority: 1, order: 1 })
        .limit(limit)
        .toArray();
      return docs.map(toRow);
    },

    async claim(row) {
      const attemptedAt = clock.now();
      const attempts = row.attempts + 1;
      const result = await outbox.updateOne(
        inState(row.key, ['waiting']),
        { $set: { state: 'sending', attemptedAt, attempts, checks: 0 } },
        JOURNALED,
      );
      return result.matchedCount === 1
        ? { ...row, state: 'sending', attemptedAt, attempts, checks: 0 }
        : undefined;
    },

    async markSent(row, messageId, settledBy) {
      await outbox.updateOne(ownCall(row), {
        $set: {
          state: 'sent',
          open: false,
          messageId,
          sentAt: clock.now(),
          ...(settledBy ? { settledBy } : {}),
        },
        $unset: { failureCode: '' },
      });
    },

    async putBack(row, availableAt, failureCode, strike) {
      await outbox.updateOne(ownCall(row), {
        $set: { state: 'waiting', availableAt, failureCode },
        ...(strike ? { $inc: { strikes: 1 } } : {}),
      });
      await holdBehind(row, availableAt);
    },

    async markChecking(row, availableAt, failureCode, counts = false) {
      await outbox.updateOne(ownCall(row), {
        $set: { state: 'checking', availableAt, failureCode },
        ...(counts ? { $inc: { checks: 1 } } : {}),
      });
      await holdBehind(row, availableAt);
    },

    async markFinal(row, state, failureCode) {
      await outbox.updateOne(
        ownCall(row, ['waiting', ...OPEN_CALL]),
        { $set: { state, open: false, trouble: true, failureCode, finishedAt: clock.now() } },
        JOURNALED,
      );
    },

    async knownMessageIds(lane, messageIds) {
      const docs = await outbox
        .find({ lane, messageId: { $in: [...messageIds] } })
        .project<{ messageId: string }>({ messageId: 1 })
        .toArray();
      return new Set(docs.map((doc) => doc.messageId));
    },

    async settleByEchoes(echoes) {
      const known = await outbox
        .find({ messageId: { $in: echoes.map((echo) => echo.messageId) } })
        .project<{ messageId: string }>({ messageId: 1 })
        .toArray();
      const knownIds = new Set(known.map((doc) => doc.messageId));
      for (const { lane, messageId, text } of echoes.filter((echo) => !knownIds.has(echo.messageId))) {
        await outbox.updateOne(
          { lane, open: true, state: { $in: [...OPEN_CALL] }, 'part.text': text },
          {
            $set: { state: 'sent', open: false, messageId, sentAt: clock.now(), settledBy: 'echo' },
            $unset: { failureCode: '' },
          },
        );
      }
    },

    async recordReceipts(receipts) {
      if (receipts.length === 0) return;
      const updates = receipts.map(({ lane, messageIds, receipt, at }) => ({
        updateMany: {
          filter: { lane, messageId: { $in: [...messageIds] } },
          update: { $min: { [receipt === 'seen' ? 'seenAt' : 'deliveredAt']: at } },
        },
      }));
      await outbox.bulkWrite(updates, { ordered: false });
    },

    async depth() {
      const [waiting, checking, trouble, oldest] = await Promise.all([
        outbox.countDocuments({ open: true, state: { $in: ['waiting', 'sending'] }, priority: { $gte: 0 } }),
        outbox.countDocuments({ open: true, state: 'checking', priority: { $gte: 0 } }),
        outbox.countDocuments({ trouble: true }),
        outbox
          .find({ open: true, priority: { $gte: 0 } })
          .sort({ createdAt: 1 })
          .limit(1)
          .project({ createdAt: 1 })
          .toArray(),
      ]);
      const oldestWaitingAt = (oldest[0] as { createdAt?: Date } | undefined)?.createdAt;
      return { waiting, checking, trouble, ...(oldestWaitingAt ? { oldestWaitingAt } : {}) };
    },

    async listTrouble(limit) {
      const docs = await outbox.find({ trouble: true }).sort({ createdAt: 1 }).limit(limit).toArray();
      return docs.map(toRow);
    },

    async replay(key, availableAt, expiresAt) {
      const result = await outbox.updateOne(
        inState(key, FINAL_TROUBLE),
        {
          $set: { state: 'waiting', open: true, availableAt, expiresAt, strikes: 0, checks: 0 },
          $unset: { trouble: '', finishedAt: '' },
        },
        JOURNALED,
      );
      return result.matchedCount === 1;
    },
  };
}

/** True when a bulk insert failed for existing keys only. */
function onlyDuplicates(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { writeErrors, code } = error as { writeErrors?: unknown; code?: unknown };
  if (!Array.isArray(writeErrors)) return code === 11000;
  return writeErrors.every((each: { code?: unknown }) => each.code === 11000);
}

function toDoc(row: NewOutboxRow, now: Date): OutboxDoc {
  return {
    _id: row.key,
    lane: `${row.oaId}:${row.residentId}`,
    oaId: row.oaId,
    residentId: row.residentId,
    part: row.part,
    state: 'waiting',
    open: true,
    priority: row.priority,
    order: row.order,
    createdAt: now,
    availableAt: now,
    expiresAt: row.expiresAt,
    attempts: 0,
    strikes: 0,
    checks: 0,
  };
}

function toRow(doc: OutboxDoc): OutboxRow {
  return {
    key: doc._id,
    lane: doc.lane,
    residentId: doc.residentId,
    part: doc.part,
    state: doc.state,
    priority: doc.priority,
    order: doc.order,
    availableAt: doc.availableAt,
    expiresAt: doc.expiresAt,
    attempts: doc.attempts,
    strikes: doc.strikes,
    checks: doc.checks,
    ...(doc.attemptedAt ? { attemptedAt: doc.attemptedAt } : {}),
    ...(doc.failureCode ? { failureCode: doc.failureCode } : {}),
    ...(doc.messageId ? { messageId: doc.messageId } : {}),
  };
}
