import type { DeliveredMessage } from '../kernel/sending.ts';
import type { OutboxRow } from './outbox.ts';

/** Failures before a message becomes a dead letter; with the back-off about 15 minutes. */
export const MAX_STRIKES = 9;

/** Looks into the history before an unknown outcome is left to a person. */
export const MAX_CHECKS = 6;

/** A setting or permission is mended by a person, in minutes at best. */
export const OPERATOR_RETRY_MS = 60_000;

/** An answer later than this helps nobody; it is kept as `expired` for staff to see. */
export const REPLY_LIFE_MS = 24 * 3_600_000;

const FIRST_BACK_OFF_MS = 2_000;
const LONGEST_BACK_OFF_MS = 5 * 60_000;

/** The platform's clock and ours may differ; a delivery this much before our call still counts as ours. */
const CLOCK_SKEW_MS = 60_000;

/** Doubling waits with up to a quarter of spread, so that many rows do not come back at one moment. */
export function backOffMs(failures: number, random: number): number {
  const base = Math.min(FIRST_BACK_OFF_MS * 2 ** Math.max(0, failures - 1), LONGEST_BACK_OFF_MS);
  return Math.round(base * (1 + random / 4));
}

/** The delivery that must be this row: same words, not before the call, and not another row's. */
export function findDelivery(
  row: OutboxRow,
  deliveries: readonly DeliveredMessage[],
  known: ReadonlySet<string>,
): DeliveredMessage | undefined {
  const calledAt = row.attemptedAt?.getTime() ?? 0;
  const words = squeeze(row.part.text);
  return deliveries.find(
    (each) =>
      !known.has(each.messageId) &&
      each.sentAt.getTime() >= calledAt - CLOCK_SKEW_MS &&
      squeeze(each.text).startsWith(words),
  );
}

/** The same words whatever the platform did to spaces and composition; the plain-text fallback begins with them too. */
function squeeze(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
