import { z } from 'zod';
import { createHttp, type HttpAnswer } from './http.ts';

export interface OauthOptions {
  /** `ZALO_OAUTH_URL`. */
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly timeoutMs?: number;
}

/**
 * What came of asking for tokens:
 * - `granted`: a new pair; the one before it is dead from now on.
 * - `rejected`: a clear no; the refresh token may be used up.
 * - `unknown`: no trustworthy answer; a pair may have been issued and lost.
 * - `not_reached`: nothing was sent, everything is as before.
 */
export type TokenExchange = GrantedExchange | RefusedExchange;

export interface GrantedExchange {
  readonly kind: 'granted';
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly lifeMs: number;
}

export interface RefusedExchange {
  readonly kind: 'rejected' | 'unknown' | 'not_reached';
  /** Zalo's code, or what was wrong with the answer. */
  readonly code: string;
}

/** Zalo's token endpoint. Never throws. */
export interface OauthClient {
  refresh(refreshToken: string): Promise<TokenExchange>;
  /** For the callback of a grant: `code` is valid for ten minutes and once; the verifier is the one of its challenge. */
  exchangeCode(code: string, codeVerifier: string): Promise<TokenExchange>;
}

/** Two of these must fit into the lease under which the token keeper refreshes. */
export const OAUTH_TIMEOUT_MS = 10_000;
const TOKEN_PATH = '/v4/oa/access_token';
// Zalo OA docs, OAuth v4 page, read 2026-11-22: 90000 seconds.
const USUAL_LIFE_SECONDS = 90_000;

/** Sample: `{"access_token":"AT…","refresh_token":"RT…","expires_in":"90000"}`; `expires_in` is a string. */
const tokenAnswer = z.looseObject({
  access_token: z.string().optional().catch(undefined),
  refresh_token: z.string().optional().catch(undefined),
  expires_in: z.coerce.number().positive().catch(USUAL_LIFE_SECONDS),
  error: z.union([z.number(), z.string()]).optional(),
});

export function createOauthClient({ url, appId, appSecret, timeoutMs }: OauthOptions): OauthClient {
  const http = createHttp({ baseUrl: url, timeoutMs: timeoutMs ?? OAUTH_TIMEOUT_MS });
  const exchange = async (form: Readonly<Record<string, string>>): Promise<TokenExchange> => {
    const answer = await http.request({
      method: 'POST',
      path: TOKEN_PATH,
      headers: { secret_key: appSecret, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...form, app_id: appId }).toString(),
    });
    if (answer.kind === 'answer') return readAnswer(answer);
    if (answer.kind === 'not_reached') return { kind: 'not_reached', code: answer.reason };
    return { kind: 'unknown', code: `no_answer_${answer.reason}` };
  };
  return {
    refresh: (refreshToken) => exchange({ refresh_token: refreshToken, grant_type: 'refresh_token' }),
    exchangeCode: (code, codeVerifier) =>
      exchange({ code, code_verifier: codeVerifier, grant_type: 'authorization_code' }),
  };
}

function readAnswer({ status, text }: HttpAnswer): TokenExchange {
  if (status >= 500) return { kind: 'unknown', code: `no_answer_http_${String(status)}` };
  // Seen in production when a used refresh token is sent again.
  if (text.trim() === '') return { kind: 'rejected', code: 'empty_answer' };
  const parsed = tokenAnswer.safeParse(parseJson(text));
  if (!parsed.success) return { kind: 'unknown', code: 'no_answer_unreadable' };

  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, error } = parsed.data;
  if (error !== undefined && Number(error) !== 0) return { kind: 'rejected', code: safeCode(error) };
  if (!accessToken) return { kind: 'unknown', code: 'no_answer_without_token' };
  return {
    kind: 'granted',
    accessToken,
    ...(refreshToken ? { refreshToken } : {}),
    lifeMs: seconds * 1000,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An HTML page of a gateway: not a token answer, which the schema then says.
    return undefined;
  }
}

/** The code goes to logs and the database, so free text in its place does not. */
function safeCode(error: number | string): string {
  const code = String(error);
  return /^-?\d{1,9}$/.test(code) ? code : 'unlisted';
}
