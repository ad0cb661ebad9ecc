import type { ZaloConfig } from './config.ts';
import type { Clock } from './kernel/clock.ts';
import type { Logger } from './kernel/logger.ts';
import type { MessageSender } from './kernel/sending.ts';
import type { Metrics } from './metrics.ts';
import type { Connection } from './mongo/connection.ts';
import type { LeaseStore } from './mongo/lease-store.ts';
import { createZaloClient } from './zalo/client.ts';
import { checkOa } from './zalo/oa-check.ts';
import { createOaProfileStore } from './zalo/oa-profile-store.ts';
import { createOaProfiler } from './zalo/oa-profile.ts';
import { createOauthClient } from './zalo/oauth-client.ts';
import { createRateLimit } from './zalo/rate-limit-store.ts';
import { createZaloSender } from './zalo/sender.ts';
import { createTokenCipher } from './zalo/token-cipher.ts';
import { createTokenKeeper, type TokenKeeper } from './zalo/token-keeper.ts';
import { createTokenStore } from './zalo/token-store.ts';

/** Everything that speaks to Zalo, wired. */
export interface ZaloSide {
  readonly tokens: TokenKeeper;
  readonly sender: MessageSender;
  /** Asks Zalo which page this is; for the start, and throws like any call. */
  check(): Promise<unknown>;
}

export interface ZaloSideDeps {
  readonly zalo: ZaloConfig;
  readonly encryptionKey: string;
  readonly connection: Connection;
  readonly leases: LeaseStore;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly owner: string;
}

/**
 * Zalo usually answers within a second. What takes longer is settled from the history, so waiting is not worth a
 * resident's queue; the outbox's lease and settling time are set against this (see `compose.ts`).
 */
export const CALL_TIMEOUT_MS = 5000;

export function composeZalo(deps: ZaloSideDeps): ZaloSide {
  const { zalo, connection, leases, clock, log, metrics, owner } = deps;
  const tokens = createTokenKeeper({
    store: createTokenStore(connection, { oaId: zalo.oaId, cipher: createTokenCipher(deps.encryptionKey) }),
    leases,
    oauth: createOauthClient({ url: zalo.oauthUrl, appId: zalo.appId, appSecret: zalo.appSecret }),
    ...(zalo.seed ? { seed: zalo.seed } : {}),
    clock,
    log,
    owner,
  });
  const profiler = createOaProfiler({
    store: createOaProfileStore(connection, zalo.oaId),
    setting: zalo.generation,
    clock,
    log,
  });
  const client = createZaloClient({
    apiUrl: zalo.apiUrl,
    tokens,
    rateLimit: createRateLimit(connection, { oaId: zalo.oaId, perMinute: zalo.ratePerMinute }),
    generation: profiler,
    clock,
    log,
    metrics: {
      observeCall: ({ method, result }) => {
        metrics.apiCalls.inc({ method, result });
      },
    },
    timeoutMs: CALL_TIMEOUT_MS,
  });
  return {
    tokens,
    sender: createZaloSender({ client, profiler, clock, log }),
    check: () => checkOa({ client, profiler, oaId: zalo.oaId, log }),
  };
}
