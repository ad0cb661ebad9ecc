import { resolve } from 'node:path';
import { composeApp } from './compose.ts';
import { loadConfig, readEnvironment, type Role } from './config.ts';
import { systemClock } from './kernel/clock.ts';
import { ConfigError } from './kernel/errors.ts';
import { createLogger, type Logger } from './kernel/logger.ts';
import { findEngineEntry } from './mongo/engine-entry.ts';

/** Requests and turns under way get this long to end after SIGTERM; Procfile platforms kill after 10 to 30 s. */
const STOP_DEADLINE_MS = 9000;

const USAGE = 'Usage: node dist/main.js web | worker | all';

function parseRole(word: string | undefined): Role {
  if (word === 'web' || word === 'worker' || word === 'all') return word;
  throw new ConfigError(USAGE, { code: 'config.usage' });
}

async function main(): Promise<void> {
  const role = parseRole(process.argv[2]);
  const config = loadConfig(readEnvironment(), role);
  const log = createLogger({ level: config.logLevel });
  const root = resolve(import.meta.dirname, '..');
  const app = await composeApp({
    config,
    role,
    root,
    engineEntry: findEngineEntry(import.meta.dirname),
    clock: systemClock,
    log,
  });
  stopOnSignal(log, () => app.stop());
  await app.start();
}

function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info('app.stopping', { signal });
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('app.stop_failed', {}, error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', onSignal);
  process.once('SIGINT', onSignal);
}

try {
  await main();
} catch (error) {
  // Before the log exists, and for people: the message names the cure.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
