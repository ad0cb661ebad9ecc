import mongoose, { type Connection } from 'mongoose';
import { DatabaseError } from '../kernel/errors.ts';

/** For the composition root, which hands it on without knowing mongoose. */
export type { Connection } from 'mongoose';

/** Answers within this time or not at all: Zalo wants its 200 in two seconds, so waiting longer helps nobody. */
const SERVER_SELECTION_MS = 1500;
/** How soon a server that came back is noticed. The driver's own 10 s would keep a restarted engine idle. */
const HEARTBEAT_MS = 1000;
/** Enough to keep a small server busy; each connection costs memory on both sides, and waiting in our own queue is cheap. */
const MAX_POOL_SIZE = 24;
const DEFAULT_DATABASE = 'commune';

/**
 * Connects to a MongoDB server; the database is the one the URI names, or `commune`. Stores build their models on the
 * connection; `buildIndexes` then makes what they declared. Throws `DatabaseError` (retryable) when no server answers.
 */
export async function openConnection(uri: string): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    dbName: databaseName(uri),
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: SERVER_SELECTION_MS,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    maxPoolSize: MAX_POOL_SIZE,
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

/** The database a URI names; not by `URL`, which cannot read the several hosts of a replica set. */
export function databaseName(uri: string): string {
  const named = /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^/?]+)/.exec(uri)?.[1];
  return named === undefined ? DEFAULT_DATABASE : decodeURIComponent(named);
}

/** Builds the indexes of every model on the connection. Unique keys are what correctness rests on: awaited at start. */
export async function buildIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection();
    await model.createIndexes();
  }
}
