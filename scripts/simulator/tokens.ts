import { createHash } from 'node:crypto';
import type { SimulatorClock } from './clock.ts';
import type { Random } from './random.ts';

/** Zalo OA docs, OAuth v4 page, read 2026-11-22: 25 hours, 3 months, codes 10 minutes. */
const ACCESS_TOKEN_LIFE_MS = 90_000_000;
const REFRESH_TOKEN_LIFE_MS = 90 * 24 * 3_600_000;
const CODE_LIFE_MS = 600_000;
/** Only so that a replaced token can be told from an unknown one. */
const REMEMBERED_REPLACED = 50;

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface IssuedTokens extends TokenPair {
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly refreshExpiresAtMs: number;
}

/** What survives a restart. */
export interface SavedTokens {
  readonly current: IssuedTokens;
  readonly replaced: readonly string[];
  readonly refreshes: number;
}

export type TokenVerdict = 'ok' | 'unknown' | 'expired' | 'replaced';

/** The one valid token pair of the page. Everything is synchronous: of two racing refreshes one wins. */
export interface Tokens {
  check(accessToken: string): TokenVerdict;
  /** Undefined when the refresh token is unknown, used or too old. The old access token dies at once. */
  refresh(refreshToken: string): IssuedTokens | undefined;
  /** A code of the permission page, bound to the challenge when there was one. */
  issueCode(challenge: string | undefined): string;
  exchange(code: string, verifier: string | undefined): IssuedTokens | undefined;
  expireNow(): void;
  current(): IssuedTokens;
  lifeMs: number;
  save(): SavedTokens;
}

export interface TokensOptions {
  readonly clock: SimulatorClock;
  readonly random: Random;
  readonly seed?: TokenPair | undefined;
  readonly saved?: SavedTokens | undefined;
  readonly accessTokenLifeMs?: number | undefined;
}

export function createTokens({ clock, random, seed, saved, accessTokenLifeMs }: TokensOptions): Tokens {
  const lifeMs = accessTokenLifeMs ?? ACCESS_TOKEN_LIFE_MS;
  const codes = new Map<string, { readonly challenge: string | undefined; readonly expiresAtMs: number }>();

  const issue = (pair?: TokenPair): IssuedTokens => ({
    accessToken: pair?.accessToken ?? random.token('AT-'),
    refreshToken: pair?.refreshToken ?? random.token('RT-'),
    issuedAtMs: clock.nowMs(),
    expiresAtMs: clock.nowMs() + lifeMs,
    refreshExpiresAtMs: clock.nowMs() + REFRESH_TOKEN_LIFE_MS,
  });

  let current = saved?.current ?? issue(seed);
  let replaced = [...(saved?.replaced ?? [])];
  let refreshes = saved?.refreshes ?? 0;

  const rotate = (): IssuedTokens => {
    replaced = [...replaced, current.accessToken].slice(-REMEMBERED_REPLACED);
    current = issue();
    refreshes += 1;
    return current;
  };

  return {
    lifeMs,
    check(accessToken) {
      if (accessToken === current.accessToken) return clock.nowMs() < current.expiresAtMs ? 'ok' : 'expired';
      return replaced.includes(accessToken) ? 'replaced' : 'unknown';
    },
    refresh(refreshToken) {
      const valid = refreshToken === current.refreshToken && clock.nowMs() < current.refreshExpiresAtMs;
      return valid ? rotate() : undefined;
    },
    issueCode(challenge) {
      const code = random.token('CODE-');
      codes.set(code, { challenge, expiresAtMs: clock.nowMs() + CODE_LIFE_MS });
      return code;
    },
    exchange(code, verifier) {
      const grant = codes.get(code);
      codes.delete(code);
      if (!grant || clock.nowMs() >= grant.expiresAtMs) return undefined;
      if (grant.challenge !== undefined && grant.challenge !== challengeOf(verifier)) return undefined;
      return rotate();
    },
    expireNow() {
      current = { ...current, expiresAtMs: clock.nowMs() };
    },
    current: () => current,
    save: () => ({ current, replaced, refreshes }),
  };
}

function challengeOf(verifier: string | undefined): string | undefined {
  return verifier === undefined ? undefined : createHash('sha256').update(verifier).digest('base64url');
}
