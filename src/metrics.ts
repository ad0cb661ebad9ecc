import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What became of one webhook request. */
export type WebhookResult =
  | 'accepted'
  | 'bad_signature'
  | 'database_away'
  | 'duplicate'
  | 'ignored'
  | 'missing_signature'
  | 'no_secret_key'
  | 'too_large'
  | 'unreadable';

/**
 * Everything `/metrics` shows. Labels are codes from the source only: never an id, a name or words of a resident, so
 * that their number stays small and nothing personal leaves through monitoring.
 */
export interface Metrics {
  readonly registry: Registry;
  readonly webhookEvents: Counter<'result'>;
  readonly webhookAckSeconds: Histogram;
  readonly badSignatures: Counter;
  readonly turns: Counter<'intent' | 'reason'>;
  readonly turnSeconds: Histogram;
  readonly sends: Counter<'result'>;
  readonly apiCalls: Counter<'method' | 'result'>;
  readonly queueDepth: Gauge<'queue' | 'state'>;
  readonly queueOldestSeconds: Gauge<'queue'>;
  readonly tokenAgeSeconds: Gauge;
  readonly tokenExpiresInSeconds: Gauge;
}

// Zalo wants its 200 within 2 s and complains afterwards; the interesting part lies far below.
const ACK_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];
const TURN_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300];

/** A registry of its own for each application, so that two of them in one process (tests) do not add up. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    webhookEvents: new Counter({
      name: 'webhook_events_total',
      help: 'Webhook requests by what became of them',
      labelNames: ['result'],
      registers,
    }),
    webhookAckSeconds: new Histogram({
      name: 'webhook_ack_seconds',
      help: 'From the complete request to the acknowledgement',
      buckets: ACK_BUCKETS,
      registers,
    }),
    badSignatures: new Counter({
      name: 'bad_signature_total',
      help: 'Webhook requests whose signature was wrong or missing: alert when this grows',
      registers,
    }),
    turns: new Counter({
      name: 'turns_total',
      help: 'Turns decided, by intent and by the reason it was chosen',
      labelNames: ['intent', 'reason'],
      registers,
    }),
    turnSeconds: new Histogram({
      name: 'turn_seconds',
      help: 'From accepting an event to its outcome',
      buckets: TURN_BUCKETS,
      registers,
    }),
    sends: new Counter({
      name: 'sends_total',
      help: 'Messages sent, by result',
      labelNames: ['result'],
      registers,
    }),
    apiCalls: new Counter({
      name: 'api_calls_total',
      help: 'Calls of the Zalo API, by method and result',
      labelNames: ['method', 'result'],
      registers,
    }),
    queueDepth: new Gauge({
      name: 'queue_depth',
      help: 'Rows waiting in a queue, by state',
      labelNames: ['queue', 'state'],
      registers,
    }),
    queueOldestSeconds: new Gauge({
      name: 'queue_oldest_seconds',
      help: 'Age of the oldest row that is due',
      labelNames: ['queue'],
      registers,
    }),
    tokenAgeSeconds: new Gauge({
      name: 'token_age_seconds',
      help: 'Since the Zalo tokens were last renewed',
      registers,
    }),
    tokenExpiresInSeconds: new Gauge({
      name: 'token_expires_in_seconds',
      help: 'Until the Zalo access token expires; negative when it has',
      registers,
    }),
  };
}
