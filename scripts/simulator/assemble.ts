import { resolve } from 'node:path';
import type { Express } from 'express';
import { createCallLog, type CallLog } from './call-log.ts';
import { createChanges } from './changes.ts';
import { createSimulatorClock } from './clock.ts';
import { createFaultBoard, type FaultsPatch } from './faults.ts';
import { createApp } from './http/app.ts';
import { createControlRouter } from './http/control-router.ts';
import { createLiveRouter, type LiveRouter } from './http/live-router.ts';
import { createOauthRouter } from './http/oauth-router.ts';
import { createOpenApiRouter } from './http/openapi-router.ts';
import { createPageRouter } from './http/page-router.ts';
import { createLookups } from './lookups.ts';
import { createMediaStore, type MediaStore } from './media-store.ts';
import { createOaSending, type OaSending } from './oa-sending.ts';
import type { SimulatorOptions } from './options.ts';
import { createRandom } from './random.ts';
import { createRateLimit } from './rate-limit.ts';
import { createResidentActions, type ResidentActions } from './resident-actions.ts';
import { createResidents } from './residents.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { createPackageQuota } from './sending-window.ts';
import { createStateFile, noStateFile, readState, type SavedState, type StateFile } from './state-file.ts';
import { createTokens } from './tokens.ts';
import { createWebhookDelivery } from './webhook-delivery.ts';
import type { World } from './world.ts';

const DEADLINE_MS = 2000;
const PACKAGE_MESSAGES = 500;

/** Everything inside a simulator, wired together and not yet listening. */
export interface SimulatorParts {
  readonly app: Express;
  readonly world: World;
  readonly actions: ResidentActions;
  readonly sending: OaSending;
  readonly calls: CallLog;
  readonly state: StateFile;
  readonly scheduler: Scheduler;
  readonly live: LiveRouter;
  readonly applyFaults: (patch: FaultsPatch) => void;
  readonly advanceClock: (ms: number) => Promise<void>;
}

/** `url` is where the simulator will be reached; it goes into the addresses of media. */
export function assemble(options: SimulatorOptions, url: string): SimulatorParts {
  const { stateFile, assetsDir = resolve('scripts/simulator') } = options;
  const { world, scheduler, state } = createWorld(options);
  const calls = createCallLog(world.clock, world.changes);
  const media = createMediaStore({
    baseUrl: `${url}/media`,
    samplesDir: resolve(assetsDir, 'media'),
    uploadsDir: stateFile === undefined ? undefined : `${stateFile}.media`,
  });
  const core = {
    world,
    scheduler,
    state,
    calls,
    actions: createResidentActions(world, media),
    sending: createOaSending(world),
    live: createLiveRouter(world.changes),
    applyFaults(patch: FaultsPatch): void {
      world.faults.apply(patch);
      if (patch.tokenExpired) world.tokens.expireNow();
      world.changed();
    },
    async advanceClock(ms: number): Promise<void> {
      await scheduler.advance(ms);
      world.changed();
    },
  };
  return { ...core, app: createHttp(options, core, media, resolve(assetsDir, 'page')) };
}

function createHttp(
  options: SimulatorOptions,
  core: Omit<SimulatorParts, 'app'>,
  media: MediaStore,
  pageDir: string,
): Express {
  const { world, calls, state, live } = core;
  const rateLimit = createRateLimit(options.rateLimitPerMinute ?? 0, world.clock);
  return createApp({
    openApi: createOpenApiRouter({ ...core, lookups: createLookups(world), rateLimit }),
    oauth: createOauthRouter({ world, calls, saveNow: () => state.saveNow() }),
    control: createControlRouter({ ...core, media }),
    live: live.router,
    page: createPageRouter(pageDir, media),
  });
}

function createWorld(options: SimulatorOptions): {
  readonly world: World;
  readonly scheduler: Scheduler;
  readonly state: StateFile;
} {
  const { stateFile } = options;
  const saved = stateFile === undefined ? undefined : readState(stateFile);
  const clock = createSimulatorClock(options.clock ?? { now: () => new Date() }, saved?.clockOffsetMs);
  // After a restart the same seed would give the same ids a second time.
  const random = createRandom(saved ? undefined : options.randomSeed);
  const changes = createChanges();
  const faults = createFaultBoard();
  const scheduler = createScheduler(clock);
  const oa = { ...options, echoes: options.echoes ?? true, receipts: options.receipts ?? true };
  const webhooks = createWebhookDelivery({
    key: oa,
    url: options.webhookUrl ?? saved?.webhook.url ?? undefined,
    subscribed: saved?.webhook.subscribed ?? true,
    deadlineMs: options.webhookDeadlineMs ?? DEADLINE_MS,
    clock,
    scheduler,
    faults,
    random,
    changes,
  });
  const tokens = createTokens({
    clock,
    random,
    seed: options.tokens,
    saved: saved?.tokens,
    accessTokenLifeMs: options.accessTokenLifeMs,
  });
  const world: World = {
    oa,
    clock,
    random,
    changes,
    faults,
    webhooks,
    tokens,
    residents: createResidents({ random, clock, saved: saved?.residents }),
    quota: createPackageQuota(options.packageQuota ?? PACKAGE_MESSAGES, saved?.quota),
    changed(userId) {
      state.saveSoon();
      changes.announce(userId);
    },
  };
  const state = stateFile === undefined ? noStateFile : createStateFile(stateFile, () => snapshotOf(world));
  return { world, scheduler, state };
}

function snapshotOf({ clock, residents, tokens, quota, webhooks }: World): SavedState {
  const { url, subscribed } = webhooks.state();
  return {
    version: 1,
    clockOffsetMs: clock.offsetMs(),
    residents: residents.list(),
    tokens: tokens.save(),
    quota: quota.save(),
    webhook: { url, subscribed },
  };
}
