import { AppError, DatabaseError, InvalidInputError } from '../kernel/errors.ts';
import { SendError, type SendFailure } from '../kernel/sending.ts';
import { ZaloApiError } from './api-error.ts';
import type { ZaloErrorClass } from './error-codes.ts';

const FAILURE_OF_CLASS = {
  // The keeper has refreshed and the fresh token was refused too: another process may just have rotated it.
  token: 'retry',
  retry: 'retry',
  rate_limit: 'rate_limited',
  night: 'later',
  window: 'refused',
  quota: 'operator',
  permanent: 'refused',
  human: 'operator',
  reupload: 'refused',
  switch_generation: 'operator',
  template_unsupported: 'refused',
  unknown_outcome: 'unknown',
} as const satisfies Record<ZaloErrorClass, SendFailure>;

/** Says in the outbox's words what became of a message. Never throws. */
export function toSendError(error: unknown, now: Date): SendError {
  if (error instanceof SendError) return error;
  if (error instanceof ZaloApiError) return fromApiError(error, now);
  return new SendError(messageOf(error), {
    code: error instanceof AppError ? error.code : 'zalo.unexpected',
    failure: failureOf(error),
    cause: error,
    ...(error instanceof AppError ? { fields: error.fields } : {}),
  });
}

function fromApiError(error: ZaloApiError, now: Date): SendError {
  const retryAt = error.errorClass === 'night' ? nextNightEnd(now) : error.retryAt;
  return new SendError(error.message, {
    code: error.code,
    failure: FAILURE_OF_CLASS[error.errorClass],
    fields: error.fields,
    cause: error,
    ...(retryAt ? { retryAt } : {}),
  });
}

/** Our own errors are thrown before the request leaves; a stranger may come from after, so it proves nothing. */
function failureOf(error: unknown): SendFailure {
  if (error instanceof InvalidInputError) return 'refused';
  if (error instanceof DatabaseError) return 'retry';
  if (error instanceof AppError) return error.retryable ? 'retry' : 'operator';
  return 'unknown';
}

function messageOf(error: unknown): string {
  return error instanceof AppError ? error.message : 'Sending failed in an unexpected place.';
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NIGHT_ENDS_MS = 6 * HOUR_MS;
const SKEW_PAUSE_MS = 10 * 60_000;
// Vietnam has kept UTC+7 without summer time since 1975; Zalo does not say whose night it means.
const VIETNAM_OFFSET_MS = 7 * HOUR_MS;

/**
 * When a message refused for the night may go: the next 06:00 in Vietnam. In the hour after six the refusal can
 * only come from clocks that differ, so it is tried again in ten minutes rather than tomorrow.
 */
export function nextNightEnd(now: Date): Date {
  const local = now.getTime() + VIETNAM_OFFSET_MS;
  const sinceMidnight = local % DAY_MS;
  if (sinceMidnight >= NIGHT_ENDS_MS && sinceMidnight < NIGHT_ENDS_MS + HOUR_MS) {
    return new Date(now.getTime() + SKEW_PAUSE_MS);
  }
  const today = local - sinceMidnight + NIGHT_ENDS_MS;
  return new Date((local < today ? today : today + DAY_MS) - VIETNAM_OFFSET_MS);
}
