import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { SendError, type MessageSender } from '../kernel/sending.ts';
import { createLanePump, type LanePump } from '../queue/lane-pump.ts';
import type { OutboxRow, OutboxState, OutboxStore } from './outbox.ts';
import { backOffMs, findDelivery, MAX_CHECKS, MAX_STRIKES, OPERATOR_RETRY_MS } from './outbox-rules.ts';

export interface OutboxWorkerDeps {
  readonly store: OutboxStore;
  readonly sender: MessageSender;
  readonly clock: Clock;
  readonly log: Logger;
  /** Residents written to at the same time. */
  readonly concurrency: number;
  readonly idleMs: number;
  /**
   * How long after an unfinished call the platform's history is asked. Longer than the call's own time-out, so that
   * a slow delivery has either happened or never will.
   */
  readonly settleMs: number;
  /** A call under way for longer than this has lost its worker. Longer than a call can take with all it may repeat. */
  readonly callLimitMs: number;
  /** 0 to 1; spreads retries. */
  readonly random: () => number;
  /** For metrics: `sent`, or a failure code. */
  readonly onResult?: (result: string) => void;
}

/** Sends what is queued: in order for each resident, each message once, by the rules of `SendFailure`. */
export function createOutboxWorker(deps: OutboxWorkerDeps): LanePump {
  const { store, sender, clock, log } = deps;
  let pausedUntil = 0;
  const at = (ms: number): Date => new Date(clock.now().getTime() + ms);

  const finish = async (
    row: OutboxRow,
    state: 'refused' | 'expired' | 'dead' | 'unknown',
    code: string,
  ): Promise<void> => {
    await store.markFinal(row, state, code);
    deps.onResult?.(state);
    log.warn(`outbox.${state}`, { outboxKey: row.key, code, attempts: row.attempts });
  };

  const handleFailure = async (row: OutboxRow, error: SendError): Promise<void> => {
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
        if (row.strikes + 1 >= MAX_STRIKES) await finish(row, 'dead', code);
        else await store.putBack(row, at(backOffMs(row.strikes + 1, deps.random())), code, true);
    }
  };

  /** False when another worker was quicker. */
  const sendRow = async (waiting: OutboxRow): Promise<boolean> => {
    const row = await store.claim(waiting);
    if (!row) return false;
    try {
      const { messageId } = await sender.send(row.residentId, row.part);
      await store.markSent(row, messageId);
      deps.onResult?.('sent');
      log.debug('outbox.sent', { outboxKey: row.key, attempts: row.attempts });
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      await handleFailure(row, error);
    }
    return true;
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
        await store.markSent(row, found.messageId, 'history');
        deps.onResult?.('settled_sent');
      } else if (row.strikes + 1 >= MAX_STRIKES) {
        await finish(row, 'dead', row.failureCode ?? 'outbox.not_delivered');
      } else {
        await store.putBack(row, clock.now(), 'outbox.not_delivered', true);
        deps.onResult?.('settled_absent');
      }
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      // Nobody was asked; that says nothing about the message.
      const counts = error.failure !== 'rate_limited';
      if (counts && row.checks + 1 >= MAX_CHECKS) await finish(row, 'unknown', error.code);
      else
        await store.markChecking(
          row,
          error.retryAt ?? at(backOffMs(row.checks + 1, deps.random())),
          error.code,
          counts,
        );
    }
  };

  /** A call that has been under way for too long: whoever made it is gone. */
  const giveUpCall = async (row: OutboxRow, now: Date): Promise<boolean> => {
    const calledAt = row.attemptedAt?.getTime() ?? 0;
    if (now.getTime() - calledAt < deps.callLimitMs) return false;
    await store.markChecking(row, new Date(calledAt + deps.settleMs), 'outbox.worker_lost');
    return true;
  };

  /**
   * What the lane's most urgent row needs just now. False when nothing can be done: a call is under way (the row itself is
   * the lock, so of all workers one sends), its outcome is not due to be checked, or the time has not come.
   */
  const workOn = async (row: OutboxRow): Promise<boolean> => {
    const now = clock.now();
    if (row.state === 'sending') return giveUpCall(row, now);
    if (row.availableAt > now || now.getTime() < pausedUntil) return false;
    if (row.state === 'checking') await settle(row);
    else if (row.expiresAt <= now) await finish(row, 'expired', row.failureCode ?? 'outbox.expired');
    else return sendRow(row);
    return true;
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
      let worked = false;
      for (;;) {
        const rows = await store.listOpen(lane, ROWS_AT_ONCE);
        const row = rows.find((each) => OPEN_CALL.includes(each.state)) ?? rows[0];
        if (!row || !(await workOn(row))) return worked ? 'worked' : 'skipped';
        worked = true;
        if (rows.length === 1) return 'worked';
      }
    },
  });
}

const ROWS_AT_ONCE = 20;
const OPEN_CALL: readonly OutboxState[] = ['sending', 'checking'];
