import type { SimulatorClock } from './clock.ts';

type Task = () => Promise<void>;

/** Things that happen later by the simulator's clock: retries and late deliveries. */
export interface Scheduler {
  at(dueMs: number, task: Task): void;
  /**
   * Moves the clock forward, stopping at each due time on the way, so that a ladder of retries plays out as
   * it would have. Resolves when everything that came due has finished.
   */
  advance(ms: number): Promise<void>;
  waiting(): number;
  clear(): void;
}

/** Longest sleep between looks at the clock; `setTimeout` itself overflows at 24.8 days. */
const MAX_SLEEP_MS = 3_600_000;

export function createScheduler(clock: SimulatorClock): Scheduler {
  let tasks: { readonly dueMs: number; readonly task: Task }[] = [];
  let timer: NodeJS.Timeout | undefined;

  const nextDue = (): number | undefined => tasks[0]?.dueMs;

  const runDue = async (): Promise<void> => {
    const now = clock.nowMs();
    const due = tasks.filter((entry) => entry.dueMs <= now);
    tasks = tasks.filter((entry) => entry.dueMs > now);
    await Promise.all(due.map((entry) => entry.task()));
  };

  const arm = (): void => {
    clearTimeout(timer);
    const due = nextDue();
    if (due === undefined) return;
    const sleepMs = Math.min(Math.max(due - clock.nowMs(), 1), MAX_SLEEP_MS);
    timer = setTimeout(() => {
      void runDue().finally(arm);
    }, sleepMs);
    // A retry in an hour must not keep a test run or a stopped demo alive.
    timer.unref();
  };

  return {
    at(dueMs, task) {
      const index = tasks.findIndex((entry) => entry.dueMs > dueMs);
      tasks.splice(index === -1 ? tasks.length : index, 0, { dueMs, task });
      if (nextDue() === dueMs) arm();
    },
    async advance(ms) {
      const target = clock.nowMs() + ms;
      for (let due = nextDue(); due !== undefined && due <= target; due = nextDue()) {
        clock.moveBy(Math.max(0, due - clock.nowMs()));
        await runDue();
      }
      clock.moveBy(Math.max(0, target - clock.nowMs()));
      arm();
    },
    waiting: () => tasks.length,
    clear() {
      clearTimeout(timer);
      tasks = [];
    },
  };
}
