import { randomUUID } from 'node:crypto';
import { Schema, type Connection } from 'mongoose';
import { DatabaseError, NotFoundError } from '../kernel/errors.ts';
import { registerCollection } from '../mongo/collections.ts';
import { isDuplicateKey } from '../mongo/duplicate-key.ts';
import { JOURNALED } from '../mongo/write-concern.ts';
import type { ResidentEraser } from '../residents/erasure.ts';
import type { Escalation, EscalationReason, EscalationStore, NewEscalation } from './escalation.ts';

interface EscalationDoc {
  readonly _id: string;
  /** Every turn that asked for this, the one that opened it first. */
  readonly sourceKeys: readonly string[];
  readonly oaId: string;
  readonly residentId: string;
  readonly reason: EscalationReason;
  readonly lastText?: string;
  readonly openedAt: Date;
  readonly state: 'open' | 'closed';
}

const escalationSchema = new Schema<EscalationDoc>(
  {
    _id: { type: String, required: true },
    sourceKeys: { type: [String], required: true },
    oaId: { type: String, required: true },
    residentId: { type: String, required: true },
    reason: { type: String, required: true },
    lastText: { type: String },
    openedAt: { type: Date, required: true },
    state: { type: String, required: true },
  },
  { collection: 'escalations', versionKey: false, strict: 'throw' },
);
escalationSchema.index({ sourceKeys: 1 }, { unique: true });
escalationSchema.index(
  { oaId: 1, residentId: 1, reason: 1 },
  { unique: true, partialFilterExpression: { state: 'open' } },
);
escalationSchema.index({ state: 1, openedAt: 1 });

/** Losing a race means that another won, and then the next try joins it; more is only for officers closing meanwhile. */
const OPEN_TRIES = 5;

export function createEscalationStore(connection: Connection): EscalationStore & ResidentEraser {
  const escalations = registerCollection<EscalationDoc>(connection, 'Escalation', escalationSchema);

  const join = async (
    { oaId, residentId, reason, lastText }: NewEscalation,
    sourceKey: string,
  ): Promise<boolean> => {
    const result = await escalations.updateOne(
      { oaId, residentId, reason, state: 'open' },
      // The officer should see what was written last.
      { $addToSet: { sourceKeys: sourceKey }, ...(lastText === undefined ? {} : { $set: { lastText } }) },
      JOURNALED,
    );
    return result.matchedCount === 1;
  };
  const insert = async (escalation: NewEscalation, sourceKey: string): Promise<boolean> => {
    try {
      const doc = { ...escalation, _id: randomUUID(), sourceKeys: [sourceKey], state: 'open' as const };
      await escalations.insertOne(doc, JOURNALED);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  };

  return {
    async open(escalation, sourceKey) {
      for (let tries = 0; tries < OPEN_TRIES; tries += 1) {
        if (await escalations.findOne({ sourceKeys: sourceKey })) return;
        if (await join(escalation, sourceKey)) return;
        if (await insert(escalation, sourceKey)) return;
      }
      throw new DatabaseError('This escalation was opened and closed by others again and again.', {
        code: 'escalation.contended',
        retryable: true,
      });
    },

    async listOpen(limit) {
      const docs = await escalations
        .find({ state: 'open' })
        .sort({ openedAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return docs.map(toEscalation);
    },

    async countOpen() {
      return await escalations.countDocuments({ state: 'open' });
    },

    async close(id) {
      const result = await escalations.updateOne({ _id: id }, { $set: { state: 'closed' } }, JOURNALED);
      if (result.matchedCount === 1) return;
      throw new NotFoundError('There is no such escalation.', {
        code: 'escalation.not_found',
        fields: { id },
      });
    },

    async eraseResident(oaId, residentId) {
      // Somebody still has to answer what is open, the request to erase among it: there only the words go.
      const closed = await escalations.deleteMany({ oaId, residentId, state: 'closed' }, JOURNALED);
      const open = await escalations.updateMany(
        { oaId, residentId, state: 'open' },
        { $unset: { lastText: '' } },
        JOURNALED,
      );
      return closed.deletedCount + open.modifiedCount;
    },
  };
}

function toEscalation({ _id, sourceKeys, ...rest }: EscalationDoc): Escalation {
  return { id: _id, sourceKey: sourceKeys[0] ?? '', ...rest };
}
