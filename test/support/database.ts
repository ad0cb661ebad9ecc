import { randomUUID } from 'node:crypto';
import mongoose, { type Connection } from 'mongoose';

export interface TestDatabase {
  readonly connection: Connection;
  readonly uri: string;
  /** Removes everything and disconnects. */
  drop(): Promise<void>;
}

/** A database of its own for one test file, on the server that the global set-up started. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = process.env['MONGODB_TEST_URI'];
  if (!server) throw new Error('MONGODB_TEST_URI is not set: the global set-up of jest sets it');
  const uri = withDatabase(server, `test_${randomUUID().slice(0, 8)}`);
  const connection = await mongoose.createConnection(uri).asPromise();
  return {
    connection,
    uri,
    async drop() {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

/** By pattern and not by `URL`, which cannot read the several hosts of a replica set. */
function withDatabase(server: string, name: string): string {
  return server.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${name}`);
}
