import type { z } from 'zod';
import type { Clock } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import { rateLimited, toApiError, toTransportError, unknownOutcome, ZaloApiError } from './api-error.ts';
import { appsecretProof } from './appsecret-proof.ts';
import { findZaloError, UNLISTED_ERROR } from './error-codes.ts';
import { createHttp, type HttpAnswer, type HttpRequest } from './http.ts';
import { parseJsonKeepingIds } from './json.ts';
import type { RateLimit } from './rate-limit-store.ts';
import type { TokenKeeper } from './token-keeper.ts';
import { envelope } from './wire.ts';

/** Counts and times calls; `result` is `ok` or an error code. */
export interface ZaloMetrics {
  observeCall(call: { readonly method: string; readonly result: string; readonly durationMs: number }): void;
}

export interface ZaloApiDeps {
  /** `ZALO_API_URL`. */
  readonly apiUrl: string;
  readonly tokens: Pick<TokenKeeper, 'getAccessToken' | 'refreshAfterRejection'>;
  readonly rateLimit: RateLimit;
  /** With it every call carries `appsecret_proof`, as apps with that switch on demand. */
  readonly appSecret?: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics?: ZaloMetrics | undefined;
  readonly timeoutMs?: number | undefined;
}

/** One call of the API: what to ask, and the shape of the answer's `data`. */
export interface ApiCall<T> {
  readonly method: string;
  readonly request: HttpRequest;
  readonly answer: z.ZodType<T>;
}

/** Calls the OA API by its common rules: budget, token, envelope, error table. */
export interface ZaloApi {
  /**
   * Throws `ZaloApiError` for an unconfirmed call, and the `AppError` of the budget or the tokens when it could not
   * be tried.
   */
  call<T>(apiCall: ApiCall<T>): Promise<T>;
}

const DEFAULT_TIMEOUT_MS = 10_000;

export function createZaloApi(deps: ZaloApiDeps): ZaloApi {
  const { tokens, rateLimit, clock, log } = deps;
  const http = createHttp({ baseUrl: deps.apiUrl, timeoutMs: deps.timeoutMs ?? DEFAULT_TIMEOUT_MS });

  /** One call; a refused token is renewed once and the call repeated once. */
  async function call<T>(apiCall: ApiCall<T>): Promise<T> {
    const token = await beforeCall(apiCall.method, () => tokens.getAccessToken());
    try {
      return await callOnce(apiCall, token);
    } catch (error) {
      if (!(error instanceof ZaloApiError) || error.errorClass !== 'token') throw error;
      log.info('zalo.token.refused', { method: apiCall.method, zaloCode: error.zaloCode });
      const nextToken = await beforeCall(apiCall.method, () => tokens.refreshAfterRejection(token));
      return callOnce(apiCall, nextToken);
    }
  }

  async function callOnce<T>(apiCall: ApiCall<T>, token: string): Promise<T> {
    const startedMs = clock.now().getTime();
    const observe = (result: string): void => {
      const durationMs = clock.now().getTime() - startedMs;
      deps.metrics?.observeCall({ method: apiCall.method, result, durationMs });
    };
    try {
      const result = await exchange(apiCall, token);
      observe('ok');
      return result;
    } catch (error) {
      observe(error instanceof AppError ? error.code : 'zalo.unexpected');
      throw error;
    }
  }

  async function exchange<T>({ method, request, answer }: ApiCall<T>, token: string): Promise<T> {
    await takeFromBudget(method);
    const response = await http.request({ ...request, headers: headersFor(request, token) });
    if (response.kind !== 'answer') throw toTransportError(method, response);
    if (response.status === 429) throw await drained(method);

    const body = readEnvelope(method, response);
    if (Number(body.error) !== 0) throw await refusal(method, body.error, body.message);
    const parsed = answer.safeParse(body.data);
    if (parsed.success) return parsed.data;
    throw unknownOutcome(method, 'zalo.answer_shape', 'Zalo agreed but left out what it should tell');
  }

  async function takeFromBudget(method: string): Promise<void> {
    const taken = await beforeCall(method, () => rateLimit.take(clock.now()));
    if (!taken.ok) throw rateLimited(method, taken.retryAt);
  }

  function headersFor(request: HttpRequest, token: string): Record<string, string> {
    return {
      ...request.headers,
      access_token: token,
      ...(deps.appSecret ? { appsecret_proof: appsecretProof(token, deps.appSecret) } : {}),
    };
  }

  async function refusal(method: string, zaloCode: number | string, message?: string): Promise<ZaloApiError> {
    const known = findZaloError(zaloCode, message);
    if (known.errorClass === 'rate_limit') return drained(method, Number(zaloCode));
    if (known === UNLISTED_ERROR) log.warn('zalo.code_unlisted', { method, zaloCode: Number(zaloCode) });
    if (known.alert) log.error(known.code, { method, zaloCode: Number(zaloCode), cure: known.cure });
    return toApiError(method, zaloCode, message);
  }

  /** Zalo counts by the minute; all processes wait for the next one. */
  async function drained(method: string, zaloCode?: number): Promise<ZaloApiError> {
    const retryAt = nextMinute(clock.now());
    await beforeCall(method, () => rateLimit.drainUntil(retryAt));
    log.warn('zalo.rate_limited', { method, zaloCode });
    return rateLimited(method, retryAt, zaloCode);
  }

  return { call };
}

/** What fails before the request leaves is not an unknown outcome, whoever throws it. */
export async function beforeCall<T>(method: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new ZaloApiError(`${method} could not be tried.`, {
      method,
      errorClass: 'retry',
      code: 'zalo.not_tried',
      cause: error,
    });
  }
}

function readEnvelope(method: string, { status, text }: HttpAnswer): z.infer<typeof envelope> {
  if (status >= 500) throw unknownOutcome(method, 'zalo.http_error', 'the gateway failed', status);
  const parsed = envelope.safeParse(parseJson(text));
  if (!parsed.success) {
    throw unknownOutcome(method, 'zalo.not_json', "the answer is not Zalo's JSON", status);
  }
  const claimsSuccess = Number(parsed.data.error) === 0;
  if (status >= 300 && claimsSuccess) {
    throw unknownOutcome(method, 'zalo.http_error', 'status and body contradict each other', status);
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return parseJsonKeepingIds(text);
  } catch {
    // Not JSON: the envelope's schema then says so.
    return undefined;
  }
}

const MINUTE_MS = 60_000;

function nextMinute(now: Date): Date {
  return new Date((Math.floor(now.getTime() / MINUTE_MS) + 1) * MINUTE_MS);
}
