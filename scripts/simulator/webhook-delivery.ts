import type { Changes } from './changes.ts';
import type { SimulatorClock } from './clock.ts';
import type { FaultBoard } from './faults.ts';
import { createPoster } from './http-post.ts';
import { createLanes } from './lanes.ts';
import type { Random } from './random.ts';
import { createRecent } from './recent.ts';
import type { Scheduler } from './scheduler.ts';
import type { WebhookAttempt, WebhookRecord } from './types.ts';
import type { WebhookEvent } from './webhook-events.ts';
import { signatureHeader, type SigningKey } from './webhook-signature.ts';

/** Waits before each repetition; after the last one Zalo unsubscribes the app. Zalo OA docs, read 2026-11-22. */
const RETRY_LADDER_MS = [30_000, 300_000, 900_000, 1_800_000, 3_600_000] as const;
const KEPT_RECORDS = 2000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Delivery = Mutable<WebhookRecord> & { attempts: WebhookAttempt[] };

/** Delivers events to the one URL of the app, at least once, as Zalo does. */
export interface WebhookDelivery {
  send(event: WebhookEvent): void;
  setUrl(url: string | undefined): void;
  /** A person switches the webhook on again, or off. */
  setSubscribed(subscribed: boolean): void;
  state(): { readonly url: string | null; readonly subscribed: boolean; readonly waiting: number };
  /** The newest 2,000, oldest first. */
  records(): readonly WebhookRecord[];
  /** Resolves when nothing is queued or on the wire; repetitions wait for the clock and do not count. */
  idle(): Promise<void>;
  close(): void;
}

export interface WebhookDeliveryOptions {
  readonly key: SigningKey;
  readonly url: string | undefined;
  readonly subscribed: boolean;
  readonly deadlineMs: number;
  readonly clock: SimulatorClock;
  readonly scheduler: Scheduler;
  readonly faults: FaultBoard;
  readonly random: Random;
  readonly changes: Changes;
}

export function createWebhookDelivery(options: WebhookDeliveryOptions): WebhookDelivery {
  const { key, clock, scheduler, faults, random, changes } = options;
  const poster = createPoster(options.deadlineMs);
  const records = createRecent<Delivery>(KEPT_RECORDS);
  const lanes = createLanes();
  let url = options.url;
  let subscribed = options.subscribed;
  let closed = false;
  let seq = 0;

  const record = (event: WebhookEvent): Delivery => {
    seq += 1;
    const delivery: Delivery = {
      seq,
      at: clock.iso(),
      event: event.name,
      userId: event.userId,
      body: JSON.stringify(event.body),
      timestamp: String(event.body['timestamp']),
      state: 'queued',
      attempts: [],
      nextAttemptAt: null,
    };
    records.add(delivery);
    return delivery;
  };

  const post = async (delivery: Delivery, retry: number, duplicate: boolean): Promise<boolean> => {
    if (!url || closed) return false;
    const at = clock.iso();
    const startedAt = performance.now();
    const outcome = await poster.post(url, Buffer.from(delivery.body), headersOf(delivery, retry));
    delivery.attempts.push({
      at,
      retry,
      ...outcome,
      tookMs: Math.round(performance.now() - startedAt),
      ...(duplicate ? { duplicate } : {}),
    });
    return outcome.status === 200;
  };

  const headersOf = (delivery: Delivery, retry: number): Record<string, string> => ({
    'content-type': 'application/json',
    'user-agent': 'ZaloWebhook',
    'x-zevent-server': 'OA OpenAPI',
    'x-zevent-signature': signatureHeader(key, delivery.body, delivery.timestamp, faults.current().signature),
    ...(retry === 0 ? {} : { num_retry: String(retry) }),
  });

  const attempt = async (delivery: Delivery, retry: number): Promise<void> => {
    if (!subscribed) {
      delivery.state = 'unsubscribed';
      return;
    }
    delivery.nextAttemptAt = null;
    if (await post(delivery, retry, false)) delivery.state = 'delivered';
    else scheduleRetry(delivery, retry);
    changes.announce(delivery.userId ?? undefined);
  };

  const scheduleRetry = (delivery: Delivery, retriesDone: number): void => {
    const waitMs = RETRY_LADDER_MS[retriesDone];
    if (waitMs === undefined) {
      delivery.state = 'given_up';
      subscribed = false;
      return;
    }
    const dueMs = clock.nowMs() + waitMs;
    delivery.state = 'waiting';
    delivery.nextAttemptAt = new Date(dueMs).toISOString();
    scheduler.at(dueMs, () => lanes.track(attempt(delivery, retriesDone + 1)));
  };

  const firstAttempt = async (delivery: Delivery, copies: number): Promise<void> => {
    await attempt(delivery, 0);
    for (let copy = 0; copy < copies; copy += 1) await post(delivery, 0, true);
  };

  const undeliverable = (): Delivery['state'] | undefined => {
    if (!url) return 'no_url';
    if (!subscribed) return 'unsubscribed';
    return random.fraction() < faults.current().dropWebhooks ? 'dropped' : undefined;
  };

  const dispatch = (delivery: Delivery): void => {
    const { lateDeliveryMs, reorderWindowMs } = faults.current();
    const run = (): Promise<void> => firstAttempt(delivery, faults.extraCopies(random));
    if (lateDeliveryMs > 0) {
      scheduler.at(clock.nowMs() + lateDeliveryMs, () => lanes.track(run()));
    } else if (reorderWindowMs > 0) {
      void lanes.track(pause(random.fraction() * reorderWindowMs).then(run));
    } else {
      // Without this fault one person's events keep their order, as they nearly always do in real life.
      lanes.enqueue(delivery.userId ?? '', run);
    }
  };

  return {
    send(event) {
      const delivery = record(event);
      const reason = undeliverable();
      if (reason) delivery.state = reason;
      else dispatch(delivery);
      changes.announce(event.userId ?? undefined);
    },
    setUrl(next) {
      url = next;
      changes.announce();
    },
    setSubscribed(next) {
      subscribed = next;
      changes.announce();
    },
    state: () => ({ url: url ?? null, subscribed, waiting: scheduler.waiting() }),
    records: () => records.list(),
    idle: () => lanes.idle(),
    close() {
      closed = true;
      scheduler.clear();
      poster.close();
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
