import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Wording } from '../kernel/i18n.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Language } from '../kernel/messages.ts';
import { readOauthCallback } from './oauth-callback.ts';
import { CALLBACK_PATH, type OauthGrant } from './oauth-grant.ts';
import { OAUTH_PAGE_STATUS, renderOauthPage, type OauthPage } from './oauth-page.ts';

export interface OauthRouterDeps {
  readonly grant: OauthGrant;
  readonly wording: Wording;
  /** The commune's name, for the page. */
  readonly commune: string;
  readonly oaId: string;
  readonly log: Logger;
}

const START_PATH = '/zalo/oauth/start';
/** An administrator needs one or two; every start leaves a row behind for ten minutes. */
const REQUESTS_PER_WINDOW = 20;
const WINDOW_MS = 600_000;

/**
 * `GET /zalo/oauth/start` sends the browser to Zalo's permission page, `GET /zalo/oauth/callback` takes it back with
 * the code of a grant. Anybody may start, only an administrator of the configured page can finish; see `OauthGrant`.
 */
export function createOauthRouter(deps: OauthRouterDeps): Router {
  const { grant } = deps;
  const router = express.Router();
  const show = createPageAnswer(deps);
  router.get(
    START_PATH,
    keepPrivate,
    limitPerAddress(show),
    guarded(deps, show, async (_request, response) => {
      const permissionPage = await grant.begin();
      if (permissionPage === undefined) return { kind: 'noPublicUrl' };
      response.redirect(permissionPage);
      return undefined;
    }),
  );
  router.get(
    CALLBACK_PATH,
    keepPrivate,
    limitPerAddress(show),
    guarded(deps, show, async (request) => {
      const { outcome, oauthCode } = await grant.finish(readOauthCallback(request.query));
      return { kind: outcome, code: oauthCode };
    }),
  );
  return router;
}

type Show = (request: Request, response: Response, page: OauthPage) => void;

function createPageAnswer({ grant, wording, commune, oaId }: OauthRouterDeps): Show {
  const writer = { wording, commune, oaId, startPath: START_PATH };
  return (request, response, page) => {
    const html = renderOauthPage(writer, { ...page, callbackUrl: grant.callbackUrl }, languageOf(request));
    response.status(OAUTH_PAGE_STATUS[page.kind]).type('html').send(html);
  };
}

/** A person waits for this answer: what fails unexpectedly must be a page for her as well. */
function guarded(
  { log }: OauthRouterDeps,
  show: Show,
  work: (request: Request, response: Response) => Promise<OauthPage | undefined>,
): RequestHandler {
  return async (request, response) => {
    try {
      const page = await work(request, response);
      if (page) show(request, response, page);
    } catch (error) {
      log.error('zalo.oauth.failed', {}, error);
      show(request, response, { kind: 'failed' });
    }
  };
}

/** The addresses carry a state and a code: no copy on disk, and not in the `Referer` of the next page. */
const keepPrivate: RequestHandler = (_request, response, next) => {
  response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
  next();
};

function limitPerAddress(show: Show): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: REQUESTS_PER_WINDOW,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Its checks of the proxy settings write to the console; TRUST_PROXY_HOPS is the operator's say in that.
    validate: false,
    handler: (request, response) => {
      show(request, response, { kind: 'tooMany' });
    },
  });
}

function languageOf(request: Request): Language {
  return request.acceptsLanguages('vi', 'en') === 'en' ? 'en' : 'vi';
}
