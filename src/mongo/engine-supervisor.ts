import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { EngineChild } from './engine-child.ts';

export interface EngineSupervisorDeps {
  /** Starts the engine once more, on this port. */
  launch(port: number): Promise<EngineChild>;
  /** Told about every engine that was started again. */
  onRestart(child: EngineChild): Promise<void>;
  readonly log: Logger;
  readonly clock: Clock;
}

export interface EngineSupervisor {
  /** The process that runs the engine now. */
  pid(): number;
  /** Stops watching and stops the engine. */
  stop(): Promise<void>;
}

const FIRST_RESTART_MS = 100;
const SLOWEST_RESTART_MS = 5000;
/** An engine that ran this long did not die of its start: the pauses begin anew. */
const STABLE_AFTER_MS = 30_000;

/** Doubles from 0.1 s to 5 s: quick after one accident, calm when something is wrong for good. */
export function restartDelayMs(failures: number): number {
  return Math.min(FIRST_RESTART_MS * 2 ** failures, SLOWEST_RESTART_MS);
}

/** Starts an engine again whenever it dies, on the port its clients know, until told to stop. */
export function superviseEngine(deps: EngineSupervisorDeps, first: EngineChild): EngineSupervisor {
  const { log, clock } = deps;
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let child = first;
  let failures = 0;

  /** One try after a pause; false when it failed. */
  const restart = async (): Promise<boolean> => {
    // The only way this rejects is being told to stop.
    await delay(restartDelayMs(failures), undefined, { signal: stopping.signal }).catch(() => undefined);
    if (isStopping()) return false;
    failures += 1;
    try {
      child = await deps.launch(child.port);
    } catch (error) {
      log.error('engine.restart_failed', { failures }, error);
      return false;
    }
    log.warn('engine.restarted', { pid: child.pid, port: child.port });
    await deps.onRestart(child).catch((error: unknown) => {
      // The engine runs; only commands that look for it will not find it until the next notice is written.
      log.error('engine.notice_failed', {}, error);
    });
    return true;
  };

  const watch = async (): Promise<void> => {
    while (!isStopping()) {
      const startedAt = clock.now().getTime();
      await child.exited;
      if (isStopping()) return;
      if (clock.now().getTime() - startedAt > STABLE_AFTER_MS) failures = 0;
      log.warn('engine.died', { pid: child.pid });
      let isRunning = false;
      while (!isRunning && !isStopping()) isRunning = await restart();
    }
  };
  const watching = watch();

  return {
    pid: () => child.pid,
    async stop() {
      stopping.abort();
      await child.stop();
      await watching;
      // A restart that was under way when the word came has brought up another one.
      await child.stop();
    },
  };
}
