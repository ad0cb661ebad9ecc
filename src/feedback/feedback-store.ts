import { Schema, type Connection } from 'mongoose';
import { localDayOf } from '../calendar/local-time.ts';
import { DatabaseError } from '../kernel/errors.ts';
import { registerCollection } from '../mongo/collections.ts';
import { isDuplicateKey } from '../mongo/duplicate-key.ts';
import { JOURNALED } from '../mongo/write-concern.ts';
import type { ResidentEraser } from '../residents/erasure.ts';
import type { Feedback, FeedbackCategory, FeedbackPlace, FeedbackState, FeedbackStore } from './feedback.ts';

interface FeedbackDoc {
  /** The code. */
  readonly _id: string;
  /** The turn that filed it: what makes a repeated turn harmless. */
  readonly sourceKey: string;
  readonly oaId: string;
  /** Absent once the resident's data were erased. */
  readonly residentId?: string;
  readonly category: FeedbackCategory;
  readonly description: string;
  readonly place: FeedbackPlace;
  readonly photoUrls: readonly string[];
  readonly state: FeedbackState;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const feedbackSchema = new Schema<FeedbackDoc>(
  {
    _id: { type: String, required: true },
    sourceKey: { type: String, required: true },
    oaId: { type: String, required: true },
    residentId: { type: String },
    category: { type: String, required: true },
    description: { type: String },
    place: {
      villageId: { type: String },
      words: { type: String },
      latitude: { type: Number },
      longitude: { type: Number },
    },
    photoUrls: { type: [String], required: true },
    state: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'feedback', versionKey: false, strict: 'throw' },
);
feedbackSchema.index({ sourceKey: 1 }, { unique: true });
feedbackSchema.index({ oaId: 1, residentId: 1, createdAt: -1 });

interface DayCounterDoc {
  /** `261124`. */
  readonly _id: string;
  readonly lastNumber: number;
}

const dayCounterSchema = new Schema<DayCounterDoc>(
  { _id: { type: String, required: true }, lastNumber: { type: Number, required: true } },
  { collection: 'feedback_day_counters', versionKey: false, strict: 'throw' },
);

export function createFeedbackStore(connection: Connection): FeedbackStore & ResidentEraser {
  const cases = registerCollection<FeedbackDoc>(connection, 'Feedback', feedbackSchema);
  const counters = registerCollection<DayCounterDoc>(connection, 'FeedbackDayCounter', dayCounterSchema);

  return {
    async nextCode(now) {
      const day = localDayOf(now).slice(2).replaceAll('-', '');
      const counter = await counters.findOneAndUpdate(
        { _id: day },
        { $inc: { lastNumber: 1 } },
        { upsert: true, returnDocument: 'after', ...JOURNALED },
      );
      return `PA-${day}-${String(counter?.lastNumber ?? 1).padStart(4, '0')}`;
    },

    async create({ code, ...feedback }, sourceKey) {
      const doc: FeedbackDoc = {
        _id: code,
        sourceKey,
        ...feedback,
        state: 'received',
        updatedAt: feedback.createdAt,
      };
      try {
        await cases.insertOne(doc, JOURNALED);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // The same turn again has filed its case already. Another turn with this code would overwrite a case.
        if (!(await cases.findOne({ sourceKey }))) throw codeTaken(code, error);
      }
    },

    async findOwn(oaId, residentId, code) {
      const doc = await cases.findOne({ _id: code, oaId, residentId });
      return doc ? toFeedback(doc, residentId) : undefined;
    },

    async listOwn(oaId, residentId, limit) {
      const docs = await cases
        .find({ oaId, residentId })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
      return docs.map((doc) => toFeedback(doc, residentId));
    },

    async eraseResident(oaId, residentId) {
      // The commune still has to mend the lamp and count its cases: kind, village and dates stay, the person goes.
      const result = await cases.updateMany(
        { oaId, residentId },
        {
          $set: { description: '', photoUrls: [] },
          $unset: { residentId: '', 'place.words': '', 'place.latitude': '', 'place.longitude': '' },
        },
        JOURNALED,
      );
      return result.modifiedCount;
    },
  };
}

function codeTaken(code: string, cause: unknown): DatabaseError {
  return new DatabaseError('This feedback code belongs to another case: take the next one.', {
    code: 'feedback.code_taken',
    cause,
    fields: { feedbackCode: code },
  });
}

function toFeedback(doc: FeedbackDoc, residentId: string): Feedback {
  const { _id: code, oaId, category, description, place, photoUrls, state, createdAt, updatedAt } = doc;
  return { code, oaId, residentId, category, description, place, photoUrls, state, createdAt, updatedAt };
}
