import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { ConfigError } from './kernel/errors.ts';
import type { Logger } from './kernel/logger.ts';

export interface ServerDeps {
  readonly webhookRouter: RequestHandler;
  readonly healthRouter: RequestHandler;
  readonly verificationRouter: RequestHandler;
  /** Further pages, such as the OAuth grant and the staff console. */
  readonly otherRouters?: readonly RequestHandler[];
  readonly log: Logger;
  /** Reverse proxies in front of us: how many steps of `X-Forwarded-For` to believe. */
  readonly trustProxyHops?: number;
}

/** The whole HTTP side as one Express application; nothing listens yet. */
export function createServer(deps: ServerDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustProxyHops ?? 0);
  // Before the headers for browsers: only Zalo's servers come here, often, and in a hurry.
  app.use(deps.webhookRouter);
  app.use(securityHeaders());
  app.use(deps.healthRouter);
  app.use(deps.verificationRouter);
  for (const router of deps.otherRouters ?? []) app.use(router);
  app.use((_request, response) => {
    response.status(404).json({ error: 'not_found' });
  });
  app.use(answerErrors(deps.log));
  return app;
}

function securityHeaders(): RequestHandler {
  return helmet({
    // Whether there is TLS is up to the proxy; without it (demo, office network) upgraded requests would go nowhere.
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
}

/** Says to the client that it failed and whose fault it was, and to the log which code: nothing of the request. */
function answerErrors(log: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, next) => {
    const status = clientErrorStatus(error);
    if (status === undefined) log.error('http.failed', { method: request.method }, error);
    else log.warn('http.bad_request', { method: request.method, status }, error);
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(status ?? 500).json({ error: status === undefined ? 'internal' : 'bad_request' });
  };
}

/** The 4xx that Express and its body parsers put on errors a client caused (a malformed address, a huge form). */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

export interface RunningServer {
  /** Where this machine reaches it. */
  readonly url: string;
  readonly port: number;
  /** Takes no new connections, lets running requests finish, and cuts what is left after the grace time. */
  close(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 30_000;
const CLOSE_GRACE_MS = 10_000;
const IDLE_SWEEP_MS = 50;

/** Port 0 takes a free one. Throws `ConfigError` when the port cannot be had. */
export async function listen(app: Express, port: number): Promise<RunningServer> {
  const server = createHttpServer({ requestTimeout: REQUEST_TIMEOUT_MS }, app);
  await opened(server, port);
  const address = server.address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${String(actualPort)}`,
    port: actualPort,
    close: () => closed(server),
  };
}

async function opened(server: Server, port: number): Promise<void> {
  try {
    await once(server.listen(port), 'listening');
  } catch (cause) {
    throw new ConfigError(
      `Port ${String(port)} cannot be used: choose another PORT, or stop what holds it.`,
      {
        code: 'config.port_unavailable',
        cause,
      },
    );
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A connection whose last request ends while we close becomes idle, and would hold us for its keep-alive time.
    const sweep = setInterval(() => {
      server.closeIdleConnections();
    }, IDLE_SWEEP_MS);
    const cut = setTimeout(() => {
      server.closeAllConnections();
    }, CLOSE_GRACE_MS);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}
