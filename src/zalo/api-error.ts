import { AppError } from '../kernel/errors.ts';
import { findZaloError, type ZaloErrorClass, type ZaloErrorEntry } from './error-codes.ts';
import type { HttpFailure } from './http.ts';

export interface ZaloApiErrorOptions {
  readonly method: string;
  readonly errorClass: ZaloErrorClass;
  readonly code: string;
  /** Zalo's own number, where it gave one. */
  readonly zaloCode?: number;
  readonly httpStatus?: number;
  readonly plainText?: ZaloErrorEntry['plainText'];
  readonly retryAt?: Date;
  readonly cause?: unknown;
}

/** A call to the OA API that was not confirmed. `errorClass` says what it means, `plainText` whether words alone may pass. */
export class ZaloApiError extends AppError {
  readonly errorClass: ZaloErrorClass;
  readonly zaloCode?: number;
  readonly plainText?: NonNullable<ZaloErrorEntry['plainText']>;
  readonly retryAt?: Date;

  constructor(message: string, options: ZaloApiErrorOptions) {
    super(message, {
      code: options.code,
      retryable: RETRYABLE.has(options.errorClass),
      cause: options.cause,
      fields: {
        method: options.method,
        ...(options.zaloCode === undefined ? {} : { zaloCode: options.zaloCode }),
        ...(options.httpStatus === undefined ? {} : { httpStatus: options.httpStatus }),
      },
    });
    this.errorClass = options.errorClass;
    if (options.zaloCode !== undefined) this.zaloCode = options.zaloCode;
    if (options.plainText) this.plainText = options.plainText;
    if (options.retryAt) this.retryAt = options.retryAt;
  }
}

const RETRYABLE: ReadonlySet<ZaloErrorClass> = new Set(['token', 'retry', 'rate_limit', 'night']);

/** Zalo said no in the body. Its own message is left out: it may quote what was sent. */
export function toApiError(
  method: string,
  zaloCode: number | string,
  message: string | undefined,
): ZaloApiError {
  const known = findZaloError(zaloCode, message);
  const numeric = Number(zaloCode);
  return new ZaloApiError(`Zalo refused ${method}: ${known.meaning}. ${known.cure}`, {
    method,
    errorClass: known.errorClass,
    code: known.code,
    ...(Number.isFinite(numeric) ? { zaloCode: numeric } : {}),
    ...(known.plainText ? { plainText: known.plainText } : {}),
  });
}

/** The request never got there, or nobody knows what became of it. */
export function toTransportError(method: string, failure: HttpFailure): ZaloApiError {
  if (failure.kind === 'not_reached') {
    return new ZaloApiError(
      `Zalo cannot be reached (${failure.reason}): check the network and ZALO_API_URL.`,
      {
        method,
        errorClass: 'retry',
        code: 'zalo.not_reached',
      },
    );
  }
  return unknownOutcome(method, 'zalo.no_answer', `no answer came back (${failure.reason})`);
}

/** An answer that proves neither success nor refusal. */
export function unknownOutcome(method: string, code: string, why: string, httpStatus?: number): ZaloApiError {
  return new ZaloApiError(`The outcome of ${method} is unknown: ${why}.`, {
    method,
    errorClass: 'unknown_outcome',
    code,
    ...(httpStatus === undefined ? {} : { httpStatus }),
  });
}

/** Refused by count, either by our own bucket or by Zalo; nothing goes out before `retryAt`. */
export function rateLimited(method: string, retryAt: Date, zaloCode?: number): ZaloApiError {
  return new ZaloApiError(`${method} waits for the rate limit of the page.`, {
    method,
    errorClass: 'rate_limit',
    code: 'zalo.rate_limited',
    retryAt,
    ...(zaloCode === undefined ? {} : { zaloCode }),
  });
}
