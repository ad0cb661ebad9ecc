import { rm } from 'node:fs/promises';
import type { TestServer } from './test-server.ts';

/** Stops the server that the set-up started; one given by `MONGODB_TEST_URI` is left alone. */
export default async function globalTeardown(): Promise<void> {
  const { testServer } = globalThis as { testServer?: TestServer };
  if (!testServer) return;
  await testServer.stop();
  await rm(testServer.dataDir, { recursive: true, force: true });
}
