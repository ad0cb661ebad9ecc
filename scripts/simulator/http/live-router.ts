import express, { type Response, type Router } from 'express';
import type { Changes } from '../changes.ts';

/** Changes within this time reach the chat page as one note, so that a load run does not drown it. */
const GATHER_MS = 150;
const HEARTBEAT_MS = 15_000;

export interface LiveRouter {
  readonly router: Router;
  close(): void;
}

/** Server-sent events: `{"userIds":[…]}` names the conversations that changed; the page then asks for them. */
export function createLiveRouter(changes: Changes): LiveRouter {
  const streams = new Set<Response>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    timer = undefined;
    const note = `data: ${JSON.stringify({ userIds: [...changed] })}\n\n`;
    changed.clear();
    for (const stream of streams) stream.write(note);
  };
  const stop = changes.listen((userId) => {
    if (streams.size === 0) return;
    if (userId !== undefined) changed.add(userId);
    timer ??= setTimeout(flush, GATHER_MS);
  });
  // Proxies in front of a demo cut silent connections.
  const heartbeat = setInterval(() => {
    for (const stream of streams) stream.write(': still here\n\n');
  }, HEARTBEAT_MS);
  heartbeat.unref();

  const router = express.Router();
  router.get('/stream', (_req, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    res.write('retry: 1000\n\n');
    streams.add(res);
    res.on('close', () => {
      streams.delete(res);
    });
  });

  return {
    router,
    close() {
      stop();
      clearTimeout(timer);
      clearInterval(heartbeat);
      for (const stream of streams) stream.end();
    },
  };
}
