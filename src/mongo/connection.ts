import mongoose, { type Connection } from 'mongoose';
import { DatabaseError } from '../kernel/errors.ts';

/** Answers within this time or not at all: Zalo wants its 200 in two seconds, so waiting longer helps nobody. */
const SERVER_SELECTION_MS = 1500;

/**
 * Connects to a MongoDB server. Stores build their models on the connection; `buildIndexes` then makes what they
 * declared. Throws `DatabaseError` (retryable) when no server answers.
 */
export async function openConnection(uri: string): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: SERVER_SELECTION_MS,
    // Failing at once lets the webhook say so honestly; a buffered command would outlive the request.
    bufferCommands: false,
  });
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw new DatabaseError(
      'No MongoDB server answers at MONGODB_URI: check the address and that the server runs.',
      {
        code: 'database.unreachable',
        retryable: true,
        cause: error,
      },
    );
  }
}

/** Builds the indexes of every model on the connection. Unique keys are what correctness rests on: awaited at start. */
export async function buildIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection();
    await model.createIndexes();
  }
}
