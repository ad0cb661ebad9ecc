import type { ResidentEvent } from '../kernel/messages.ts';

/**
 * How an accepted event is worked on:
 * - `turn`: part of a resident's conversation; one at a time and in order for each resident.
 * - `notice`: a receipt or an echo; changes a record, says nothing, needs no order.
 * - `ignored`: known but not used, unknown, or unreadable; kept as a record only.
 */
export type Track = 'turn' | 'notice' | 'ignored';

export interface IncomingEvent {
  /** Idempotency key; the same event delivered twice has the same one. */
  readonly key: string;
  readonly eventName: string;
  readonly track: Track;
  /** Present unless `ignored`. */
  readonly event?: ResidentEvent;
  /** By the platform's clock. */
  readonly sentAt: Date;
  /** How often the platform says it has tried before. */
  readonly retries: number;
  /** Why it is ignored (`unknown_event`, `test_ping`, `group`, `other_oa`, …). */
  readonly ignoredBecause?: string;
}

export interface Inbox {
  /**
   * Stores the event before answering; a turn is in the journal on disk by then. Throws `DatabaseError` (retryable) when the database is away: the only
   * case in which the platform must be told to try again.
   */
  accept(incoming: IncomingEvent): Promise<'stored' | 'duplicate'>;
}
