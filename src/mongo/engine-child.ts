import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { EngineEntry } from './engine-entry.ts';
import { toEngineError, type EngineReport } from './engine-messages.ts';

/** One run of the engine's process. */
export interface EngineChild {
  readonly pid: number;
  readonly port: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Closes the engine cleanly and waits for its end. */
  stop(): Promise<void>;
}

export interface EngineChildOptions {
  readonly entry: EngineEntry;
  readonly dataDir: string;
  /** 0 for any free one. */
  readonly port: number;
}

/** Opening a large directory after a crash replays its journal; this is far more than that ever took. */
const READY_DEADLINE_MS = 120_000;
/** Longer than the process's own deadline for closing. */
const STOP_DEADLINE_MS = 20_000;

/**
 * Starts the engine's process on `dataDir` and waits until it answers. Throws `ConfigError` where the engine cannot
 * run and `DatabaseError` otherwise, with the code `database.in_use` when another process holds the directory.
 */
export async function launchEngineChild(options: EngineChildOptions): Promise<EngineChild> {
  const child = await spawnEngine(options);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const port = await waitUntilReady(child);
  return {
    pid: child.pid ?? 0,
    port,
    exited,
    stop: async () => {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
      await exited;
      clearTimeout(force);
    },
  };
}

async function spawnEngine({ entry, dataDir, port }: EngineChildOptions): Promise<ChildProcess> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const args = [
    ...entry.args,
    // Absolute: the library is loaded by `require`, which takes a relative path for a package's.
    ...['--dbpath', resolve(dataDir, 'db')],
    ...['--library-cache', resolve(dataDir, 'engine-library')],
    ...['--port', String(port)],
  ];
  // The engine's last words go to a file and not into our log: an assertion may quote a document.
  const lastWords = openSync(join(dataDir, 'engine.log'), 'a', 0o600);
  try {
    return spawn(entry.execPath, args, { stdio: ['ignore', 'ignore', lastWords, 'ipc'] });
  } finally {
    closeSync(lastWords);
  }
}

async function waitUntilReady(child: ChildProcess): Promise<number> {
  return await new Promise<number>((resolve, reject) => {
    const fail = (code: string, message: string): void => {
      clearTimeout(deadline);
      reject(toEngineError({ code, message }));
    };
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      fail('database.engine_slow', 'it did not become ready in time');
    }, READY_DEADLINE_MS);

    child.once('message', (report: EngineReport) => {
      if (report.kind === 'failed') {
        fail(report.code, report.message);
        return;
      }
      clearTimeout(deadline);
      resolve(report.port);
    });
    child.once('error', (error) => {
      fail('database.engine_not_run', `its process cannot be run (${error.message})`);
    });
    child.once('exit', () => {
      fail(
        'database.engine_died',
        'its process ended while starting; engine.log in the data directory may say why',
      );
    });
  });
}
