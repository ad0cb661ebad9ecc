import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import {
  chooseGeneration,
  generationAfterRefusal,
  type Generation,
  type GenerationSetting,
} from './generation.ts';
import type { OaDescription, OaProfile, OaProfileStore } from './oa-profile-store.ts';

/** How this page wants to be spoken to, agreed on by all processes. Every method throws `DatabaseError`. */
export interface OaProfiler {
  generation(): Promise<Generation>;
  /** After a refusal: the generation to try instead, pinned for everybody; nothing when there is none. */
  switchGeneration(used: Generation, zaloCode: number | undefined): Promise<Generation | undefined>;
  buttonsSupported(): Promise<boolean>;
  /** Buttons were refused although the words passed: says everything as plain text for a while. */
  rememberButtonsRefused(): Promise<void>;
  recordDescription(description: OaDescription): Promise<void>;
  /** As stored now, for `doctor` and the console. */
  read(): Promise<OaProfile>;
}

export interface OaProfilerDeps {
  readonly store: OaProfileStore;
  readonly setting: GenerationSetting;
  readonly clock: Clock;
  readonly log: Logger;
}

const CACHE_MS = 60_000;
/** Packages change by the day at most, and trying costs one refused call. */
const BUTTONS_PAUSE_MS = 24 * 3_600_000;

export function createOaProfiler({ store, setting, clock, log }: OaProfilerDeps): OaProfiler {
  let cached: { readonly profile: OaProfile; readonly readAtMs: number } | undefined;

  async function read(): Promise<OaProfile> {
    const profile = await store.find();
    cached = { profile, readAtMs: clock.now().getTime() };
    return profile;
  }

  async function current(): Promise<OaProfile> {
    if (!cached || clock.now().getTime() - cached.readAtMs >= CACHE_MS) return read();
    return cached.profile;
  }

  async function change(write: Promise<void>): Promise<void> {
    await write;
    cached = undefined;
  }

  return {
    read,
    async generation() {
      return chooseGeneration(setting, await current());
    },
    async switchGeneration(used, zaloCode) {
      const now = clock.now();
      const profile = await read();
      const next = generationAfterRefusal(used, zaloCode, setting, profile, now);
      if (!next) {
        await change(store.recordRefusal(used, now));
        return undefined;
      }
      await change(store.pinGeneration(next, used, now));
      log.warn('zalo.generation_switched', { from: used, to: next, zaloCode });
      return next;
    },
    async buttonsSupported() {
      const { buttonsRefusedUntil } = await current();
      return buttonsRefusedUntil === undefined || buttonsRefusedUntil <= clock.now();
    },
    async rememberButtonsRefused() {
      const until = new Date(clock.now().getTime() + BUTTONS_PAUSE_MS);
      await change(store.refuseButtonsUntil(until));
      log.warn('zalo.buttons_refused', { until: until.toISOString() });
    },
    recordDescription: (description) => change(store.recordDescription(description, clock.now())),
  };
}
