import { z } from 'zod';
import { OAUTH_REFUSALS } from './oauth-codes.ts';

/**
 * What the administrator's browser brings back from the permission page. Sample of consent:
 * `?code=yP3…&oa_id=2871100223344556677&state=k9w…`; how a denial looks is not documented beyond "error parameters".
 */
export interface OauthCallback {
  readonly state?: string | undefined;
  readonly code?: string | undefined;
  readonly oaId?: string | undefined;
  /** Set when Zalo says that nothing was granted: one of its documented codes, or `denied`. */
  readonly refusal?: string | undefined;
}

// Given twice a parameter arrives as a list; then it counts as not given.
const word = (pattern: RegExp) => z.string().regex(pattern).optional().catch(undefined);

const callbackQuery = z.looseObject({
  state: word(/^[A-Za-z0-9_-]{43}$/),
  code: word(/^[\x21-\x7e]{1,2048}$/),
  oa_id: word(/^\d{5,20}$/),
});

const REFUSAL_PARAMETERS = ['error', 'error_code', 'error_name', 'error_reason', 'error_description'];

/** Reads the query of the callback. Never throws: what is not as it should be is left out. */
export function readOauthCallback(query: unknown): OauthCallback {
  const parsed = callbackQuery.safeParse(query);
  if (!parsed.success) return {};
  const { state, code, oa_id: oaId, ...others } = parsed.data;
  return { state, code, oaId, refusal: refusalOf(others) };
}

function refusalOf(parameters: Readonly<Record<string, unknown>>): string | undefined {
  const given = REFUSAL_PARAMETERS.map((name) => parameters[name]).filter(
    (value) => value !== undefined && value !== '' && value !== '0',
  );
  if (given.length === 0) return undefined;
  return (
    given.find((value): value is string => typeof value === 'string' && OAUTH_REFUSALS.has(value)) ?? 'denied'
  );
}
