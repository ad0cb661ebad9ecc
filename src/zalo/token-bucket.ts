/** How fast calls may go: `burst` at once, `perMinute` in the long run. */
export interface BucketLimits {
  readonly perMinute: number;
  readonly burst: number;
}

export type TakeResult = { readonly ok: true } | { readonly ok: false; readonly retryAt: Date };

/**
 * A token bucket kept as one number: `fullAtMs`, the moment at which it is full again. Each take moves that moment
 * one spacing further; a take is allowed while it lies less than `burst` spacings ahead. One number needs no
 * refilling and is changed by one atomic update.
 */
export function spacingMs({ perMinute }: BucketLimits): number {
  return 60_000 / perMinute;
}

/** How far ahead of now the bucket may be full and still give one. */
export function toleranceMs(limits: BucketLimits): number {
  return spacingMs(limits) * (limits.burst - 1);
}

/** Whether a take at `nowMs` is allowed when the bucket, before it, is full at `fullAtMs`. */
export function judgeTake(fullAtMs: number, nowMs: number, limits: BucketLimits): TakeResult {
  const freeAtMs = fullAtMs - toleranceMs(limits);
  if (nowMs >= freeAtMs) return { ok: true };
  return { ok: false, retryAt: new Date(Math.ceil(freeAtMs)) };
}

/** Where a take moves the moment; a refused one leaves it. */
export function fullAtAfterTake(fullAtMs: number, nowMs: number, limits: BucketLimits): number {
  if (!judgeTake(fullAtMs, nowMs, limits).ok) return fullAtMs;
  return Math.max(fullAtMs, nowMs) + spacingMs(limits);
}

/** An empty bucket that gives its first one at `until`. */
export function fullAtWhenDrained(until: Date, limits: BucketLimits): number {
  return until.getTime() + toleranceMs(limits);
}
