import type { Logger } from '../kernel/logger.ts';
import type { InboxStore } from '../inbox/inbox-store.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { Clock } from '../kernel/clock.ts';
import type { SessionStore } from '../conversation/session-store.ts';
import type { MisunderstoodStore } from '../misunderstood/misunderstood.ts';
import type { LeaseStore } from '../mongo/lease-store.ts';
import type { Job } from './scheduler.ts';

export interface JobDeps {
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly leases: Pick<LeaseStore, 'removeEndedBefore'>;
  readonly misunderstood: Pick<MisunderstoodStore, 'removeExpired'>;
  readonly sessions: Pick<SessionStore, 'dropMissesBefore'>;
  readonly refreshTokenIfDue: () => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A message waiting this long means that something is wrong; somebody should look. */
const SLOW_QUEUE_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** Every cron job on one page: name, when, what. Times are Asia/Ho_Chi_Minh. */
export function listJobs(deps: JobDeps): readonly Job[] {
  return [
    { name: 'zalo.token_refresh', cron: '*/5 * * * *', run: deps.refreshTokenIfDue },
    { name: 'leases.sweep', cron: '17 3 * * *', run: () => sweepLeases(deps) },
    { name: 'misunderstood.sweep', cron: '27 3 * * *', run: () => sweepMisunderstood(deps) },
    { name: 'queues.watch', cron: '* * * * *', run: () => watchQueues(deps) },
  ];
}

/** Leases are named after residents' conversations; nobody's id is kept for having written once. */
async function sweepLeases({ leases, clock }: JobDeps): Promise<void> {
  await leases.removeEndedBefore(new Date(clock.now().getTime() - DAY_MS));
}

/** Ends what was kept for thirty days, and what was held for a yes that did not come. */
async function sweepMisunderstood({ misunderstood, sessions, clock }: JobDeps): Promise<void> {
  const now = clock.now();
  await misunderstood.removeExpired(now);
  await sessions.dropMissesBefore(new Date(now.getTime() - DAY_MS));
}

/** Says in the log when residents wait too long or messages were given up on. */
async function watchQueues({ inbox, outbox, clock, log }: JobDeps): Promise<void> {
  const [incoming, outgoing] = await Promise.all([inbox.depth(), outbox.depth()]);
  const now = clock.now().getTime();
  for (const [queue, oldest] of [
    ['inbox', incoming.oldestWaitingAt],
    ['outbox', outgoing.oldestWaitingAt],
  ] as const) {
    const waitedMs = oldest ? now - oldest.getTime() : 0;
    if (waitedMs > SLOW_QUEUE_MS) log.error('queues.slow', { queue, waitedMs });
  }
  if (incoming.dead + outgoing.trouble > 0) {
    log.warn('queues.dead_letters', { inbox: incoming.dead, outbox: outgoing.trouble });
  }
}
