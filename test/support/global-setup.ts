import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { modelFileIn } from '../../src/compose-understanding.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import { startEmbeddedEngine } from '../../src/mongo/embedded-engine.ts';
import { findEngineEntry } from '../../src/mongo/engine-entry.ts';
import { openModel } from '../../src/understanding/model/open-model.ts';
import type { TestServer } from './test-server.ts';

/** One database server for the whole test run: `MONGODB_TEST_URI`, or the embedded engine in a fresh directory. */
export default async function globalSetup(): Promise<void> {
  // Every test process reads the model; learnt once here when an example has changed since the last build.
  openModel({ localesDir: resolve('locales'), modelFile: modelFileIn(resolve('.')) });
  if (process.env['MONGODB_TEST_URI']) return;

  const dataDir = await mkdtemp(join(tmpdir(), 'commune-test-'));
  const entry = findEngineEntry(resolve('src'));
  const engine = await startEmbeddedEngine({ dataDir, entry, log: silentLogger, clock: systemClock });
  process.env['MONGODB_TEST_URI'] = engine.uri;
  const server: TestServer = { dataDir, stop: () => engine.stop() };
  Object.assign(globalThis, { testServer: server });
}
