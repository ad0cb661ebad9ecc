import { AppError, type AppErrorOptions } from './errors.ts';
import type { OutgoingMessage } from './messages.ts';

/**
 * What a failed send means for the message, whatever platform carried it:
 * - `retry`: certainly not delivered; the same call may succeed a little later.
 * - `rate_limited`: certainly not delivered, and nothing else of this page will be before `retryAt`.
 * - `later`: certainly not delivered, and this one may not be sent before `retryAt` (night rule).
 * - `refused`: this person or this content: never.
 * - `operator`: a setting, permission or package; stays undelivered until somebody mends it.
 * - `unknown`: it may or may not have been delivered; must not be repeated blindly.
 */
export type SendFailure = 'retry' | 'rate_limited' | 'later' | 'refused' | 'operator' | 'unknown';

export interface SendErrorOptions extends AppErrorOptions {
  readonly failure: SendFailure;
  readonly retryAt?: Date;
}

export class SendError extends AppError {
  readonly failure: SendFailure;
  readonly retryAt?: Date;

  constructor(message: string, options: SendErrorOptions) {
    super(message, { ...options, retryable: options.failure !== 'refused' });
    this.failure = options.failure;
    if (options.retryAt) this.retryAt = options.retryAt;
  }
}

/** One message of the page found in the platform's own history. */
export interface DeliveredMessage {
  readonly messageId: string;
  readonly text: string;
  readonly sentAt: Date;
}

/** How the outbox reaches residents. Implemented by `zalo/`. */
export interface MessageSender {
  /** Makes messages the platform accepts in one call each: long text split, too many buttons written out. */
  toParts(message: OutgoingMessage): readonly OutgoingMessage[];
  /** Sends one part. Throws `SendError` for everything that is not a confirmed delivery. */
  send(residentId: string, part: OutgoingMessage): Promise<{ readonly messageId: string }>;
  /**
   * The newest messages of the page to this resident, from the platform's history, for settling an unknown
   * outcome. Throws `SendError` when the history cannot be read.
   */
  recentDeliveries(residentId: string): Promise<readonly DeliveredMessage[]>;
}
