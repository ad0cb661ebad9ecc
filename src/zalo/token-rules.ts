import type { RefusedExchange } from './oauth-client.ts';
import type { StoredTokens } from './token-store.ts';

/** Refreshed at this share of its life: after 20 of 25 hours, which leaves five for mending what is broken. */
const REFRESH_AT_SHARE = 0.8;

/** A token this close to its end may die on the way to Zalo. */
const EXPIRY_MARGIN_MS = 60_000;

/** After a clear no, or an unclear answer, nobody asks again for this long. */
const REJECTED_PAUSE_MS = 10 * 60_000;
const UNKNOWN_PAUSE_MS = 60_000;

// Zalo OA docs, OAuth v4 page, read 2026-11-22: a refresh token lives three months.
export const OLD_REFRESH_TOKEN_MS = 80 * 24 * 3_600_000;

/** True when the access token cannot be used any more. A seed's end is unknown: Zalo will say when it is dead. */
export function isExpired(tokens: StoredTokens, now: Date): boolean {
  return tokens.expiresAt !== undefined && tokens.expiresAt.getTime() - EXPIRY_MARGIN_MS <= now.getTime();
}

/**
 * True when it is time to refresh ahead of need. `jitterMs` brings the moment forward, so that several pages or
 * processes do not all ask at once. A seed is due at once: its age is unknown, and a pair that cannot be refreshed
 * should be noticed while the operator is still watching the first start.
 */
export function isRefreshDue(tokens: StoredTokens, now: Date, jitterMs: number): boolean {
  if (!tokens.expiresAt) return true;
  const lifeMs = tokens.expiresAt.getTime() - tokens.obtainedAt.getTime();
  const dueAtMs = tokens.obtainedAt.getTime() + lifeMs * REFRESH_AT_SHARE - jitterMs;
  return now.getTime() >= dueAtMs;
}

/** True while a failed refresh of this pair is too fresh to be repeated: asking cannot revive a used token. */
export function isRefreshPaused(tokens: StoredTokens, now: Date): boolean {
  return tokens.failure !== undefined && tokens.failure.retryAt > now;
}

/** How long ago the refresh token was issued (for a seed: first seen). */
export function refreshTokenAgeMs(tokens: StoredTokens, now: Date): number {
  return now.getTime() - tokens.refreshTokenIssuedAt.getTime();
}

/** When a refresh that failed like this may be tried again. */
export function nextRefreshAt(kind: RefusedExchange['kind'], now: Date): Date {
  return new Date(now.getTime() + (kind === 'rejected' ? REJECTED_PAUSE_MS : UNKNOWN_PAUSE_MS));
}
