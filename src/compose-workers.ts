import { createOfficeCalendar } from './calendar/office-calendar.ts';
import type { AppOptions, Parts } from './compose-parts.ts';
import { composeUnderstanding } from './compose-understanding.ts';
import { CALL_TIMEOUT_MS, type ZaloSide } from './compose-zalo.ts';
import type { Role } from './config.ts';
import { createConversation } from './conversation/conversation.ts';
import { createDispatcher } from './conversation/dispatcher.ts';
import { createEffectApplier } from './conversation/effects.ts';
import type { Conversation } from './conversation/turn.ts';
import { laneOf } from './inbox/inbox-store.ts';
import { createInboxWorker } from './inbox/inbox-worker.ts';
import type { IncomingEvent } from './inbox/inbox.ts';
import { createNoticeWorker } from './inbox/notice-worker.ts';
import type { Logger } from './kernel/logger.ts';
import { createOutboxWorker } from './outbox/outbox-worker.ts';
import type { LanePump } from './queue/lane-pump.ts';
import { listJobs } from './schedule/jobs.ts';
import { createScheduler } from './schedule/scheduler.ts';

/** Residents served, and written to, at the same time in one process. */
const CONCURRENCY = 16;
/** In one process queues are nudged; separate processes find each other's rows by looking this often. */
const IDLE_MS = { all: 500, web: 500, worker: 100 } as const satisfies Record<Role, number>;
/** A turn takes milliseconds. After a crash the residents in flight wait this long. */
const TURN_LEASE_MS = 10_000;
/** A refused call, its plain repetition and the token refreshes of both end well before. */
const CALL_LIMIT_MS = 30_000;
/** An unfinished call has ended by then on Zalo's side too. */
const SETTLE_MS = CALL_TIMEOUT_MS + 3000;

/** Everything that works off queues and goes by the clock. */
export interface Workers {
  start(): Promise<void>;
  /** An event was accepted in this process. */
  nudge(incoming: IncomingEvent): void;
  stop(): Promise<void>;
}

export function composeWorkers({ role, clock, log }: AppOptions, parts: Parts): Workers {
  const { stores, metrics, zaloSide, leases } = parts;
  const shared = { clock, log, idleMs: IDLE_MS[role] };
  const outboxWorker = createOutboxWorker({
    ...shared,
    store: stores.outbox,
    sender: zaloSide.sender,
    concurrency: CONCURRENCY,
    settleMs: SETTLE_MS,
    callLimitMs: CALL_LIMIT_MS,
    random: Math.random,
    onResult: (result) => {
      metrics.sends.inc({ result });
    },
  });
  const dispatcher = createDispatcher({
    ...stores,
    conversation: composeConversation(parts, log),
    applyEffect: createEffectApplier(stores),
    toParts: (message) => zaloSide.sender.toParts(message),
    clock,
    log,
    onTurn: (intent, reason, waitedMs) => {
      metrics.turns.inc({ intent, reason });
      metrics.turnSeconds.observe(waitedMs / 1000);
    },
    onQueued: (lane) => {
      outboxWorker.nudge(lane);
    },
  });
  const inboxWorker = createInboxWorker({
    ...shared,
    store: stores.inbox,
    sessions: stores.sessions,
    dispatcher,
    concurrency: CONCURRENCY,
    leaseMs: TURN_LEASE_MS,
  });
  const noticeWorker = createNoticeWorker({ ...shared, store: stores.inbox, outbox: stores.outbox });
  const scheduler = createScheduler({
    jobs: listJobs({
      ...stores,
      leases,
      clock,
      log,
      refreshTokenIfDue: () => zaloSide.tokens.refreshIfDue(),
    }),
    ticks: stores.ticks,
    log,
  });
  const pumps: readonly LanePump[] = [inboxWorker, noticeWorker, outboxWorker];
  return {
    async start() {
      inboxWorker.start();
      noticeWorker.start();
      await scheduler.start();
      await checkZalo(zaloSide, log);
      outboxWorker.start();
    },
    nudge({ track, event }) {
      if (track === 'turn' && event) inboxWorker.nudge(laneOf(event.oaId, event.residentId));
    },
    async stop() {
      await scheduler.stop();
      await Promise.all(pumps.map((pump) => pump.stop()));
    },
  };
}

/** Knowing the page's type before the first message saves a refusal; being away must not keep the program down. */
async function checkZalo(zaloSide: ZaloSide, log: Logger): Promise<void> {
  try {
    await zaloSide.check();
  } catch (error) {
    log.warn('zalo.check_failed', {}, error);
  }
}

function composeConversation({ root, commune, wording, stores }: Parts, log: Logger): Conversation {
  const { understander, knowledge, wasReady } = composeUnderstanding(root, commune.villages);
  if (!wasReady) {
    log.info('understanding.model_built', {
      cure: 'Run "npm run build" after editing examples; starts are quicker then.',
    });
  }
  const calendar = createOfficeCalendar(commune);
  return createConversation({ wording, understander, knowledge, calendar, commune, ...stores });
}
