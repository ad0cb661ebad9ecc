import { errorCode } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';

/**
 * Keeps a durable queue moving. A lane is everything that must happen in order (one resident's events, one
 * resident's messages); lanes run side by side, a lane is drained by one caller at a time in this process. Other
 * processes are kept out by the lane's lease, which `drain` takes.
 */
export interface LanePump {
  start(): void;
  /** Something was queued just now: look at once instead of at the next poll. */
  nudge(): void;
  /** Takes no new lanes and waits for the running ones. */
  stop(): Promise<void>;
}

export interface LanePumpDeps {
  /** For the log: `inbox`, `outbox`. */
  readonly name: string;
  /** Lanes with something due, oldest first, without those in `busy`. */
  readonly listReady: (busy: readonly string[], limit: number) => Promise<readonly string[]>;
  /**
   * Works off one lane; `skipped` when it could do nothing just now (another process holds it). A rejection is
   * logged and the lane is tried again later.
   */
  readonly drain: (lane: string) => Promise<'worked' | 'skipped'>;
  /** Lanes worked on at the same time. */
  readonly concurrency: number;
  /** How long to rest when nothing was due. Other processes queue without nudging us, so this bounds their wait. */
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
  let running: Promise<void> | undefined;
  let stopping = false;
  let nudged = false;
  let wake: () => void = () => undefined;

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (nudged || stopping) {
        nudged = false;
        resolve();
        return;
      }
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        wake = () => undefined;
        nudged = false;
        resolve();
      }
      wake = done;
    });

  const drainLane = async (lane: string): Promise<void> => {
    try {
      const result = await deps.drain(lane);
      if (result === 'skipped') await pause(SKIPPED_LANE_REST_MS);
    } catch (error) {
      deps.log.warn(`${deps.name}.lane_failed`, { code: errorCode(error) }, error);
      await pause(FAILED_LANE_REST_MS);
    } finally {
      busy.delete(lane);
      wake();
    }
  };

  const fill = async (): Promise<number> => {
    const free = deps.concurrency - busy.size;
    if (free <= 0) return 0;
    const lanes = await deps.listReady([...busy.keys()], free);
    for (const lane of lanes) {
      if (!busy.has(lane)) busy.set(lane, drainLane(lane));
    }
    return lanes.length;
  };

  const loop = async (): Promise<void> => {
    while (!stopping) {
      try {
        const started = await fill();
        if (started === 0) await rest(deps.idleMs);
      } catch (error) {
        deps.log.warn(`${deps.name}.poll_failed`, { code: errorCode(error) }, error);
        await rest(FAILURE_REST_MS);
      }
    }
    await Promise.allSettled(busy.values());
  };

  return {
    start() {
      running ??= loop();
    },
    nudge() {
      nudged = true;
      wake();
    },
    async stop() {
      stopping = true;
      wake();
      await running;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
