import type { OutgoingMessage } from '../kernel/messages.ts';

/**
 * - `waiting`: to be sent, not before `availableAt`.
 * - `sending`: a worker has called the platform; after a crash nobody knows how that ended.
 * - `checking`: the outcome is unknown; the platform's history will tell.
 * Final:
 * - `sent`: the platform confirmed it. - `refused`: this person or content, never.
 * - `expired`: not sent in time to be of use. - `dead`: given up after several tries.
 * - `unknown`: the history could not tell either; never repeated without a person's word.
 */
export type OutboxState =
  'waiting' | 'sending' | 'checking' | 'sent' | 'refused' | 'expired' | 'dead' | 'unknown';

export const FINAL_TROUBLE = [
  'refused',
  'expired',
  'dead',
  'unknown',
] as const satisfies readonly OutboxState[];

/** Lower goes first. Answers to people come before anything they did not ask for. */
export const PRIORITY = { reply: 0, notice: 10, broadcast: 20 } as const;

/** One message part to one resident: exactly one call to the platform when all goes well. */
export interface OutboxRow {
  /** Idempotency key, `eventKey:n`. */
  readonly key: string;
  readonly lane: string;
  readonly residentId: string;
  readonly part: OutgoingMessage;
  readonly state: OutboxState;
  readonly priority: number;
  /** Order within the lane. */
  readonly order: number;
  readonly availableAt: Date;
  readonly expiresAt: Date;
  /** Calls that certainly or possibly reached the platform. */
  readonly attempts: number;
  /** Looks into the history since the last call. */
  readonly checks: number;
  readonly attemptedAt?: Date;
  readonly failureCode?: string;
  readonly messageId?: string;
}

export interface NewOutboxRow {
  readonly key: string;
  readonly oaId: string;
  readonly residentId: string;
  readonly part: OutgoingMessage;
  readonly priority: number;
  readonly order: number;
  readonly expiresAt: Date;
}

export interface OutboxDepth {
  readonly waiting: number;
  readonly checking: number;
  /** Finals an operator should look at. */
  readonly trouble: number;
  readonly oldestWaitingAt?: Date;
}

export interface OutboxStore {
  /** Idempotent by key, journalled; a row that exists already is left as it is. */
  enqueue(rows: readonly NewOutboxRow[]): Promise<void>;
  listReadyLanes(busy: readonly string[], limit: number): Promise<readonly string[]>;
  /** Open rows of a lane, most urgent first. */
  listOpen(lane: string, limit: number): Promise<readonly OutboxRow[]>;
  /** Marks a waiting row as being sent, journalled before the call. False when it is no longer waiting. */
  markSending(key: string): Promise<boolean>;
  markSent(key: string, messageId: string): Promise<void>;
  /** Back to waiting; `countsAsAttempt` false when the platform was never asked. */
  putBack(row: OutboxRow, availableAt: Date, failureCode: string, countsAsAttempt: boolean): Promise<void>;
  markChecking(row: OutboxRow, availableAt: Date, failureCode: string): Promise<void>;
  markFinal(
    key: string,
    state: Exclude<OutboxState, 'waiting' | 'sending' | 'checking' | 'sent'>,
    failureCode: string,
  ): Promise<void>;
  /** Which of these platform ids belong to rows of this lane already. */
  knownMessageIds(lane: string, messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The platform's own copy of a message: proof that an open call was delivered. */
  settleByEcho(lane: string, messageId: string, text: string): Promise<void>;
  recordReceipt(
    lane: string,
    messageIds: readonly string[],
    receipt: 'delivered' | 'seen',
    at: Date,
  ): Promise<void>;
  depth(): Promise<OutboxDepth>;
  listTrouble(limit: number): Promise<readonly OutboxRow[]>;
  /** An operator's word that a final row is to be sent again. False when there is no such row. */
  replay(key: string, availableAt: Date, expiresAt: Date): Promise<boolean>;
}
