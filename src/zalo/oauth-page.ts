import type { Wording } from '../kernel/i18n.ts';
import type { Language } from '../kernel/messages.ts';
import type { GrantOutcome } from './oauth-grant.ts';
import { escapeHtml } from '../kernel/html.ts';

/** How a grant ended, or why it did not begin. */
export type OauthPageKind = GrantOutcome | 'noPublicUrl' | 'tooMany' | 'failed';

export interface OauthPage {
  readonly kind: OauthPageKind;
  /** Nothing of the request goes in here, only codes of ours or of a checked list. */
  readonly code?: string | undefined;
  readonly callbackUrl?: string | undefined;
}

export const OAUTH_PAGE_STATUS = {
  granted: 200,
  denied: 403,
  linkOver: 400,
  wrongPage: 403,
  callbackRefused: 502,
  appRefused: 502,
  codeRefused: 502,
  noAnswer: 502,
  unconfirmed: 502,
  noPublicUrl: 503,
  tooMany: 429,
  failed: 503,
} as const satisfies Record<OauthPageKind, number>;

/** Where beginning again at once can help; elsewhere a setting or some patience comes first. */
const MAY_BEGIN_AGAIN: ReadonlySet<OauthPageKind> = new Set([
  'denied',
  'linkOver',
  'wrongPage',
  'callbackRefused',
  'appRefused',
  'codeRefused',
  'noAnswer',
  'unconfirmed',
  'failed',
]);

export interface OauthPageWriter {
  readonly wording: Wording;
  readonly commune: string;
  readonly oaId: string;
  readonly startPath: string;
}

/** A small page for the administrator: what happened and what to do about it. Every value in it is escaped. */
export function renderOauthPage(
  { wording, commune, oaId, startPath }: OauthPageWriter,
  { kind, code, callbackUrl = '' }: OauthPage,
  language: Language,
): string {
  const say = (key: string): string =>
    escapeHtml(wording.say(language, key, { commune, oaId, callbackUrl, code: code ?? '' }));
  const title = say(`oauth.${kind}.title`);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="robots" content="noindex" />
<title>${title}</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${say(`oauth.${kind}.text`)}</p>
${code === undefined ? '' : `<p>${say('oauth.code')}</p>\n`}${MAY_BEGIN_AGAIN.has(kind) ? `<p><a href="${startPath}">${say('oauth.again')}</a></p>\n` : ''}</main>
</body>
</html>
`;
}
