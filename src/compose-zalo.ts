import type { ZaloConfig } from './config.ts';
import type { Clock } from './kernel/clock.ts';
import type { Logger } from './kernel/logger.ts';
import type { MessageSender } from './kernel/sending.ts';
import type { Metrics } from './metrics.ts';
import type { Connection } from './mongo/connection.ts';
import type { LeaseStore } from './mongo/lease-store.ts';
import { createZaloClient, type ZaloClientDeps } from './zalo/client.ts';
import { checkOa } from './zalo/oa-check.ts';
import { createOaProfileStore } from './zalo/oa-profile-store.ts';
import { createOaProfiler } from './zalo/oa-profile.ts';
import { createOauthClient } from './zalo/oauth-client.ts';
import { createOauthGrantStore } from './zalo/oauth-grant-store.ts';
import { createOauthGrant, type OauthGrant } from './zalo/oauth-grant.ts';
import { createRateLimit } from './zalo/rate-limit-store.ts';
import { createZaloSender } from './zalo/sender.ts';
import { createTokenCipher } from './zalo/token-cipher.ts';
import { createTokenKeeper, type TokenKeeper } from './zalo/token-keeper.ts';
import { createTokenStore } from './zalo/token-store.ts';

/** Everything that speaks to Zalo, wired. */
export interface ZaloSide {
  readonly tokens: TokenKeeper;
  readonly sender: MessageSender;
  readonly grant: OauthGrant;
  /** Asks Zalo which page this is; for the start, and throws like any call. */
  check(): Promise<unknown>;
}

export interface ZaloSideDeps {
  readonly zalo: ZaloConfig;
  /** `PUBLIC_URL`; without it no grant can begin. */
  readonly publicUrl?: string | undefined;
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
  const cipher = createTokenCipher(deps.encryptionKey);
  const oauth = createOauthClient({ url: zalo.oauthUrl, appId: zalo.appId, appSecret: zalo.appSecret });
  const tokens = createTokenKeeper({
    store: createTokenStore(connection, { oaId: zalo.oaId, cipher }),
    leases,
    oauth,
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
  const clientDeps: Omit<ZaloClientDeps, 'tokens'> = {
    apiUrl: zalo.apiUrl,
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
  };
  const client = createZaloClient({ ...clientDeps, tokens });
  const grant = createOauthGrant({
    grants: createOauthGrantStore(connection, cipher),
    oauth,
    tokens,
    describeOa: (accessToken) => createZaloClient({ ...clientDeps, tokens: fixedToken(accessToken) }).getOa(),
    profiler,
    appId: zalo.appId,
    oaId: zalo.oaId,
    oauthUrl: zalo.oauthUrl,
    publicUrl: deps.publicUrl,
    clock,
    log,
  });
  return {
    tokens,
    grant,
    sender: createZaloSender({ client, profiler, clock, log }),
    check: () => checkOa({ client, profiler, oaId: zalo.oaId, log }),
  };
}

/** For asking with a token that is not in use yet: there is no other to turn to when it is refused. */
function fixedToken(accessToken: string): ZaloClientDeps['tokens'] {
  const same = (): Promise<string> => Promise.resolve(accessToken);
  return { getAccessToken: same, refreshAfterRejection: same };
}
