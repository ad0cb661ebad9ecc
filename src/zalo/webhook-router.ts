import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import type { Inbox, IncomingEvent } from '../inbox/inbox.ts';
import type { Clock } from '../kernel/clock.ts';
import { withDeadline } from '../kernel/deadline.ts';
import { DatabaseError } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Metrics, WebhookResult } from '../metrics.ts';
import { parseWebhook } from './events.ts';
import { verifySignature } from './signature.ts';

export interface WebhookRouterDeps {
  readonly inbox: Inbox;
  readonly appId: string;
  /** The "OA Secret Key" of the Webhook page. Unset until the webhook's address has been saved there. */
  readonly secretKey?: string | undefined;
  readonly oaId?: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Answer to a wrong signature; 200 unless set. */
  readonly badSignatureStatus?: number;
  /** How long storing may take before Zalo is asked to try again, milliseconds. */
  readonly storeDeadlineMs?: number;
  /** Called after the answer, so that a worker in this process need not wait for its next look at the queue. */
  readonly onAccepted?: (incoming: IncomingEvent) => void;
}

/** What became of one request. Zalo reads the status only. */
interface Receipt {
  readonly result: WebhookResult;
  readonly status: number;
  readonly incoming?: IncomingEvent;
}

// Real events are a few hundred bytes; long texts and many attachments stay far below this.
const MAX_BODY_BYTES = 1024 * 1024;
// Zalo gives up after 2 s (webhook page, read 2026-11-22); the rest is for the network.
const STORE_DEADLINE_MS = 1500;

/**
 * `POST /webhook`: verify the bytes, read them, store the event, and only then answer. Zalo unsubscribes an application
 * whose answers are not 200, so everything is acknowledged except an event that could not be stored: asking for it
 * again is then the only way not to lose it. `GET /webhook` answers people and uptime checks.
 */
export function createWebhookRouter(deps: WebhookRouterDeps): Router {
  const router = express.Router();
  const readBytes = express.raw({ type: () => true, limit: MAX_BODY_BYTES, inflate: false });
  router.get('/webhook', (_request, response) => {
    acknowledge(response, 200);
  });
  router.post('/webhook', readBytes, receiveEvents(deps), answerUnreadBody(deps));
  return router;
}

function receiveEvents(deps: WebhookRouterDeps): RequestHandler {
  return async (request, response) => {
    const stopTimer = deps.metrics.webhookAckSeconds.startTimer();
    const { result, status, incoming } = await receive(deps, request);
    acknowledge(response, status);
    stopTimer();
    deps.metrics.webhookEvents.inc({ result });
    if (result === 'accepted' && incoming) deps.onAccepted?.(incoming);
  };
}

async function receive(deps: WebhookRouterDeps, request: Request): Promise<Receipt> {
  const rawBody: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (!deps.secretKey) return refuseWithoutKey(deps);
  const header = request.get('x-zevent-signature');
  const verdict = verifySignature({ appId: deps.appId, secretKey: deps.secretKey, rawBody, header });
  if (verdict !== 'valid') return refuseSignature(deps, verdict, rawBody.length);

  const parsed = parseWebhook(rawBody, {
    appId: deps.appId,
    oaId: deps.oaId,
    receivedAt: deps.clock.now(),
    retries: countOf(request.get('num_retry')),
    server: request.get('x-zevent-server'),
  });
  if ('unreadable' in parsed) return dropUnreadable(deps, parsed.unreadable, rawBody.length);
  const { incoming, numericIds } = parsed;
  if (numericIds) deps.log.warn('zalo.numeric_id', { eventName: incoming.eventName });
  return await store(deps, incoming);
}

async function store(deps: WebhookRouterDeps, incoming: IncomingEvent): Promise<Receipt> {
  const { eventName, retries, ignoredBecause } = incoming;
  try {
    const accepting = deps.inbox.accept(incoming);
    const outcome = await withDeadline(accepting, deps.storeDeadlineMs ?? STORE_DEADLINE_MS, tooSlow);
    if (outcome === 'duplicate') {
      deps.log.info('webhook.duplicate', { eventName, retries });
      return { result: 'duplicate', status: 200 };
    }
  } catch (error) {
    deps.log.error('webhook.not_stored', { eventName, retries }, error);
    return { result: 'database_away', status: 503 };
  }
  if (ignoredBecause === undefined) return { result: 'accepted', status: 200, incoming };
  deps.log.info('webhook.ignored', { eventName, code: ignoredBecause });
  return { result: 'ignored', status: 200 };
}

/** Before the key is known Zalo already tests the address; it must get its 200, and an operator must notice. */
function refuseWithoutKey({ log }: WebhookRouterDeps): Receipt {
  log.error('webhook.no_secret_key', {
    code: 'config.no_oa_secret_key',
    cure: 'Set ZALO_OA_SECRET_KEY: copy it from the Webhook page of the application (it is not the App Secret).',
  });
  return { result: 'no_secret_key', status: 200 };
}

/**
 * Nothing is stored and nothing betrayed. 200 by default, because a refusal counts as a failure of ours: with a
 * mistyped key the platform would switch the webhook off for good within hours.
 */
function refuseSignature(
  { log, metrics, badSignatureStatus = 200 }: WebhookRouterDeps,
  verdict: 'invalid' | 'missing',
  bytes: number,
): Receipt {
  metrics.badSignatures.inc();
  log.warn('webhook.bad_signature', { code: `signature.${verdict}`, bytes });
  return {
    result: verdict === 'missing' ? 'missing_signature' : 'bad_signature',
    status: badSignatureStatus,
  };
}

function dropUnreadable({ log }: WebhookRouterDeps, code: string, bytes: number): Receipt {
  log.warn('webhook.unreadable', { code, bytes });
  return { result: 'unreadable', status: 200 };
}

/** Bodies that `express.raw` gives up on. It has read them to the end by now, so the connection stays usable. */
function answerUnreadBody({ log, metrics }: WebhookRouterDeps): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const type = bodyErrorType(error);
    if (type === undefined) {
      next(error);
      return;
    }
    const result = type === 'entity.too.large' ? 'too_large' : 'unreadable';
    log.warn(`webhook.${result}`, { code: type });
    metrics.webhookEvents.inc({ result });
    acknowledge(response, 200);
  };
}

/** The stable `type` that body-parser puts on its errors (`entity.too.large`, `encoding.unsupported`, …). */
function bodyErrorType(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('type' in error)) return undefined;
  return typeof error.type === 'string' ? error.type : undefined;
}

// Written without Express's `send`, whose ETag and content negotiation nobody reads here.
function acknowledge(response: Response, status: number): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain');
  response.end(status === 200 ? 'ok' : 'not stored');
}

function countOf(header: string | undefined): number {
  return header !== undefined && /^\d{1,3}$/.test(header) ? Number(header) : 0;
}

function tooSlow(): DatabaseError {
  return new DatabaseError('The database did not store an event in time', {
    code: 'database.too_slow',
    retryable: true,
  });
}
