import { resolve } from 'node:path';
import { loadDatabaseConfig, readEnvironment } from '../../src/config.ts';
import { systemClock, type Clock } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { openDatabase, type Database } from '../../src/mongo/database.ts';
import { findEngineEntry } from '../../src/mongo/engine-entry.ts';

/** The root of the checkout; commands are run by npm, which sets the working directory to it. */
export const ROOT = process.cwd();

/**
 * The database for a one-off command: `MONGODB_URI`, or the running application's embedded engine, found through
 * `DATA_DIR`, or that directory opened for the command's own duration.
 */
export async function openCommandDatabase(): Promise<{ readonly database: Database; readonly clock: Clock }> {
  const database = await openDatabase({
    ...loadDatabaseConfig(readEnvironment()),
    role: 'guest',
    engineEntry: findEngineEntry(resolve(ROOT, 'src')),
    log: createLogger({ level: 'error' }),
    clock: systemClock,
  });
  return { database, clock: systemClock };
}

/** Runs a command's body with the database and always disconnects; an error is printed as its message and exit 1. */
export async function runCommand(body: (database: Database, clock: Clock) => Promise<void>): Promise<void> {
  try {
    const { database, clock } = await openCommandDatabase();
    try {
      await body(database, clock);
    } finally {
      await database.close();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
