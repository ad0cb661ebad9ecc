import { createTask, type ScheduledTask } from 'node-cron';
import { errorCode } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import type { TickStore } from './tick-store.ts';

/** Something that happens by the clock. `cron` has five fields, local time of the commune. */
export interface Job {
  readonly name: string;
  readonly cron: string;
  readonly run: () => Promise<unknown>;
}

export interface Scheduler {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface SchedulerDeps {
  readonly jobs: readonly Job[];
  readonly ticks: TickStore;
  readonly log: Logger;
}

const TIME_ZONE = 'Asia/Ho_Chi_Minh';
const ISO_LENGTH = '2026-11-24T00:00:00.000Z'.length;

/**
 * Runs the jobs with node-cron. Several processes may run one: the coordinator lets each tick through in one
 * of them only, and a run that is still going keeps the next tick out.
 */
export function createScheduler({ jobs, ticks, log }: SchedulerDeps): Scheduler {
  const coordinator = {
    /** node-cron's key is the job's name, a colon and the tick as an ISO time. */
    async shouldRun(key: string): Promise<boolean> {
      const tick = key.slice(-ISO_LENGTH);
      return ticks.claim(key.slice(0, -ISO_LENGTH - 1), new Date(tick));
    },
  };
  const runJob = async (job: Job): Promise<void> => {
    try {
      await job.run();
    } catch (error) {
      log.error('job.failed', { job: job.name, code: errorCode(error) }, error);
    }
  };
  const tasks: ScheduledTask[] = jobs.map((job) =>
    createTask(job.cron, () => runJob(job), {
      name: job.name,
      timezone: TIME_ZONE,
      noOverlap: true,
      distributed: true,
      runCoordinator: coordinator,
      unref: true,
      logger: toCronLogger(log),
    }),
  );
  return {
    async start() {
      for (const task of tasks) await task.start();
    },
    async stop() {
      for (const task of tasks) await task.destroy();
    },
  };
}

/** node-cron's own remarks (missed and overlapping ticks), as codes. */
function toCronLogger(log: Logger) {
  return {
    info: () => undefined,
    debug: () => undefined,
    warn: () => {
      log.warn('schedule.tick_late');
    },
    error: (_message: string | Error, error?: Error) => {
      log.warn('schedule.tick_failed', { code: errorCode(error) });
    },
  };
}
