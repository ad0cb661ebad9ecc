import { Schema, type Collection, type Connection } from 'mongoose';
import { addDays, momentOf } from '../calendar/local-time.ts';
import type { Language } from '../kernel/messages.ts';
import { registerCollection } from '../mongo/collections.ts';
import { JOURNALED } from '../mongo/write-concern.ts';
import type { ResidentEraser } from '../residents/erasure.ts';
import type { Intent } from '../understanding/understanding.ts';
import {
  KEPT_DAYS,
  MAX_ROWS,
  type Guess,
  type Label,
  type LabellingStore,
  type Misunderstood,
  type MisunderstoodStore,
} from './misunderstood.ts';
import type { Pseudonyms } from './pseudonyms.ts';

interface MisunderstoodDoc {
  readonly _id: string;
  readonly text: string;
  readonly language: Language;
  readonly day: string;
  readonly guesses: readonly Guess[];
  readonly reason: string;
  readonly chosen?: Intent;
  readonly label?: Label & { readonly at: Date };
  /** Never leaves this file. */
  readonly owner: string;
  /** A running number in place of a time of day: which of two rows is the newer one. */
  readonly order: number;
  readonly expiresAt: Date;
}

const misunderstoodSchema = new Schema<MisunderstoodDoc>(
  {
    _id: { type: String, required: true },
    text: { type: String, required: true },
    language: { type: String, required: true },
    day: { type: String, required: true },
    guesses: { type: [{ intent: String, confidence: Number }], required: true },
    reason: { type: String, required: true },
    chosen: { type: String },
    label: { intent: String, group: String, at: Date },
    owner: { type: String, required: true },
    order: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'misunderstood', versionKey: false, strict: 'throw' },
);
misunderstoodSchema.index({ owner: 1 });
misunderstoodSchema.index({ order: -1 });
misunderstoodSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

type Rows = Collection<MisunderstoodDoc>;

/** `maxRows` is there for tests, which would take long to write five thousand. */
export function createMisunderstoodStore(
  connection: Connection,
  pseudonyms: Pseudonyms,
  maxRows: number = MAX_ROWS,
): MisunderstoodStore & ResidentEraser {
  const rows = collectionOf(connection);
  return {
    async keep({ key, ...lesson }, oaId, residentId) {
      const doc = {
        ...lesson,
        owner: pseudonyms.ofResident(oaId, residentId),
        order: await nextOrder(rows),
        // Midnight: a moment of expiry would give away the moment of writing.
        expiresAt: momentOf(addDays(lesson.day, KEPT_DAYS), '00:00'),
      };
      const _id = pseudonyms.ofEvent(key);
      await rows.updateOne({ _id }, { $setOnInsert: doc }, { upsert: true, ...JOURNALED });
      await removeOldest(rows, maxRows);
    },

    async choose(key, intent) {
      await rows.updateOne({ _id: pseudonyms.ofEvent(key) }, { $set: { chosen: intent } });
    },

    async drop(key) {
      await rows.deleteOne({ _id: pseudonyms.ofEvent(key) }, JOURNALED);
    },

    async removeExpired(now) {
      const result = await rows.deleteMany({ expiresAt: { $lte: now } });
      return result.deletedCount;
    },

    async eraseResident(oaId, residentId) {
      const result = await rows.deleteMany({ owner: pseudonyms.ofResident(oaId, residentId) }, JOURNALED);
      return result.deletedCount;
    },
  };
}

/** Needs no key: whoever labels has no way to the resident. */
export function createLabellingStore(connection: Connection): LabellingStore {
  const rows = collectionOf(connection);
  return {
    async list() {
      const docs = await rows.find({}).sort({ order: -1, _id: 1 }).toArray();
      return docs.map(toMisunderstood);
    },

    async find(id) {
      const doc = await rows.findOne({ _id: id });
      return doc ? toMisunderstood(doc) : undefined;
    },

    async label(id, label, at) {
      const result = await rows.updateOne({ _id: id }, { $set: { label: { ...label, at } } }, JOURNALED);
      return result.matchedCount === 1;
    },

    async remove(id) {
      const result = await rows.deleteOne({ _id: id }, JOURNALED);
      return result.deletedCount === 1;
    },
  };
}

function collectionOf(connection: Connection): Rows {
  return registerCollection<MisunderstoodDoc>(connection, 'Misunderstood', misunderstoodSchema);
}

/** Two processes may take the same number; then these two rows count as equally old, which harms nobody. */
async function nextOrder(rows: Rows): Promise<number> {
  const newest = await rows.findOne({}, { sort: { order: -1 }, projection: { order: 1 } });
  return (newest?.order ?? 0) + 1;
}

async function removeOldest(rows: Rows, maxRows: number): Promise<void> {
  const excess = (await rows.countDocuments({})) - maxRows;
  if (excess <= 0) return;
  const oldest = await rows
    .find({}, { projection: { _id: 1 } })
    .sort({ order: 1 })
    .limit(excess)
    .toArray();
  await rows.deleteMany({ _id: { $in: oldest.map(({ _id }) => _id) } });
}

function toMisunderstood(doc: MisunderstoodDoc): Misunderstood {
  const { _id: id, text, language, day, guesses, reason, chosen, label } = doc;
  return {
    id,
    text,
    language,
    day,
    guesses,
    reason,
    ...(chosen === undefined ? {} : { chosen }),
    ...(label === undefined ? {} : { label }),
  };
}
