import { Schema, type Connection, type mongo } from 'mongoose';
import { registerCollection } from '../mongo/collections.ts';
import { JOURNALED } from '../mongo/write-concern.ts';
import type { Dossier, DossierState, DossierStore } from './dossier.ts';

interface DossierDoc {
  /** The code, normalised. */
  readonly _id: string;
  readonly state: DossierState;
  readonly procedureName: string;
  readonly receivedOn?: string;
  readonly promisedOn?: string;
  readonly finishedOn?: string;
  readonly asOf: Date;
  readonly source: string;
}

const dossierSchema = new Schema<DossierDoc>(
  {
    _id: { type: String, required: true },
    state: { type: Number, required: true, min: 1, max: 10 },
    procedureName: { type: String, required: true },
    receivedOn: { type: String },
    promisedOn: { type: String },
    finishedOn: { type: String },
    asOf: { type: Date, required: true },
    source: { type: String, required: true },
  },
  { collection: 'dossiers', versionKey: false, strict: 'throw' },
);

/** Dossiers as the one-stop system last reported them; codes are stored and looked up normalised. */
export function createDossierStore(connection: Connection): DossierStore {
  const dossiers = registerCollection<DossierDoc>(connection, 'Dossier', dossierSchema);

  return {
    async findByCode(code) {
      const doc = await dossiers.findOne({ _id: code });
      return doc ? toDossier(doc) : undefined;
    },

    async save(rows) {
      if (rows.length === 0) return 0;
      const result = await dossiers.bulkWrite(rows.map(toUpsert), JOURNALED);
      return result.modifiedCount + result.upsertedCount;
    },
  };
}

/**
 * One update decides and writes, so two imports at once cannot put an older row over a newer one. A row that says
 * what is stored already is no change to MongoDB, and is not counted.
 */
function toUpsert(dossier: Dossier): mongo.AnyBulkWriteOperation<DossierDoc> {
  const isOlder = { $gt: ['$asOf', dossier.asOf] };
  return {
    updateOne: {
      filter: { _id: dossier.code },
      // $literal: names and sources come from files, and one beginning with `$` must not be read as a field.
      update: [{ $replaceWith: { $cond: [isOlder, '$$ROOT', { $literal: toDoc(dossier) }] } }],
      upsert: true,
    },
  };
}

function toDoc({ code, ...rest }: Dossier): DossierDoc {
  return { _id: code, ...rest };
}

function toDossier({ _id, ...rest }: DossierDoc): Dossier {
  return { code: _id, ...rest };
}
