/** What benchmarks share: a throw-away database engine and made-up identifiers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { systemClock } from '../../src/kernel/clock.ts';
import { silentLogger } from '../../src/kernel/logger.ts';
import { startEmbeddedEngine } from '../../src/mongo/embedded-engine.ts';
import { findEngineEntry } from '../../src/mongo/engine-entry.ts';

export const APP_ID = '4021557788990012345';
export const APP_SECRET = 'made-up-app-secret';
export const OA_ID = '2871100223344556677';
export const OA_SECRET_KEY = 'made-up-oa-secret-key';

/** Settings of the application under load; the address of the database and of Zalo are added by each benchmark. */
export const APP_ENV: Readonly<Record<string, string>> = {
  ZALO_APP_ID: APP_ID,
  ZALO_APP_SECRET: APP_SECRET,
  ZALO_OA_ID: OA_ID,
  ZALO_OA_SECRET_KEY: OA_SECRET_KEY,
  ZALO_ACCESS_TOKEN: 'made-up-access-token',
  ZALO_REFRESH_TOKEN: 'made-up-refresh-token',
  ZALO_RATE_PER_MINUTE: '0',
  ZALO_API_URL: 'http://127.0.0.1:9',
  ZALO_OAUTH_URL: 'http://127.0.0.1:9',
  ENCRYPTION_KEY: '0123456789abcdef'.repeat(4),
  LOG_LEVEL: 'warn',
};

export interface ThrowAwayEngine {
  readonly uri: string;
  stop(): Promise<void>;
}

/** An embedded engine in a directory that goes away with it. */
export async function startEngine(): Promise<ThrowAwayEngine> {
  const dataDir = mkdtempSync(join(tmpdir(), 'commune-bench-'));
  const engine = await startEmbeddedEngine({
    dataDir,
    entry: findEngineEntry(resolve('src')),
    log: silentLogger,
    clock: systemClock,
  });
  return {
    uri: engine.uri,
    async stop() {
      await engine.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
