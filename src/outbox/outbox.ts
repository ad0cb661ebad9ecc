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
export const PRIORITY = { reply: 0, broadcast: 20 } as const;

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
  /** Calls begun so far; also the fence that tells one attempt from the next. */
  readonly attempts: number;
  /** Failures that count towards giving up. */
  readonly strikes: number;
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

/** The platform's copy of something the page said. */
export interface Echo {
  readonly lane: string;
  readonly messageId: string;
  readonly text: string;
}

/** Messages that reached a resident's phone, or were read. */
export interface Receipt {
  readonly lane: string;
  readonly messageIds: readonly string[];
  readonly receipt: 'delivered' | 'seen';
  readonly at: Date;
}

export interface OutboxStore {
  /** Idempotent by key; a row that exists already is left as it is. */
  enqueue(rows: readonly NewOutboxRow[]): Promise<void>;
  listReadyLanes(busy: readonly string[], limit: number): Promise<readonly string[]>;
  /** Open rows of a lane, most urgent first. */
  listOpen(lane: string, limit: number): Promise<readonly OutboxRow[]>;
  /**
   * Claims a waiting row for one call, journalled before the call: of several workers one gets it. Gives the row as
   * claimed; what is written about it afterwards counts only while it is still this attempt's.
   */
  claim(row: OutboxRow): Promise<OutboxRow | undefined>;
  /** `settledBy` when the call's own answer was never seen. */
  markSent(row: OutboxRow, messageId: string, settledBy?: 'history'): Promise<void>;
  /** Back to waiting; a `strike` counts towards giving up. */
  putBack(row: OutboxRow, availableAt: Date, failureCode: string, strike: boolean): Promise<void>;
  /** The outcome is unknown; a look into the history that failed `counts` towards leaving it to a person. */
  markChecking(row: OutboxRow, availableAt: Date, failureCode: string, counts?: boolean): Promise<void>;
  markFinal(row: OutboxRow, state: (typeof FINAL_TROUBLE)[number], failureCode: string): Promise<void>;
  /** Which of these platform ids belong to rows of this lane already. */
  knownMessageIds(lane: string, messageIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The platform's own copies of messages: proof that an open call was delivered. */
  settleByEchoes(echoes: readonly Echo[]): Promise<void>;
  recordReceipts(receipts: readonly Receipt[]): Promise<void>;
  depth(): Promise<OutboxDepth>;
  listTrouble(limit: number): Promise<readonly OutboxRow[]>;
  /** An operator's word that a final row is to be sent again. False when there is no such row. */
  replay(key: string, availableAt: Date, expiresAt: Date): Promise<boolean>;
}
