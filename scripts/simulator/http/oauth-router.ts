import express, { type Request, type Response, type Router } from 'express';
import type { CallLog } from '../call-log.ts';
import type { IssuedTokens } from '../tokens.ts';
import type { World } from '../world.ts';
import { EMPTY_API } from '../zalo-errors.ts';
import { holdBack, sendGatewayPage, sendJson, type Sent } from './answering.ts';

export interface OauthRouterDeps {
  readonly world: World;
  readonly calls: CallLog;
  /** Single-use tokens must be on disk before the other side learns them. */
  readonly saveNow: () => Promise<void>;
}

type Form = Readonly<Record<string, string | undefined>>;

/** Seen codes and sentences. Zalo OA docs, OAuth v4 page, read 2026-11-22; the secret's code is our guess. */
const OAUTH_ERRORS = {
  app_id: { error: -14002, name: 'Invalid appId.' },
  redirect_uri: { error: -14003, name: 'Invalid redirect uri.' },
  secret_key: { error: -14012, name: 'Invalid app secret.' },
  refresh_token: { error: -14014, name: 'Invalid refresh token.' },
  grant: { error: -118, name: 'Invalid grant.' },
} as const;

type OauthError = keyof typeof OAUTH_ERRORS;

/** `https://oauth.zaloapp.com`: permission page and token endpoint, version 4. */
export function createOauthRouter({ world, calls, saveNow }: OauthRouterDeps): Router {
  const { oa, tokens, faults } = world;

  const grant = (req: Request, form: Form): IssuedTokens | OauthError => {
    if (req.get('secret_key') !== oa.appSecret) return 'secret_key';
    if (form['app_id'] !== oa.appId) return 'app_id';
    if (form['grant_type'] === 'refresh_token') {
      return tokens.refresh(form['refresh_token'] ?? '') ?? 'refresh_token';
    }
    if (form['grant_type'] !== 'authorization_code') return 'grant';
    return tokens.exchange(form['code'] ?? '', form['code_verifier']) ?? 'grant';
  };

  const refuse = (res: Response, reason: OauthError): Sent & { readonly error: number } => {
    const { error, name } = OAUTH_ERRORS[reason];
    if (reason === 'refresh_token' && faults.take('emptyTokenAnswers')) {
      res.end();
      return { status: 200, response: null, error, fault: 'emptyTokenAnswers' };
    }
    const code = faults.current().errorsAsStrings ? String(error) : error;
    const body = { error_name: name, error_reason: name, error_description: name, error: code, ref_doc: '' };
    sendJson(res, body);
    return { status: 200, response: body, error };
  };

  const issue = async (res: Response, issued: IssuedTokens): Promise<Sent & { readonly error: number }> => {
    await saveNow();
    world.changed();
    if (faults.take('tokenErrorsAfterAccepting')) {
      sendGatewayPage(res, 502);
      return { status: 502, response: null, error: 0, fault: 'tokenErrorsAfterAccepting' };
    }
    // Really a string, in seconds.
    const expiresIn = String(Math.round(tokens.lifeMs / 1000));
    sendJson(res, {
      access_token: issued.accessToken,
      refresh_token: issued.refreshToken,
      expires_in: expiresIn,
    });
    return { status: 200, response: { expires_in: expiresIn }, error: 0 };
  };

  const router = express.Router();

  router.post('/access_token', express.urlencoded({ extended: false }), async (req, res) => {
    const form = (req.body ?? {}) as Form;
    await holdBack(faults);
    const granted = grant(req, form);
    const sent = typeof granted === 'string' ? refuse(res, granted) : await issue(res, granted);
    const body = { grant_type: form['grant_type'], app_id: form['app_id'] };
    calls.add({ method: 'POST', path: '/v4/oa/access_token', body, ...sent });
  });

  // A real administrator reads and decides here; this one agrees, unless told otherwise.
  router.get('/permission', (req, res) => {
    const { app_id: appId, redirect_uri: redirectUri, state, code_challenge: challenge } = req.query as Form;
    if (appId !== oa.appId) {
      refuse(res, 'app_id');
      return;
    }
    const target = callbackUrl(redirectUri);
    if (!target) {
      refuse(res, 'redirect_uri');
      return;
    }
    if (faults.take('permissionDenied')) {
      // Documented as "error parameters" only; the name is the one OAuth 2.0 (RFC 6749 §4.1.2.1) gives it.
      target.searchParams.set('error', 'access_denied');
    } else {
      target.searchParams.set('code', tokens.issueCode(challenge));
      target.searchParams.set('oa_id', oa.oaId);
    }
    if (state !== undefined) target.searchParams.set('state', state);
    res.redirect(target.toString());
  });

  router.use((req, res) => {
    const body = { ...EMPTY_API, error: '404' };
    sendJson(res, body);
    const path = `/v4/oa${req.path}`;
    calls.add({ method: req.method, path, body: null, status: 200, response: body, error: 404 });
  });
  return router;
}

/** Zalo compares with the registered address, which has no query string. */
function callbackUrl(redirectUri: string | undefined): URL | undefined {
  if (redirectUri === undefined || !URL.canParse(redirectUri)) return undefined;
  const url = new URL(redirectUri);
  return url.search === '' && /^https?:$/.test(url.protocol) ? url : undefined;
}
