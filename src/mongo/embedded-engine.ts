import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../kernel/clock.ts';
import { DatabaseError, errorCode } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import { launchEngineChild, type EngineChild } from './engine-child.ts';
import type { EngineEntry } from './engine-entry.ts';
import { IN_USE } from './engine-messages.ts';
import {
  findRunningEngine,
  isProcessAlive,
  readEngineNotice,
  removeEngineNotice,
  writeEngineNotice,
  type EngineNotice,
} from './engine-notice.ts';
import { superviseEngine } from './engine-supervisor.ts';

export interface EmbeddedEngineOptions {
  /** Everything of the engine lives in here: `db/`, `engine-library/`, `engine.json`, `engine.log`. */
  readonly dataDir: string;
  readonly entry: EngineEntry;
  readonly log: Logger;
  readonly clock: Clock;
}

export interface EmbeddedEngine {
  /** Stays the same when the engine is restarted. */
  readonly uri: string;
  /** The process that runs it now. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** After kill -9 of its owner an engine closes by itself; tries and pauses together give it about 8 s. */
const TAKE_OVER_TRIES = 16;
const TAKE_OVER_PAUSE_MS = 200;

/**
 * Starts the embedded database on a directory and keeps it running: one that dies is started again on the same port.
 * Throws `DatabaseError` `database.in_use` when another process has the directory, `ConfigError` where the engine
 * cannot run.
 */
export async function startEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
  const { dataDir, log } = options;
  const running = await findRunningEngine(dataDir);
  if (running) throw inUse(dataDir, running);

  const first = await launchWhenFree(options);
  await announce(options, first);
  log.warn('engine.embedded', {
    pid: first.pid,
    port: first.port,
    advice: 'The embedded database is for demos, development and tests, not for production: set MONGODB_URI.',
  });
  const supervisor = superviseEngine(
    {
      launch: (port) => launchEngineChild({ entry: options.entry, dataDir, port }),
      onRestart: (child) => announce(options, child),
      log,
      clock: options.clock,
    },
    first,
  );
  return {
    uri: `mongodb://127.0.0.1:${String(first.port)}/?directConnection=true`,
    get pid() {
      return supervisor.pid();
    },
    stop: async () => {
      await supervisor.stop();
      await removeEngineNotice(dataDir);
    },
  };
}

async function launchWhenFree({ dataDir, entry }: EmbeddedEngineOptions): Promise<EngineChild> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await launchEngineChild({ entry, dataDir, port: 0 });
    } catch (error) {
      if (errorCode(error) !== IN_USE) throw error;
      // Either somebody won a race for the directory, or a dead owner's engine is still closing: wait for the latter.
      const notice = await readEngineNotice(dataDir);
      if (tries >= TAKE_OVER_TRIES || (notice && isProcessAlive(notice.ownerPid))) {
        throw inUse(dataDir, notice, error);
      }
      await delay(TAKE_OVER_PAUSE_MS);
    }
  }
}

async function announce({ dataDir, clock }: EmbeddedEngineOptions, child: EngineChild): Promise<void> {
  const startedAt = clock.now().toISOString();
  await writeEngineNotice(dataDir, { pid: child.pid, port: child.port, ownerPid: process.pid, startedAt });
}

function inUse(dataDir: string, notice: EngineNotice | undefined, cause?: unknown): DatabaseError {
  const holder = notice ? `process ${String(notice.ownerPid)}` : 'another process';
  return new DatabaseError(
    `The data directory ${dataDir} is in use by ${holder}: stop that process first, give this one another DATA_DIR, ` +
      'or set MONGODB_URI so that both use the same MongoDB server.',
    { code: IN_USE, cause, fields: notice ? { ownerPid: notice.ownerPid } : {} },
  );
}
