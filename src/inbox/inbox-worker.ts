import type { Dispatcher } from '../conversation/dispatcher.ts';
import type { HeldSession, SessionStore } from '../conversation/session-store.ts';
import type { Clock } from '../kernel/clock.ts';
import { errorCode } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import { createLanePump, type DrainResult, type LanePump } from '../queue/lane-pump.ts';
import type { InboxRow, InboxStore } from './inbox-store.ts';

export interface InboxWorkerDeps {
  readonly store: InboxStore;
  readonly sessions: SessionStore;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly log: Logger;
  /** Residents served at the same time. */
  readonly concurrency: number;
  readonly idleMs: number;
  /** Longer than any turn takes; after a crash the resident waits at most this long. */
  readonly leaseMs: number;
}

/** Applying fails only while the database does; after this many tries an operator has to look. */
const MAX_ATTEMPTS = 12;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** Few enough to end well within the lease. */
const EVENTS_AT_ONCE = 10;

/** Works off conversations: one event of a resident at a time, in the order they were written. */
export function createInboxWorker(deps: InboxWorkerDeps): LanePump {
  const { store, sessions, dispatcher, clock, log } = deps;

  const handleFailure = async (row: InboxRow, error: unknown): Promise<void> => {
    const attempts = row.attempts + 1;
    const code = errorCode(error);
    if (attempts >= MAX_ATTEMPTS) {
      log.error('inbox.dead_letter', { eventKey: row.key, code, attempts }, error);
      await store.finish(row.key, 'dead');
      return;
    }
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
    log.warn('inbox.retry', { eventKey: row.key, code, attempts, waitMs }, error);
    await store.postpone(row, new Date(clock.now().getTime() + waitMs), code);
  };

  const runOne = async (row: InboxRow, held: HeldSession, then: 'keep' | 'release') => {
    try {
      return await dispatcher.run(row, held, then);
    } catch (error) {
      await handleFailure(row, error);
      await sessions.release(held);
      return undefined;
    }
  };

  /** Works off what is there; what arrives meanwhile is nudged or found by the next look. */
  const drainHeld = async (first: HeldSession): Promise<DrainResult> => {
    const rows = await store.listOldest(first.lane, EVENTS_AT_ONCE);
    const firstNotDue = rows.findIndex((row) => row.availableAt > clock.now());
    const due = firstNotDue < 0 ? rows : rows.slice(0, firstNotDue);
    if (due.length === 0) {
      await sessions.release(first);
      return 'skipped';
    }
    let held: HeldSession | undefined = first;
    for (const [n, row] of due.entries()) {
      if (held) held = await runOne(row, held, n === due.length - 1 ? 'release' : 'keep');
    }
    return rows.length === EVENTS_AT_ONCE ? 'more' : 'worked';
  };

  return createLanePump({
    name: 'inbox',
    concurrency: deps.concurrency,
    idleMs: deps.idleMs,
    log,
    listReady: (busy, limit) => store.listReadyLanes(busy, limit),
    async drain(lane) {
      const held = await sessions.acquire(lane, deps.leaseMs);
      return held ? drainHeld(held) : 'skipped';
    },
  });
}
