import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import { openDatabase, type Database, type DatabaseOptions } from '../../src/mongo/database.ts';
import { findEngineEntry } from '../../src/mongo/engine-entry.ts';
import { readEngineNotice } from '../../src/mongo/engine-notice.ts';
import { openTestDatabase } from '../support/database.ts';
import { describeWithEngine, makeDataDir, type DataDir } from '../support/engine.ts';

let dataDir: DataDir;
let opened: Database[];

beforeEach(async () => {
  dataDir = await makeDataDir();
  opened = [];
});

afterEach(async () => {
  for (const database of opened.reverse()) await database.close();
  await dataDir.remove();
});

async function open(options: Partial<DatabaseOptions>): Promise<Database> {
  const database = await openDatabase({
    dataDir: dataDir.path,
    role: 'owner',
    engineEntry: findEngineEntry(resolve('src')),
    log: silentLogger,
    clock: systemClock,
    ...options,
  });
  opened.push(database);
  return database;
}

describe('a database by MONGODB_URI', () => {
  it('is used as it is, and no engine is started', async () => {
    const server = await openTestDatabase();

    const database = await open({ mongodbUri: server.uri });
    await database.connection.collection('people').insertOne({ village: 'thon-1' });

    expect(await server.connection.collection('people').countDocuments()).toBe(1);
    expect(await readEngineNotice(dataDir.path)).toBeUndefined();
    await server.drop();
  });

  it('is refused as retryable when no server answers there', async () => {
    await expect(open({ mongodbUri: 'mongodb://127.0.0.1:1/commune' })).rejects.toMatchObject({
      code: 'database.unreachable',
      retryable: true,
    });
  });
});

describeWithEngine('the database without MONGODB_URI', () => {
  it('lets a one-off command change what the running application sees, and goes on when the command is done', async () => {
    const application = await open({ role: 'owner' });
    const command = await open({ role: 'guest' });

    await command.connection.collection('people').insertOne({ village: 'thon-1' });
    await command.close();

    expect(await application.connection.collection('people').countDocuments()).toBe(1);
  });

  it('is started for a one-off command when nothing runs, and stopped with it', async () => {
    const command = await open({ role: 'guest' });
    await command.connection.collection('people').insertOne({ village: 'thon-1' });
    await command.close();

    const application = await open({ role: 'owner' });

    expect(await application.connection.collection('people').countDocuments()).toBe(1);
  });

  it('is shared by two one-off commands that start at once', async () => {
    const [first, second] = await Promise.all([open({ role: 'guest' }), open({ role: 'guest' })]);

    await first.connection.collection('people').insertOne({ village: 'thon-1' });

    expect(await second.connection.collection('people').countDocuments()).toBe(1);
  });

  it('refuses to run the application twice on one directory', async () => {
    await open({ role: 'owner' });

    await expect(open({ role: 'owner' })).rejects.toMatchObject({ code: 'database.in_use' });
  });
});
