/** A small application that owns the embedded engine, run by the tests so that it can be killed. */
import { resolve } from 'node:path';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import { startEmbeddedEngine } from '../../src/mongo/embedded-engine.ts';
import { findEngineEntry } from '../../src/mongo/engine-entry.ts';

const dataDir = process.argv[2] ?? '';
const entry = findEngineEntry(resolve('src'));
startEmbeddedEngine({ dataDir, entry, log: silentLogger, clock: systemClock })
  .then((engine) => process.send?.({ uri: engine.uri, enginePid: engine.pid }))
  .catch((error: unknown) => process.send?.({ refused: (error as { code: string }).code }))
  .finally(() => {
    // Nothing else to do: lives until it is killed or told to go.
    process.once('message', () => process.exit(0));
  });
