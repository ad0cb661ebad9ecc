import type { Connection } from 'mongoose';
import type { Clock } from '../kernel/clock.ts';
import { errorCode } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import { openConnection } from './connection.ts';
import { startEmbeddedEngine } from './embedded-engine.ts';
import type { EngineEntry } from './engine-entry.ts';
import { IN_USE } from './engine-messages.ts';
import { findRunningEngine } from './engine-notice.ts';

export interface DatabaseOptions {
  /** Empty or absent: the embedded engine in `dataDir`. */
  readonly mongodbUri?: string | undefined;
  readonly dataDir: string;
  /**
   * `owner`: the application; starts the engine, and is refused when somebody has it already.
   * `guest`: a one-off command; uses the running engine, or has one for its own duration.
   */
  readonly role: 'owner' | 'guest';
  readonly engineEntry: EngineEntry;
  readonly log: Logger;
  readonly clock: Clock;
}

export interface Database {
  readonly uri: string;
  readonly connection: Connection;
  /** Disconnects, and stops the engine if it was started here. */
  close(): Promise<void>;
}

interface Server {
  readonly uri: string;
  stop(): Promise<void>;
}

/**
 * Connects to the database the settings ask for. Throws `DatabaseError` when the server does not answer or the
 * directory is in use, `ConfigError` where the embedded engine cannot run.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const server = await findServer(options);
  try {
    const connection = await openConnection(server.uri);
    return {
      uri: server.uri,
      connection,
      close: async () => {
        await connection.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function findServer(options: DatabaseOptions): Promise<Server> {
  if (options.mongodbUri) return notOurs(options.mongodbUri);
  if (options.role === 'owner') return await startServer(options);
  return await attachOrStart(options);
}

async function attachOrStart(options: DatabaseOptions): Promise<Server> {
  const running = await attach(options.dataDir);
  if (running) return running;
  try {
    return await startServer(options);
  } catch (error) {
    // The application was started at the same moment and won: then it can be used after all.
    const winner = errorCode(error) === IN_USE ? await attach(options.dataDir) : undefined;
    if (winner) return winner;
    throw error;
  }
}

async function attach(dataDir: string): Promise<Server | undefined> {
  const notice = await findRunningEngine(dataDir);
  return notice && notOurs(`mongodb://127.0.0.1:${String(notice.port)}/?directConnection=true`);
}

async function startServer({ dataDir, engineEntry, log, clock }: DatabaseOptions): Promise<Server> {
  const engine = await startEmbeddedEngine({ dataDir, entry: engineEntry, log, clock });
  return { uri: engine.uri, stop: () => engine.stop() };
}

function notOurs(uri: string): Server {
  return { uri, stop: () => Promise.resolve() };
}
