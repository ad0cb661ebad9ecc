import { errorCode } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';

/**
 * Keeps a durable queue moving. A lane is everything that must happen in order (one resident's events, one
 * resident's messages); lanes run side by side, a lane is drained by one caller at a time in this process. Other
 * processes are kept out by what `drain` itself takes (a lease, a claimed row).
 */
export interface LanePump {
  start(): void;
  /** Something was queued in this lane just now: work on it at once, without looking for it. */
  nudge(lane: string): void;
  /** Takes no new lanes and waits for the running ones. */
  stop(): Promise<void>;
}

export type DrainResult = 'worked' | 'more' | 'skipped';

export interface LanePumpDeps {
  /** For the log: `inbox`, `outbox`. */
  readonly name: string;
  /** Lanes with something due, oldest first, without those in `busy`. */
  readonly listReady: (busy: readonly string[], limit: number) => Promise<readonly string[]>;
  /**
   * Works off one lane; `more` when it stopped before the end, `skipped` when it could do nothing just now (another
   * process holds it). A rejection is logged and the lane is tried again later.
   */
  readonly drain: (lane: string) => Promise<DrainResult>;
  /** Lanes worked on at the same time. */
  readonly concurrency: number;
  /** How often the queue is looked through for lanes nobody nudged: other processes', and those put off until now. */
  readonly idleMs: number;
  readonly log: Logger;
}

/** How long to rest after the queue itself failed (database away), so that a log is not flooded. */
const FAILURE_REST_MS = 1000;

/** A lane that failed outside its own error handling is left alone this long. */
const FAILED_LANE_REST_MS = 500;

/** A lane somebody else holds is left alone this long. */
const SKIPPED_LANE_REST_MS = 50;

export function createLanePump(deps: LanePumpDeps): LanePump {
  const busy = new Map<string, Promise<void>>();
  const nudgedAgain = new Set<string>();
  const waiting = new Set<string>();
  let looking: Promise<void> | undefined;
  let started = false;
  let stopping = false;
  /** The last look filled all places: look again as soon as one is free. */
  let moreToTake = false;
  let woken = false;
  const rememberWake = (): void => {
    woken = true;
  };
  let wake = rememberWake;

  const drainOnce = async (lane: string): Promise<DrainResult> => {
    try {
      const result = await deps.drain(lane);
      if (result === 'skipped') await pause(SKIPPED_LANE_REST_MS);
      return result;
    } catch (error) {
      deps.log.warn(`${deps.name}.lane_failed`, { code: errorCode(error) }, error);
      await pause(FAILED_LANE_REST_MS);
      return 'skipped';
    }
  };

  const drainLane = async (lane: string): Promise<void> => {
    let result: DrainResult;
    do {
      nudgedAgain.delete(lane);
      result = await drainOnce(lane);
    } while (!stopping && (result === 'more' || nudgedAgain.has(lane)));
    busy.delete(lane);
    takeNext();
    if (moreToTake) wake();
  };

  const take = (lane: string): void => {
    waiting.delete(lane);
    busy.set(lane, drainLane(lane));
  };

  /** Starts lanes that were nudged while all places were taken. */
  const takeNext = (): void => {
    for (const lane of waiting) {
      if (stopping || busy.size >= deps.concurrency) return;
      take(lane);
    }
  };

  /** Gives true when there may be more than was taken. */
  const lookOnce = async (): Promise<boolean> => {
    const free = deps.concurrency - busy.size;
    if (free <= 0) return true;
    const lanes = await deps.listReady([...busy.keys()], free);
    for (const lane of lanes) if (!stopping && !busy.has(lane)) take(lane);
    return lanes.length === free;
  };

  const look = async (): Promise<void> => {
    while (!stopping) {
      try {
        moreToTake = await lookOnce();
        await rest(deps.idleMs);
      } catch (error) {
        deps.log.warn(`${deps.name}.poll_failed`, { code: errorCode(error) }, error);
        await rest(FAILURE_REST_MS);
      }
    }
    await Promise.allSettled(busy.values());
  };

  /** Ends early when woken, also by a call that came while the queue was being looked through. */
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        wake = rememberWake;
        woken = false;
        resolve();
      };
      const timer = setTimeout(end, ms);
      wake = end;
      if (woken || stopping) end();
    });

  return {
    start() {
      started = true;
      looking ??= look();
    },
    nudge(lane) {
      if (!started || stopping) return;
      if (busy.has(lane)) nudgedAgain.add(lane);
      else waiting.add(lane);
      takeNext();
    },
    async stop() {
      stopping = true;
      wake();
      await looking;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
