import type { Resident } from './residents.ts';
import { refusal, type ZaloAnswer } from './zalo-errors.ts';

/** Zalo OA docs, consultation message and pricing pages, read 2026-11-22. */
const HOUR_MS = 3_600_000;
const FREE_WINDOW_MS = 48 * HOUR_MS;
const SENDING_WINDOW_MS = 7 * 24 * HOUR_MS;
const WELCOME_MESSAGES = 3;

/** Who pays: the answer to the resident, a welcome, the package; `billed` has no quota in the answer. */
export type QuotaSource = 'reply' | 'welcome_msg' | 'sub_quota' | 'billed';

/** Why this person may not be written to now, or undefined when they may. */
export function windowRefusal(resident: Resident, nowMs: number): ZaloAnswer | undefined {
  if (resident.blocked === 'invitation') return refusal('-217');
  if (resident.blocked === 'message_type') return refusal('-244');
  if (resident.lastInteractionMs === undefined) return refusal('-232');
  if (nowMs - resident.lastInteractionMs > SENDING_WINDOW_MS) return refusal('-230');
  return undefined;
}

/** Which purse a message allowed by `windowRefusal` comes out of. */
export function quotaSource(resident: Resident, nowMs: number, packageRemain: number): QuotaSource {
  const fresh = nowMs - (resident.lastInteractionMs ?? 0) <= FREE_WINDOW_MS;
  if (fresh && resident.hasWritten) return 'reply';
  if (fresh && resident.welcomesSent < WELCOME_MESSAGES) return 'welcome_msg';
  return packageRemain > 0 ? 'sub_quota' : 'billed';
}

/** The monthly allowance of the page's package. */
export interface PackageQuota {
  readonly total: number;
  remain(nowMs: number): number;
  spend(nowMs: number): void;
  /** The last moment of the month, `dd/MM/yyyy`. */
  expiresOn(nowMs: number): string;
  save(): SavedQuota;
}

export interface SavedQuota {
  readonly month: string;
  readonly used: number;
}

export function createPackageQuota(total: number, saved?: SavedQuota): PackageQuota {
  let { month, used } = saved ?? { month: '', used: 0 };
  const turnTo = (nowMs: number): void => {
    const current = vietnamTime(nowMs).toISOString().slice(0, 7);
    if (current === month) return;
    month = current;
    used = 0;
  };
  return {
    total,
    remain(nowMs) {
      turnTo(nowMs);
      return Math.max(0, total - used);
    },
    spend(nowMs) {
      turnTo(nowMs);
      used += 1;
    },
    expiresOn(nowMs) {
      const local = vietnamTime(nowMs);
      return vietnamDay(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0) - VIETNAM_OFFSET_MS);
    },
    save: () => ({ month, used }),
  };
}

const VIETNAM_OFFSET_MS = 7 * HOUR_MS;

/** A date whose UTC fields read as Vietnam's clock; the country has one zone and no summer time. */
function vietnamTime(ms: number): Date {
  return new Date(ms + VIETNAM_OFFSET_MS);
}

/** `23/11/2026` */
export function vietnamDay(ms: number): string {
  return vietnamTime(ms).toISOString().slice(0, 10).split('-').reverse().join('/');
}

/** `07:30:00 23/11/2026`, as the conversation API writes it. */
export function vietnamTimestamp(ms: number): string {
  return `${vietnamTime(ms).toISOString().slice(11, 19)} ${vietnamDay(ms)}`;
}
