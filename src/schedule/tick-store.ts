import { Schema, type Connection } from 'mongoose';
import { registerCollection } from '../mongo/collections.ts';
import { isDuplicateKey } from '../mongo/duplicate-key.ts';
import { JOURNALED } from '../mongo/write-concern.ts';

/** Which tick of each job was taken last, so that of several processes one runs it, once. */
export interface TickStore {
  /** True for the first caller that names this tick; false for all others and for older ticks. */
  claim(job: string, tick: Date): Promise<boolean>;
}

interface TickDoc {
  readonly _id: string;
  readonly tick: Date;
}

const tickSchema = new Schema<TickDoc>(
  { _id: { type: String, required: true }, tick: { type: Date, required: true } },
  { collection: 'job_ticks', versionKey: false },
);

export function createTickStore(connection: Connection): TickStore {
  const ticks = registerCollection<TickDoc>(connection, 'JobTick', tickSchema);
  return {
    async claim(job, tick) {
      try {
        await ticks.updateOne(
          { _id: job, tick: { $lt: tick } },
          { $set: { tick } },
          { upsert: true, ...JOURNALED },
        );
        return true;
      } catch (error) {
        // The filter misses a job whose stored tick is this one or newer; the upsert then collides with it.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}
