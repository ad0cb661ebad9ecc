import express, { type Router } from 'express';
import { escapeHtml } from '../kernel/html.ts';

/**
 * Zalo only talks to domains whose owner is known: it looks either for a file or for a tag in the home page. Both must
 * be public, without a redirect. Source: Zalo developer console, domain verification, read 2026-11-22.
 */
const VERIFICATION_SENTENCE = 'There Is No Limit To What You Can Accomplish Using Zalo!';

export interface DomainVerificationDeps {
  /** The CODE of each `zalo_verifierCODE.html` the console has asked for. */
  readonly codes: readonly string[];
  /** What the home page says, in final wording: whose page this is, and where residents find it on Zalo. */
  readonly homePage: { readonly title: string; readonly text: string };
}

/** `GET /zalo_verifier<CODE>.html` for the configured codes, and the home page `/` with their tags. */
export function createDomainVerificationRouter({ codes, homePage }: DomainVerificationDeps): Router {
  const router = express.Router();
  const known = new Set(codes);
  const home = renderHomePage(homePage, codes);
  router.get('/zalo_verifier:code.html', (request, response, next) => {
    if (!known.has(request.params.code)) {
      next();
      return;
    }
    response.type('html').send(VERIFICATION_SENTENCE);
  });
  router.get('/', (_request, response) => {
    response.type('html').send(home);
  });
  return router;
}

function renderHomePage(
  { title, text }: DomainVerificationDeps['homePage'],
  codes: readonly string[],
): string {
  const tags = codes.map(
    (code) => `<meta name="zalo-platform-site-verification" content="${escapeHtml(code)}" />`,
  );
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
${tags.join('\n')}
<title>${escapeHtml(title)}</title>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
</main>
</body>
</html>
`;
}
