import { randomBytes } from 'node:crypto';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { OaDescription } from './oa-profile-store.ts';
import type { OaProfiler } from './oa-profile.ts';
import type { OauthCallback } from './oauth-callback.ts';
import type { GrantedExchange, OauthClient, RefusedExchange } from './oauth-client.ts';
import type { OauthGrantStore } from './oauth-grant-store.ts';
import { challengeOf, toVerifier, VERIFIER_BYTES } from './oauth-pkce.ts';
import type { TokenKeeper } from './token-keeper.ts';

/**
 * What became of a grant:
 * - `granted`: the new pair is in place.
 * - `denied`: the administrator said no on Zalo's page.
 * - `linkOver`: nobody asked for this answer: used, older than ten minutes, or made up.
 * - `wrongPage`: the app was granted by another page than `ZALO_OA_ID`.
 * - `callbackRefused`, `appRefused`, `codeRefused`: Zalo refuses the redirect address, the app, the code.
 * - `noAnswer`: the token endpoint gave no trustworthy answer.
 * - `unconfirmed`: tokens came, and Zalo would not say which page they belong to.
 */
export type GrantOutcome =
  | 'granted'
  | 'denied'
  | 'linkOver'
  | 'wrongPage'
  | 'callbackRefused'
  | 'appRefused'
  | 'codeRefused'
  | 'noAnswer'
  | 'unconfirmed';

export interface GrantResult {
  readonly outcome: GrantOutcome;
  /** Zalo's code, or ours for a missing answer; safe to show. */
  readonly oauthCode?: string;
}

/**
 * The way to a first pair of tokens, and back after one is lost. Anybody who finds the address may begin a grant, as
 * the operator's administrator has no account here; only an administrator of exactly this page can finish one: Zalo
 * issues a code to administrators only, and the page is checked twice. The `oa_id` of the callback is checked before
 * the code is spent, but it passes through a browser that could change it; so Zalo is asked with the new token, too,
 * before that token replaces anything.
 */
export interface OauthGrant {
  /** Absent without `PUBLIC_URL`. */
  readonly callbackUrl?: string;
  /** The address of Zalo's permission page for one new grant; nothing without `PUBLIC_URL`. Throws `DatabaseError`. */
  begin(): Promise<string | undefined>;
  /** Throws `DatabaseError`, or `ConfigError` when the stored tokens cannot be opened. */
  finish(callback: OauthCallback): Promise<GrantResult>;
}

export interface OauthGrantDeps {
  readonly grants: OauthGrantStore;
  readonly oauth: Pick<OauthClient, 'exchangeCode'>;
  readonly tokens: Pick<TokenKeeper, 'adoptGrant'>;
  /** Asks Zalo whose token this is; throws when it does not say. */
  readonly describeOa: (accessToken: string) => Promise<OaDescription>;
  readonly profiler: Pick<OaProfiler, 'recordDescription'>;
  readonly appId: string;
  readonly oaId: string;
  /** `ZALO_OAUTH_URL`. */
  readonly oauthUrl: string;
  readonly publicUrl?: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

export const CALLBACK_PATH = '/zalo/oauth/callback';
const PERMISSION_PATH = '/v4/oa/permission';
const STATE_BYTES = 32;
/** As long as Zalo's code lives. Zalo OA docs, OAuth v4 page, read 2026-11-22. */
const GRANT_LIFE_MS = 600_000;

export function createOauthGrant(deps: OauthGrantDeps): OauthGrant {
  const { grants, clock, log, oaId } = deps;
  const callbackUrl =
    deps.publicUrl === undefined ? undefined : new URL(CALLBACK_PATH, deps.publicUrl).toString();

  async function judge(callback: OauthCallback): Promise<GrantResult> {
    const verifier = callback.state && (await grants.take(callback.state, clock.now()));
    if (callback.refusal) return refusedOnPage(callback.refusal);
    if (!verifier || !callback.code) return { outcome: 'linkOver' };
    if (callback.oaId !== oaId) return { outcome: 'wrongPage' };
    const exchange = await deps.oauth.exchangeCode(callback.code, verifier);
    return exchange.kind === 'granted' ? adopt(exchange) : toResult(exchange);
  }

  async function adopt(granted: GrantedExchange): Promise<GrantResult> {
    const description = await whoseToken(granted.accessToken);
    if (!description) return { outcome: 'unconfirmed' };
    if (description.oaId !== oaId) return { outcome: 'wrongPage' };
    await deps.tokens.adoptGrant(granted);
    await deps.profiler.recordDescription(description).catch((error: unknown) => {
      // The start asks again; that the tokens are in place matters more.
      log.warn('zalo.oauth.page_not_recorded', {}, error);
    });
    return { outcome: 'granted' };
  }

  async function whoseToken(accessToken: string): Promise<OaDescription | undefined> {
    try {
      const description = await deps.describeOa(accessToken);
      return description.oaId === '' ? undefined : description;
    } catch (error) {
      log.warn('zalo.oauth.page_unknown', {}, error);
      return undefined;
    }
  }

  return {
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
    async begin() {
      if (callbackUrl === undefined) return undefined;
      const state = randomBytes(STATE_BYTES).toString('base64url');
      const verifier = toVerifier(randomBytes(VERIFIER_BYTES));
      const expiresAt = new Date(clock.now().getTime() + GRANT_LIFE_MS);
      await grants.save({ state, verifier, expiresAt });
      log.info('zalo.oauth.begun');
      const page = new URL(deps.oauthUrl.replace(/\/$/, '') + PERMISSION_PATH);
      page.searchParams.set('app_id', deps.appId);
      page.searchParams.set('redirect_uri', callbackUrl);
      page.searchParams.set('code_challenge', challengeOf(verifier));
      page.searchParams.set('state', state);
      return page.toString();
    },
    async finish(callback) {
      const result = await judge(callback);
      if (result.outcome === 'granted') log.info('zalo.oauth.granted', { oaId });
      else log.warn('zalo.oauth.not_granted', { outcome: result.outcome, oauthCode: result.oauthCode });
      return result;
    },
  };
}

const REFUSALS: Readonly<Record<string, GrantOutcome>> = {
  '-14003': 'callbackRefused',
  '-118': 'codeRefused',
  '-14014': 'codeRefused',
  empty_answer: 'codeRefused',
  '404': 'noAnswer',
};

function refusedOnPage(refusal: string): GrantResult {
  return refusal === 'denied' ? { outcome: 'denied' } : toResult({ kind: 'rejected', code: refusal });
}

function toResult({ kind, code }: RefusedExchange): GrantResult {
  const outcome = kind === 'rejected' ? (REFUSALS[code] ?? 'appRefused') : 'noAnswer';
  return { outcome, oauthCode: code };
}
