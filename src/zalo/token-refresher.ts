import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { LeaseStore } from '../mongo/lease-store.ts';
import type { GrantedExchange, OauthClient, RefusedExchange } from './oauth-client.ts';
import { findOauthRefusal } from './oauth-codes.ts';
import { refreshFailed } from './token-errors.ts';
import { isRefreshPaused, nextRefreshAt } from './token-rules.ts';
import type { StoredTokens, TokenPair, TokenSource, TokenStore } from './token-store.ts';

export interface TokenRefresherDeps {
  readonly store: TokenStore;
  readonly leases: Pick<LeaseStore, 'acquire' | 'release'>;
  readonly oauth: OauthClient;
  readonly clock: Clock;
  readonly log: Logger;
  readonly owner: string;
  /** Reads the stored pair anew. */
  readonly reload: () => Promise<StoredTokens>;
}

/** Exchanges a pair for the next one, alone among all processes. */
export interface TokenRefresher {
  /**
   * Gives the pair that follows `stale`, whoever fetched it; nothing while another process is fetching it.
   * Throws `AppError` (`zalo.token.*`) when it cannot be had.
   */
  refresh(stale: StoredTokens): Promise<StoredTokens | undefined>;
  /** Stores the pair of a fresh grant; it wins over a refresh that ends at the same moment. */
  adopt(granted: GrantedExchange): Promise<void>;
}

/** Two calls to the token endpoint and the writing must fit in. */
const LEASE_MS = 45_000;

/**
 * A refresh token works once, and using it kills the access token of everybody. Hence: one process at a time, look
 * again after getting the lease, store before use, and never a second try before looking whether the first one
 * was another's success.
 */
export function createTokenRefresher(deps: TokenRefresherDeps): TokenRefresher {
  const { store, leases, oauth, clock, log, owner, reload } = deps;
  let running: Promise<StoredTokens | undefined> | undefined;
  /** Issued by Zalo but not taken by the database: the pair it replaces is dead, so it must not be forgotten. */
  let unsaved: { readonly version: number; readonly pair: TokenPair } | undefined;

  async function refreshUnderLease(stale: StoredTokens): Promise<StoredTokens | undefined> {
    const lease = await leases.acquire(`zalo-token:${store.oaId}`, owner, LEASE_MS);
    if (!lease) return undefined;
    try {
      const latest = await reload();
      return latest.version === stale.version ? await exchange(latest) : latest;
    } finally {
      await leases.release(lease).catch((error: unknown) => {
        // It runs out by itself; the outcome of the refresh matters more.
        log.warn('zalo.token.lease_not_released', {}, error);
      });
    }
  }

  async function exchange(tokens: StoredTokens): Promise<StoredTokens> {
    if (unsaved?.version === tokens.version) return save(tokens.version, unsaved.pair);
    if (tokens.failure && isRefreshPaused(tokens, clock.now())) throw refreshFailed(tokens.failure);
    if (!tokens.refreshToken) return giveUp(tokens, { kind: 'rejected', code: 'no_refresh_token' });

    const first = await oauth.refresh(tokens.refreshToken);
    if (first.kind === 'granted') return save(tokens.version, toNextPair(tokens, first, clock.now()));
    const latest = await reload();
    if (latest.version !== tokens.version) return latest;
    if (first.kind === 'rejected') return giveUp(tokens, first);

    log.warn('zalo.token.refresh_repeated', { oauthCode: first.code });
    const second = await oauth.refresh(tokens.refreshToken);
    if (second.kind === 'granted') return save(tokens.version, toNextPair(tokens, second, clock.now()));
    return giveUp(tokens, second);
  }

  /** Stored first, used afterwards: a crash in between must find the new pair. */
  async function save(version: number, pair: TokenPair): Promise<StoredTokens> {
    unsaved = { version, pair };
    try {
      const replaced = await store.replace(version, pair);
      if (replaced) log.info('zalo.token.refreshed', { source: pair.source, version: version + 1 });
      else log.warn('zalo.token.replaced_meanwhile', { version });
    } catch (error) {
      log.error(
        'zalo.token.not_stored',
        { cure: 'Bring the database back before stopping this process.' },
        error,
      );
      throw error;
    }
    unsaved = undefined;
    return reload();
  }

  async function giveUp(tokens: StoredTokens, refused: RefusedExchange): Promise<never> {
    const now = clock.now();
    const error = refreshFailed(refused);
    if (refused.kind === 'not_reached') log.warn('zalo.token.not_reached', {}, error);
    else log.error('zalo.token.refresh_failed', { cure: findOauthRefusal(refused.code).cure }, error);
    const { kind, code } = refused;
    await store.recordFailure(tokens.version, { kind, code, at: now, retryAt: nextRefreshAt(kind, now) });
    throw error;
  }

  return {
    refresh(stale) {
      running ??= refreshUnderLease(stale).finally(() => {
        running = undefined;
      });
      return running;
    },
    async adopt(granted) {
      const pair = toPair(granted, 'grant', clock.now());
      if (await store.seed(pair)) return;
      const stored = await save((await store.findVersion()) ?? 1, pair);
      if (stored.accessToken !== pair.accessToken) await save(stored.version, pair);
    },
  };
}

function toPair(granted: GrantedExchange, source: TokenSource, now: Date): TokenPair {
  return {
    accessToken: granted.accessToken,
    ...(granted.refreshToken === undefined ? {} : { refreshToken: granted.refreshToken }),
    source,
    obtainedAt: now,
    expiresAt: new Date(now.getTime() + granted.lifeMs),
    refreshTokenIssuedAt: now,
  };
}

/** An answer without a refresh token leaves the old one in force, with its age. */
function toNextPair(former: StoredTokens, granted: GrantedExchange, now: Date): TokenPair {
  const pair = toPair(granted, 'refresh', now);
  if (pair.refreshToken !== undefined || former.refreshToken === undefined) return pair;
  return {
    ...pair,
    refreshToken: former.refreshToken,
    refreshTokenIssuedAt: former.refreshTokenIssuedAt,
  };
}
