import { Writable } from 'node:stream';
import type { Connection } from 'mongoose';
import { createFixedClock, type FixedClock } from '../../src/kernel/clock.ts';
import { createLogger, type Logger } from '../../src/kernel/logger.ts';
import { createLeaseStore, type LeaseStore } from '../../src/mongo/lease-store.ts';
import type { ZaloMetrics } from '../../src/zalo/api.ts';
import { createZaloClient, type ZaloClient } from '../../src/zalo/client.ts';
import type { GenerationSetting } from '../../src/zalo/generation.ts';
import { createOaProfileStore } from '../../src/zalo/oa-profile-store.ts';
import { createOaProfiler, type OaProfiler } from '../../src/zalo/oa-profile.ts';
import { createOauthClient } from '../../src/zalo/oauth-client.ts';
import { createRateLimit, type RateLimit } from '../../src/zalo/rate-limit-store.ts';
import { createZaloSender } from '../../src/zalo/sender.ts';
import type { MessageSender } from '../../src/kernel/sending.ts';
import { createTokenCipher } from '../../src/zalo/token-cipher.ts';
import { createTokenKeeper, type TokenKeeper } from '../../src/zalo/token-keeper.ts';
import { createTokenStore, type TokenStore } from '../../src/zalo/token-store.ts';
import { APP_ID } from './fixtures.ts';

export const API_URL = 'https://openapi.zalo.me';
export const OAUTH_URL = 'https://oauth.zaloapp.com';
export const APP_SECRET = 'appSecretMadeUp';
export const ENCRYPTION_KEY = '0f'.repeat(32);
export const NOW = new Date('2026-11-23T03:00:30.000Z');
export const SEED = { accessToken: 'AT-seed', refreshToken: 'RT-seed' };

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

export interface RecordedLog {
  readonly log: Logger;
  readonly lines: LogLine[];
  text(): string;
}

/** The real logger, its lines kept. */
export function recordLog(): RecordedLog {
  const lines: LogLine[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as LogLine);
      done();
    },
  });
  return { log: createLogger({ level: 'debug', stream }), lines, text: () => JSON.stringify(lines) };
}

export interface ZaloSetUp {
  readonly clock: FixedClock;
  readonly recorded: RecordedLog;
  readonly store: TokenStore;
  readonly keeper: TokenKeeper;
  readonly rateLimit: RateLimit;
  readonly profiler: OaProfiler;
  readonly client: ZaloClient;
  readonly sender: MessageSender;
}

export interface ZaloSetUpOptions {
  readonly oaId: string;
  readonly seed?: { readonly accessToken?: string; readonly refreshToken?: string };
  readonly setting?: GenerationSetting;
  readonly perMinute?: number;
  readonly burst?: number;
  readonly clock?: FixedClock;
  readonly owner?: string;
  readonly apiUrl?: string;
  readonly timeoutMs?: number;
  readonly metrics?: ZaloMetrics;
  /** For faults: stands between the keeper and the real thing. */
  readonly store?: (real: TokenStore) => TokenStore;
  readonly leases?: (real: LeaseStore) => LeaseStore;
}

/** One process's Zalo edge on a real database; a second one with the same `oaId` is a second process. */
export function setUpZalo(connection: Connection, options: ZaloSetUpOptions): ZaloSetUp {
  const { oaId } = options;
  const clock = options.clock ?? createFixedClock(NOW);
  const recorded = recordLog();
  const { log } = recorded;
  const realStore = createTokenStore(connection, { oaId, cipher: createTokenCipher(ENCRYPTION_KEY) });
  const store = options.store?.(realStore) ?? realStore;
  const realLeases = createLeaseStore(connection, clock);
  const keeper = createTokenKeeper({
    store,
    leases: options.leases?.(realLeases) ?? realLeases,
    oauth: createOauthClient({ url: OAUTH_URL, appId: APP_ID, appSecret: APP_SECRET, timeoutMs: 200 }),
    seed: options.seed ?? SEED,
    clock,
    log,
    owner: options.owner ?? 'worker-1',
  });
  const profiler = createOaProfiler({
    store: createOaProfileStore(connection, oaId),
    setting: options.setting ?? 'auto',
    clock,
    log,
  });
  const rateLimit = createRateLimit(connection, { oaId, perMinute: options.perMinute, burst: options.burst });
  const client = createZaloClient({
    apiUrl: options.apiUrl ?? API_URL,
    tokens: keeper,
    rateLimit,
    generation: profiler,
    clock,
    log,
    timeoutMs: options.timeoutMs ?? 200,
    metrics: options.metrics,
  });
  const sender = createZaloSender({ client, profiler, clock, log });
  return { clock, recorded, store, keeper, rateLimit, profiler, client, sender };
}

let nextOa = 0;

/** A page of its own for every test, so that nothing is shared and nothing needs cleaning. */
export function aNewOaId(): string {
  nextOa += 1;
  return `28711002233445${String(60000 + nextOa)}`;
}
