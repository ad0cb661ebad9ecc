import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe } from '@jest/globals';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import type { EmbeddedEngineOptions } from '../../src/mongo/embedded-engine.ts';
import { findEngineEntry } from '../../src/mongo/engine-entry.ts';
import { detectPlatform, planLibrary } from '../../src/mongo/engine-platform.ts';

/** `describe` where the embedded engine can run; elsewhere (the tests then have a server by URI) skipped. */
export const describeWithEngine = engineCanRun() ? describe : describe.skip;

function engineCanRun(): boolean {
  try {
    planLibrary(detectPlatform());
    return true;
  } catch {
    return false;
  }
}

export interface DataDir {
  readonly path: string;
  remove(): Promise<void>;
}

export async function makeDataDir(): Promise<DataDir> {
  const path = await mkdtemp(join(tmpdir(), 'commune-engine-'));
  // Retried because the engine of an application that was killed may be writing its last files.
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  return { path, remove };
}

export function engineOptions(dataDir: string): EmbeddedEngineOptions {
  return { dataDir, entry: findEngineEntry(resolve('src')), log: silentLogger, clock: systemClock };
}

/** Whether anything answers at the address of an engine. */
export async function isServing(uri: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(Number(new URL(uri).port), '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
