import axios, { type AxiosResponse } from 'axios';
import { createHttpAgents } from './http-agents.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Finished body text; its type is in `headers`. */
  readonly body?: string;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly text: string;
}

/** `not_reached`: certainly not received. `lost`: it may have been received, no whole answer came back. */
export interface HttpFailure {
  readonly kind: 'not_reached' | 'lost';
  /** A system code such as `ECONNRESET`; never an address, header or body. */
  readonly reason: string;
}

export interface Http {
  /** Never throws: axios errors carry the token in their request and must not travel. */
  request(request: HttpRequest): Promise<HttpAnswer | HttpFailure>;
}

export interface HttpOptions {
  readonly baseUrl: string;
  /** For the whole call; connecting alone gets at most half of it. */
  readonly timeoutMs: number;
}

const MAX_ANSWER_BYTES = 1024 * 1024;

/** One HTTP door for one of Zalo's hosts. Every status is an answer; what it means is for the caller. */
export function createHttp({ baseUrl, timeoutMs }: HttpOptions): Http {
  const client = axios.create({
    ...createHttpAgents(Math.ceil(timeoutMs / 2)),
    baseURL: baseUrl,
    timeout: timeoutMs,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    responseType: 'text',
    // Left as text: JSON.parse would round the ids, and an HTML page must stay recognisable.
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
  });
  return {
    async request({ method, path, headers, query, body }) {
      try {
        const response: AxiosResponse<unknown> = await client.request({
          method,
          url: path,
          ...(headers ? { headers } : {}),
          ...(query ? { params: query } : {}),
          ...(body === undefined ? {} : { data: body }),
        });
        const text = typeof response.data === 'string' ? response.data : '';
        return { kind: 'answer', status: response.status, text };
      } catch (error) {
        return toFailure(error);
      }
    },
  };
}

const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
]);

interface SystemErrorLike {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

function toFailure(error: unknown): HttpFailure {
  const reason = systemCode(error);
  return { kind: happenedWhileConnecting(error) ? 'not_reached' : 'lost', reason };
}

/** Anything not proven to have failed before the first byte left counts as perhaps received. */
function happenedWhileConnecting(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, syscall, cause, errors } = error as SystemErrorLike;
  if (syscall === 'connect' || (typeof code === 'string' && NEVER_CONNECTED.has(code))) return true;
  // Node tries several addresses and reports the failures together.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(happenedWhileConnecting);
  return happenedWhileConnecting(cause);
}

function systemCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null ? (error as SystemErrorLike).code : undefined;
  return typeof code === 'string' && /^[A-Z_0-9]+$/.test(code) ? code : 'UNEXPECTED';
}
