import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { LeaseStore } from '../mongo/lease-store.ts';
import type { OauthClient, TokenExchange } from './oauth-client.ts';
import { noTokens, refreshFailed, refreshPending } from './token-errors.ts';
import { createTokenRefresher } from './token-refresher.ts';
import {
  isExpired,
  isRefreshDue,
  isRefreshPaused,
  OLD_REFRESH_TOKEN_MS,
  refreshTokenAgeMs,
} from './token-rules.ts';
import type { StoredTokens, TokenSource, TokenStore } from './token-store.ts';

/** Ages for `/readyz` and `/metrics`; never a token. */
export interface TokenStatus {
  readonly present: boolean;
  readonly source?: TokenSource;
  readonly accessTokenAgeMs?: number;
  /** Negative when it is over; absent for a seed, whose end is unknown. */
  readonly expiresInMs?: number;
  readonly refreshTokenAgeMs?: number;
  /** Why the last refresh of this pair failed. */
  readonly failureCode?: string;
}

/** Keeps the page's access token alive for all processes. */
export interface TokenKeeper {
  /** A token to call with. Throws `ConfigError` without any, `AppError` (`zalo.token.*`) when it cannot be renewed. */
  getAccessToken(): Promise<string>;
  /** Zalo refused this token: gives the one that replaced it, or refreshes. Throws like `getAccessToken`. */
  refreshAfterRejection(rejectedToken: string): Promise<string>;
  /** For the clock: refreshes ahead of need. True when a new pair is in place. Failures are logged, not thrown. */
  refreshIfDue(jitterMs?: number): Promise<boolean>;
  /** Takes over the answer to a fresh grant by an OA administrator. Throws `AppError` when it is a refusal. */
  adoptGrant(exchange: TokenExchange): Promise<void>;
  status(): Promise<TokenStatus>;
}

export interface TokenKeeperDeps {
  readonly store: TokenStore;
  readonly leases: Pick<LeaseStore, 'acquire' | 'release'>;
  readonly oauth: OauthClient;
  /** `ZALO_ACCESS_TOKEN` and `ZALO_REFRESH_TOKEN`: for the first start only, the stored pair wins ever after. */
  readonly seed?: { readonly accessToken?: string | undefined; readonly refreshToken?: string | undefined };
  readonly clock: Clock;
  readonly log: Logger;
  /** Unique to this process: the holder of its lease. */
  readonly owner: string;
}

/** Another process's new pair is noticed after this long; before, the dead one shows as a refused call. */
const CACHE_MS = 30_000;
const WAIT_STEP_MS = 100;
const WAIT_STEPS = 100;

export function createTokenKeeper(deps: TokenKeeperDeps): TokenKeeper {
  const { store, clock, log } = deps;
  const refresher = createTokenRefresher({ ...deps, reload });
  let cached: { readonly tokens: StoredTokens; readonly readAtMs: number } | undefined;

  async function reload(): Promise<StoredTokens> {
    const tokens = (await store.find()) ?? (await plantSeed());
    cached = { tokens, readAtMs: clock.now().getTime() };
    return tokens;
  }

  async function plantSeed(): Promise<StoredTokens> {
    const { accessToken = '', refreshToken = '' } = deps.seed ?? {};
    if (accessToken === '' && refreshToken === '') throw noTokens();
    const now = clock.now();
    const planted = await store.seed({
      accessToken,
      ...(refreshToken === '' ? {} : { refreshToken }),
      source: 'seed',
      obtainedAt: now,
      refreshTokenIssuedAt: now,
      // With a refresh token only, the missing access token counts as over.
      ...(accessToken === '' ? { expiresAt: now } : {}),
    });
    if (planted) log.info('zalo.token.seeded');
    const tokens = await store.find();
    if (!tokens) throw noTokens();
    return tokens;
  }

  async function current(): Promise<StoredTokens> {
    if (!cached || clock.now().getTime() - cached.readAtMs >= CACHE_MS) return reload();
    return cached.tokens;
  }

  async function refreshOrWait(stale: StoredTokens): Promise<string> {
    const next = (await refresher.refresh(stale)) ?? (await waitForOther(stale));
    return next.accessToken;
  }

  async function waitForOther(stale: StoredTokens): Promise<StoredTokens> {
    for (let step = 0; step < WAIT_STEPS; step += 1) {
      await pauseFor(WAIT_STEP_MS);
      const latest = await reload();
      if (latest.version !== stale.version) return latest;
      if (latest.failure && isRefreshPaused(latest, clock.now())) throw refreshFailed(latest.failure);
    }
    throw refreshPending();
  }

  async function refreshIfDue(jitterMs: number): Promise<boolean> {
    const tokens = await reload();
    const now = clock.now();
    if (!isRefreshDue(tokens, now, jitterMs) || isRefreshPaused(tokens, now)) return false;
    warnOfOldGrant(tokens, now, log);
    const next = await refresher.refresh(tokens);
    return next !== undefined && next.version !== tokens.version;
  }

  return {
    async getAccessToken() {
      const tokens = await current();
      return isExpired(tokens, clock.now()) ? refreshOrWait(tokens) : tokens.accessToken;
    },
    async refreshAfterRejection(rejectedToken) {
      const tokens = await reload();
      return tokens.accessToken === rejectedToken ? refreshOrWait(tokens) : tokens.accessToken;
    },
    async refreshIfDue(jitterMs = 0) {
      try {
        return await refreshIfDue(jitterMs);
      } catch (error) {
        // The next tick tries again; what a person must mend has been logged as an error already.
        log.warn('zalo.token.refresh_put_off', {}, error);
        return false;
      }
    },
    async adoptGrant(exchange) {
      if (exchange.kind !== 'granted') throw refreshFailed(exchange);
      await refresher.adopt(exchange);
      await reload();
    },
    async status() {
      const tokens = await store.find();
      return tokens ? toStatus(tokens, clock.now()) : { present: false };
    },
  };
}

function toStatus(tokens: StoredTokens, now: Date): TokenStatus {
  return {
    present: true,
    source: tokens.source,
    accessTokenAgeMs: now.getTime() - tokens.obtainedAt.getTime(),
    ...(tokens.expiresAt ? { expiresInMs: tokens.expiresAt.getTime() - now.getTime() } : {}),
    refreshTokenAgeMs: refreshTokenAgeMs(tokens, now),
    ...(tokens.failure ? { failureCode: tokens.failure.code } : {}),
  };
}

function warnOfOldGrant(tokens: StoredTokens, now: Date, log: Logger): void {
  const ageMs = refreshTokenAgeMs(tokens, now);
  if (ageMs < OLD_REFRESH_TOKEN_MS) return;
  log.error('zalo.token.refresh_token_old', {
    ageDays: Math.floor(ageMs / 86_400_000),
    cure: 'Let an OA administrator grant the app again at /zalo/oauth/start.',
  });
}
