import { isObject } from './message-rules.ts';
import type { Resident } from './residents.ts';

const MAX_OFFSET = 9951;
const DAY_MS = 24 * 3_600_000;
const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/**
 * The id as it stands in the text: `JSON.parse` would round its last digits, and v2 refuses it in quotes.
 */
export function rawUserId(data: string): string | undefined {
  return /"user_id"\s*:\s*(\d{1,19})\s*[,}]/.exec(data)?.[1];
}

/** The `data` parameter as an object; undefined when it is none. */
export function parseData(data: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** One page of a longer list. */
export interface Page {
  readonly offset: number;
  readonly count: number;
}

/** `offset` and `count` within Zalo's limits; undefined otherwise. */
export function pageOf(
  query: Readonly<Record<string, unknown>> | undefined,
  maxCount: number,
): Page | undefined {
  const offset = query?.['offset'] ?? 0;
  const count = query?.['count'] ?? maxCount;
  if (!query || !isCount(offset, MAX_OFFSET) || !isCount(count, maxCount)) return undefined;
  return { offset, count };
}

function isCount(value: unknown, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;
}

export function pick<T>(list: readonly T[], { offset, count }: Page): readonly T[] {
  return list.slice(offset, offset + count);
}

/** The filters of `user/getlist`. */
export function matches(
  resident: Resident,
  query: Readonly<Record<string, unknown>>,
  nowMs: number,
): boolean {
  const isFollower = query['is_follower'];
  if (typeof isFollower === 'string' && isFollower !== String(resident.follows)) return false;
  const period = query['last_interaction_period'];
  return typeof period !== 'string' || isWithin(resident.lastInteractionMs, period, nowMs);
}

/** `TODAY`, `YESTERDAY`, `L7D`, `L30D` or `YYYY_MM_DD:YYYY_MM_DD`, in Vietnam's days. */
function isWithin(atMs: number | undefined, period: string, nowMs: number): boolean {
  if (atMs === undefined) return false;
  const day = dayNumber(atMs);
  const today = dayNumber(nowMs);
  if (period === 'TODAY') return day === today;
  if (period === 'YESTERDAY') return day === today - 1;
  if (period === 'L7D') return day > today - 7;
  if (period === 'L30D') return day > today - 30;
  const [from = '', to = ''] = period.split(':').map((part) => part.replaceAll('_', '-'));
  return day >= Date.parse(from) / DAY_MS && day <= Date.parse(to) / DAY_MS;
}

function dayNumber(ms: number): number {
  return Math.floor((ms + VIETNAM_OFFSET_MS) / DAY_MS);
}
