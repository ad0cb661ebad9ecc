import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createAnnouncementArchiveStore } from './announcements/announcement-archive-store.ts';
import { createOfficeCalendar } from './calendar/office-calendar.ts';
import { CALL_TIMEOUT_MS, composeZalo, type ZaloSide } from './compose-zalo.ts';
import type { Config, Role } from './config.ts';
import { createConversation } from './conversation/conversation.ts';
import { createDispatcher } from './conversation/dispatcher.ts';
import { createEffectApplier } from './conversation/effects.ts';
import { createSessionStore } from './conversation/session-store.ts';
import type { Conversation } from './conversation/turn.ts';
import { findDossierCode } from './dossiers/dossier-code.ts';
import { createDossierStore } from './dossiers/dossier-store.ts';
import { createEscalationStore } from './escalations/escalation-store.ts';
import { createFeedbackStore } from './feedback/feedback-store.ts';
import { createHealthRouter } from './health-router.ts';
import { createInboxStore, laneOf } from './inbox/inbox-store.ts';
import type { IncomingEvent } from './inbox/inbox.ts';
import { createInboxWorker } from './inbox/inbox-worker.ts';
import { createNoticeWorker } from './inbox/notice-worker.ts';
import type { Clock } from './kernel/clock.ts';
import { parseCommune, type Commune } from './kernel/commune.ts';
import { createWording, type Wording } from './kernel/i18n.ts';
import type { Logger } from './kernel/logger.ts';
import { loadKnowledge } from './knowledge/catalogue.ts';
import type { CardMatch } from './knowledge/knowledge.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { buildIndexes, type Connection } from './mongo/connection.ts';
import { openDatabase } from './mongo/database.ts';
import type { EngineEntry } from './mongo/engine-entry.ts';
import { createLeaseStore } from './mongo/lease-store.ts';
import { createOutboxStore } from './outbox/outbox-store.ts';
import { createOutboxWorker } from './outbox/outbox-worker.ts';
import type { LanePump } from './queue/lane-pump.ts';
import { createResidentStore } from './residents/resident-store.ts';
import { listJobs } from './schedule/jobs.ts';
import { createScheduler } from './schedule/scheduler.ts';
import { createTickStore } from './schedule/tick-store.ts';
import { createServer, listen, type RunningServer } from './server.ts';
import { createKeywordMatcher } from './understanding/keyword-matcher.ts';
import { loadPatterns } from './understanding/pattern-files.ts';
import { createDomainVerificationRouter } from './zalo/domain-verification-router.ts';
import { createOauthRouter } from './zalo/oauth-router.ts';
import { createWebhookRouter } from './zalo/webhook-router.ts';

export interface AppOptions {
  readonly config: Config;
  readonly role: Role;
  /** The folder that holds `locales/`. */
  readonly root: string;
  readonly engineEntry: EngineEntry;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface App {
  /** Gives the address of the HTTP side, where this role has one. */
  start(): Promise<{ readonly url?: string }>;
  /** Takes nothing new, lets what is under way end, disconnects. */
  stop(): Promise<void>;
}

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

/** Builds the application for one role. Throws `ConfigError` or `DatabaseError` with the cure in the message. */
export async function composeApp(options: AppOptions): Promise<App> {
  const { config, role, clock, log } = options;
  const localesDir = join(options.root, 'locales');
  const commune = loadCommune(resolve(options.root, config.communeFile), log);
  const wording = createWording(localesDir);
  const database = await openDatabase({
    ...config,
    role: 'owner',
    engineEntry: options.engineEntry,
    log,
    clock,
  });
  try {
    const parts = buildParts(options, database.connection, commune, wording, localesDir);
    await buildIndexes(database.connection);
    return assemble(options, parts, () => database.close());
  } catch (error) {
    await database.close();
    throw error;
  } finally {
    log.info('app.composed', { role });
  }
}

type Parts = ReturnType<typeof buildParts>;

function buildParts(
  options: AppOptions,
  connection: Connection,
  commune: Commune,
  wording: Wording,
  localesDir: string,
) {
  const { config, clock, log } = options;
  const metrics = createMetrics();
  const owner = `${options.role}-${randomUUID()}`;
  const leases = createLeaseStore(connection, clock);
  const stores = {
    inbox: createInboxStore(connection, clock),
    outbox: createOutboxStore(connection, clock),
    sessions: createSessionStore(connection, clock),
    residents: createResidentStore(connection),
    dossiers: createDossierStore(connection),
    feedback: createFeedbackStore(connection),
    escalations: createEscalationStore(connection),
    archive: createAnnouncementArchiveStore(connection),
    ticks: createTickStore(connection),
  };
  const { zalo, encryptionKey, publicUrl } = config;
  const shared = { connection, leases, clock, log, metrics, owner };
  const zaloSide = composeZalo({ zalo, encryptionKey, publicUrl, ...shared });
  const conversation = composeConversation(localesDir, commune, wording, stores);
  return { connection, commune, wording, metrics, owner, leases, stores, zaloSide, conversation };
}

function composeConversation(
  localesDir: string,
  commune: Commune,
  wording: Wording,
  stores: Pick<Parts['stores'], 'dossiers' | 'feedback' | 'archive'>,
): Conversation {
  const knowledge = loadKnowledge(localesDir);
  const understander = createKeywordMatcher({
    patterns: loadPatterns(localesDir),
    villages: commune.villages,
    procedures: (text) => sureCard(knowledge.searchProcedures(text, 'vi', 1)),
    vneid: (text) => sureCard(knowledge.searchVneid(text, 'vi', 1)),
    parseDossierCode: findDossierCode,
  });
  const calendar = createOfficeCalendar(commune);
  return createConversation({ wording, understander, knowledge, calendar, commune, ...stores });
}

/** Below this a match is a guess, which the conversation may offer but no message names (see `CardMatch`). */
const SURE_SCORE = 0.5;

function sureCard(matches: readonly CardMatch<{ readonly id: string }>[]): string | undefined {
  return matches.find((match) => match.score >= SURE_SCORE)?.card.id;
}

function assemble(options: AppOptions, parts: Parts, closeDatabase: () => Promise<void>): App {
  const { config, role, log } = options;
  const workers = role === 'web' ? undefined : composeWorkers(options, parts);
  let server: RunningServer | undefined;
  const port = role === 'worker' ? config.workerPort : config.port;
  return {
    async start() {
      if (port !== undefined)
        server = await listen(
          composeHttp(options, parts, (incoming) => workers?.nudge(incoming)),
          port,
        );
      await workers?.start();
      log.info('app.started', { role, port: server?.port });
      return server ? { url: server.url } : {};
    },
    async stop() {
      await server?.close();
      await workers?.stop();
      await closeDatabase();
      log.info('app.stopped', { role });
    },
  };
}

interface Workers {
  start(): Promise<void>;
  /** An event was accepted in this process. */
  nudge(incoming: IncomingEvent): void;
  stop(): Promise<void>;
}

function composeWorkers({ role, clock, log }: AppOptions, parts: Parts): Workers {
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
    conversation: parts.conversation,
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

function composeHttp(
  { config, clock, log }: AppOptions,
  parts: Parts,
  onAccepted: (incoming: IncomingEvent) => void,
) {
  const { stores, metrics, zaloSide, connection, commune, wording } = parts;
  const { zalo } = config;
  return createServer({
    webhookRouter: createWebhookRouter({
      inbox: stores.inbox,
      appId: zalo.appId,
      secretKey: zalo.oaSecretKey,
      oaId: zalo.oaId,
      clock,
      log,
      metrics,
      onAccepted,
    }),
    healthRouter: createHealthRouter({
      checkDatabase: async () => {
        await connection.db?.admin().ping();
        return undefined;
      },
      checkToken: async () => {
        const status = await zaloSide.tokens.status();
        return status.present ? status.failureCode : 'zalo.token.missing';
      },
      metrics,
      collect: () => collectMetrics(parts, metrics, clock),
      log,
    }),
    verificationRouter: createDomainVerificationRouter({
      codes: zalo.verifierCodes,
      homePage: {
        title: wording.say('vi', 'home.title', { commune: commune.name }),
        text: wording.say('vi', 'home.text', { commune: commune.name }),
      },
    }),
    otherRouters: [
      createOauthRouter({ grant: zaloSide.grant, wording, commune: commune.name, oaId: zalo.oaId, log }),
    ],
    log,
    trustProxyHops: config.trustProxyHops,
  });
}

async function collectMetrics({ stores, zaloSide }: Parts, metrics: Metrics, clock: Clock): Promise<void> {
  const [incoming, outgoing, token] = await Promise.all([
    stores.inbox.depth(),
    stores.outbox.depth(),
    zaloSide.tokens.status(),
  ]);
  const ageOf = (oldest: Date | undefined): number =>
    oldest ? (clock.now().getTime() - oldest.getTime()) / 1000 : 0;
  metrics.queueDepth.set({ queue: 'inbox', state: 'waiting' }, incoming.waiting);
  metrics.queueDepth.set({ queue: 'inbox', state: 'dead' }, incoming.dead);
  metrics.queueDepth.set({ queue: 'outbox', state: 'waiting' }, outgoing.waiting);
  metrics.queueDepth.set({ queue: 'outbox', state: 'checking' }, outgoing.checking);
  metrics.queueDepth.set({ queue: 'outbox', state: 'trouble' }, outgoing.trouble);
  metrics.queueOldestSeconds.set({ queue: 'inbox' }, ageOf(incoming.oldestWaitingAt));
  metrics.queueOldestSeconds.set({ queue: 'outbox' }, ageOf(outgoing.oldestWaitingAt));
  if (token.accessTokenAgeMs !== undefined) metrics.tokenAgeSeconds.set(token.accessTokenAgeMs / 1000);
  if (token.expiresInMs !== undefined) metrics.tokenExpiresInSeconds.set(token.expiresInMs / 1000);
}

function loadCommune(file: string, log: Logger): Commune {
  const commune = parseCommune(JSON.parse(readFileSync(file, 'utf8')), file);
  if (commune.placeholders.length > 0) {
    log.warn('commune.placeholders', {
      fields: commune.placeholders.join(' '),
      cure: 'These fields of the commune file are assumptions: confirm them and take them off its "placeholders" list.',
    });
  }
  return commune;
}
