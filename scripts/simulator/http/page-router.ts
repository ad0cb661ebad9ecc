import express, { type Router } from 'express';
import type { MediaStore } from '../media-store.ts';

/**
 * Scripts and styles only from here and nothing inline: whatever a resident types cannot run. Pictures may come
 * from anywhere, since the page under test sends links to its own server.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: http: https:",
  "media-src 'self' http: https:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The chat page for people, and the files that residents sent. */
export function createPageRouter(pageDir: string, media: MediaStore): Router {
  const router = express.Router();
  router.use((_req, res, next) => {
    res.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  });
  router.get('/media/:name', async (req, res) => {
    const file = await media.read(req.params.name);
    if (!file) {
      res.status(404).type('text/plain').send('There is no such file');
      return;
    }
    res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    res.type(file.contentType).send(file.bytes);
  });
  router.use((_req, res, next) => {
    res.setHeader('Content-Security-Policy', PAGE_POLICY);
    res.setHeader('Referrer-Policy', 'no-referrer');
    next();
  });
  router.use(express.static(pageDir, { cacheControl: false }));
  return router;
}
