import type { SimulatorClock } from './clock.ts';

export interface RateLimitState {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remain: number;
}

/** Calls per calendar minute of one page; a limit of 0 allows everything. */
export interface RateLimit {
  /** Counts one call. Refused calls count as well. */
  count(): RateLimitState;
}

const MINUTE_MS = 60_000;

export function createRateLimit(perMinute: number, clock: SimulatorClock): RateLimit {
  let minute = 0;
  let used = 0;
  return {
    count() {
      const current = Math.floor(clock.nowMs() / MINUTE_MS);
      if (current !== minute) {
        minute = current;
        used = 0;
      }
      used += 1;
      return {
        allowed: perMinute === 0 || used <= perMinute,
        limit: perMinute,
        remain: Math.max(0, perMinute - used),
      };
    },
  };
}
