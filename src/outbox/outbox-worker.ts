import type { Clock } from '../kernel/clock.ts';
import { errorCode } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import { SendError, type MessageSender } from '../kernel/sending.ts';
import type { Lease, LeaseStore } from '../mongo/lease-store.ts';
import { createLanePump, type LanePump } from '../queue/lane-pump.ts';
import type { OutboxRow, OutboxStore } from './outbox.ts';
import { backOffMs, findDelivery, MAX_ATTEMPTS, MAX_CHECKS, OPERATOR_RETRY_MS } from './outbox-rules.ts';

export interface OutboxWorkerDeps {
  readonly store: OutboxStore;
  readonly sender: MessageSender;
  readonly leases: LeaseStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** Unique to this process: the holder of its leases. */
  readonly owner: string;
  /** Residents written to at the same time. */
  readonly concurrency: number;
  readonly idleMs: number;
  /**
   * How long after an unfinished call the platform's history is asked. Longer than the call's own time-out, so that
   * a slow delivery has either happened or never will.
   */
  readonly settleMs: number;
  readonly leaseMs: number;
  /** 0 to 1; spreads retries. */
  readonly random: () => number;
  /** For metrics: `sent`, or a failure code. */
  readonly onResult?: (result: string) => void;
}

/** Sends what is queued: in order for each resident, each message once, by the rules of `SendFailure`. */
export function createOutboxWorker(deps: OutboxWorkerDeps): LanePump {
  const { store, sender, leases, clock, log } = deps;
  let pausedUntil = 0;
  const at = (ms: number): Date => new Date(clock.now().getTime() + ms);

  const finish = async (
    row: OutboxRow,
    state: 'refused' | 'expired' | 'dead' | 'unknown',
    code: string,
  ): Promise<void> => {
    await store.markFinal(row.key, state, code);
    deps.onResult?.(state);
    log.warn(`outbox.${state}`, { outboxKey: row.key, code, attempts: row.attempts });
  };

  const handleFailure = async (row: OutboxRow, attempts: number, error: SendError): Promise<void> => {
    const { code, failure } = error;
    deps.onResult?.(failure);
    switch (failure) {
      case 'refused':
        await finish(row, 'refused', code);
        return;
      case 'unknown':
        log.warn('outbox.outcome_unknown', { outboxKey: row.key, code });
        await store.markChecking(row, at(deps.settleMs), code);
        return;
      case 'rate_limited':
        pausedUntil = (error.retryAt ?? at(1000)).getTime();
        await store.putBack(row, new Date(pausedUntil), code, false);
        return;
      case 'later':
        await store.putBack(row, error.retryAt ?? at(OPERATOR_RETRY_MS), code, false);
        return;
      case 'operator':
        log.error('outbox.operator_needed', { outboxKey: row.key, code }, error);
        await store.putBack(row, at(OPERATOR_RETRY_MS), code, false);
        return;
      case 'retry':
        if (attempts >= MAX_ATTEMPTS) await finish(row, 'dead', code);
        else await store.putBack(row, at(backOffMs(attempts, deps.random())), code, true);
    }
  };

  const sendRow = async (row: OutboxRow): Promise<void> => {
    if (!(await store.markSending(row.key))) return;
    const attempts = row.attempts + 1;
    try {
      const { messageId } = await sender.send(row.residentId, row.part);
      await store.markSent(row.key, messageId);
      deps.onResult?.('sent');
      log.debug('outbox.sent', { outboxKey: row.key, attempts });
    } catch (error) {
      if (error instanceof SendError) await handleFailure(row, attempts, error);
      else throw error;
    }
  };

  /** Asks the platform whether an unfinished call was delivered; only a clear "no" lets it be sent again. */
  const settle = async (row: OutboxRow): Promise<void> => {
    try {
      const deliveries = await sender.recentDeliveries(row.residentId);
      const known = await store.knownMessageIds(
        row.lane,
        deliveries.map((each) => each.messageId),
      );
      const found = findDelivery(row, deliveries, known);
      if (found) {
        await store.markSent(row.key, found.messageId);
        deps.onResult?.('settled_sent');
      } else if (row.attempts >= MAX_ATTEMPTS) {
        await finish(row, 'dead', row.failureCode ?? 'outbox.not_delivered');
      } else {
        await store.putBack(row, clock.now(), 'outbox.not_delivered', true);
        deps.onResult?.('settled_absent');
      }
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      if (row.checks >= MAX_CHECKS) await finish(row, 'unknown', error.code);
      else await store.markChecking(row, at(backOffMs(row.checks, deps.random())), error.code);
    }
  };

  /** One step of a lane. False when nothing can be done just now. */
  const step = async (lane: string): Promise<boolean> => {
    const now = clock.now();
    if (now.getTime() < pausedUntil) return false;
    const rows = await store.listOpen(lane, 20);
    const interrupted = rows.find((row) => row.state === 'sending');
    if (interrupted) {
      // We hold the lane, so whoever was sending this is gone.
      const since = interrupted.attemptedAt ?? now;
      await store.markChecking(interrupted, new Date(since.getTime() + deps.settleMs), 'outbox.worker_lost');
      return true;
    }
    const row = rows.find((each) => each.state === 'checking') ?? rows[0];
    if (!row || row.availableAt > now) return false;
    if (row.state === 'checking') await settle(row);
    else if (row.expiresAt <= now) await finish(row, 'expired', row.failureCode ?? 'outbox.expired');
    else await sendRow(row);
    return true;
  };

  const drainHeld = async (lane: string, lease: Lease): Promise<'worked' | 'skipped'> => {
    const holdUntil = clock.now().getTime() + deps.leaseMs / 2;
    let steps = 0;
    try {
      // Stop at half the lease: one more call still ends well within it.
      while (clock.now().getTime() < holdUntil && (await step(lane))) steps += 1;
    } finally {
      await leases.release(lease);
    }
    return steps > 0 ? 'worked' : 'skipped';
  };

  return createLanePump({
    name: 'outbox',
    concurrency: deps.concurrency,
    idleMs: deps.idleMs,
    log,
    async listReady(busy, limit) {
      if (clock.now().getTime() < pausedUntil) return [];
      return store.listReadyLanes(busy, limit);
    },
    async drain(lane) {
      const lease = await leases.acquire(`outbox:${lane}`, deps.owner, deps.leaseMs);
      if (!lease) return 'skipped';
      return drainHeld(lane, lease).catch((error: unknown) => {
        log.warn('outbox.lane_broken', { code: errorCode(error) }, error);
        return 'skipped' as const;
      });
    },
  });
}
