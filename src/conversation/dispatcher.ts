import type { Clock } from '../kernel/clock.ts';
import { errorCode } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import type { EventKind, OutgoingMessage, ResidentEvent } from '../kernel/messages.ts';
import type { DecidedOutcome, InboxRow, InboxStore } from '../inbox/inbox-store.ts';
import { PRIORITY, type NewOutboxRow, type OutboxStore } from '../outbox/outbox.ts';
import { REPLY_LIFE_MS } from '../outbox/outbox-rules.ts';
import type { ResidentStore } from '../residents/resident.ts';
import type { EffectApplier } from './effects.ts';
import type { HeldSession, SessionStore } from './session-store.ts';
import { FAILURE_REASON, type Conversation, type Turn, type TurnOutcome } from './turn.ts';

export interface DispatcherDeps {
  readonly conversation: Conversation;
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly sessions: SessionStore;
  readonly residents: ResidentStore;
  readonly applyEffect: EffectApplier;
  readonly toParts: (message: OutgoingMessage) => readonly OutgoingMessage[];
  readonly clock: Clock;
  readonly log: Logger;
  /** For metrics: what was decided, and how long after acceptance. */
  readonly onTurn?: (intent: string, reason: string, waitedMs: number) => void;
  /** Messages were queued in this lane. */
  readonly onQueued?: (lane: string) => void;
}

/** Turns one accepted event into one outcome, and applies it. */
export interface Dispatcher {
  /**
   * Runs the turn to its end, and then keeps or releases the session; repeating it after a crash at any point changes nothing more. Gives the session as
   * saved, or nothing when the lease was lost and somebody else goes on.
   */
  run(row: InboxRow, held: HeldSession, then: 'keep' | 'release'): Promise<HeldSession | undefined>;
}

/** Tries at deciding before the resident gets an apology and the event becomes a dead letter. */
export const MAX_DECIDE_ATTEMPTS = 4;

const TOUCH_EVERY_MS = 10 * 60_000;

/** What reopens the platform's reply window: things the resident did. Receipts and echoes do not. */
const INTERACTIONS: ReadonlySet<EventKind> = new Set<EventKind>([
  'text',
  'image',
  'location',
  'audio',
  'video',
  'file',
  'sticker',
  'link',
  'business_card',
  'hello',
  'submitted_info',
]);

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { inbox, outbox, sessions, clock, log } = deps;

  const decide = async (row: InboxRow, held: HeldSession): Promise<TurnOutcome> => {
    const turn: Turn = {
      event: row.event,
      content: row.event.content,
      session: held.state,
      now: clock.now(),
    };
    try {
      return await deps.conversation.decide(turn);
    } catch (error) {
      if (row.attempts + 1 < MAX_DECIDE_ATTEMPTS) throw error;
      log.error(
        'turn.gave_up',
        { eventKey: row.key, code: errorCode(error), attempts: row.attempts + 1 },
        error,
      );
      return deps.conversation.apologise(turn);
    }
  };

  /**
   * Notes when the resident last did something: the reply window counts from it. A conversation under way is not noted
   * anew at every message; being some minutes early only makes us more careful. Gives the session with what was noted.
   */
  const touch = async (event: ResidentEvent, held: HeldSession): Promise<HeldSession> => {
    if (!INTERACTIONS.has(event.content.kind)) return held;
    const sinceNotedMs = event.sentAt.getTime() - (held.touchedAt?.getTime() ?? 0);
    if (sinceNotedMs < TOUCH_EVERY_MS) return held;
    await deps.residents.touch(event.oaId, event.residentId, event.sentAt);
    return { ...held, touchedAt: event.sentAt };
  };

  const decideOnce = async (row: InboxRow, held: HeldSession): Promise<DecidedOutcome> => {
    if (row.decided) return row.decided;
    const outcome = await decide(row, held);
    const firstOrder = Math.max(clock.now().getTime(), held.lastOrder + 1);
    const decided = await inbox.recordOutcome(row.key, { outcome, firstOrder });
    deps.onTurn?.(
      decided.outcome.intent,
      decided.outcome.reason,
      clock.now().getTime() - row.receivedAt.getTime(),
    );
    log.info('turn.decided', {
      eventKey: row.key,
      intent: decided.outcome.intent,
      reason: decided.outcome.reason,
      says: decided.outcome.say.length,
    });
    return decided;
  };

  const toRows = (row: InboxRow, { outcome, firstOrder }: DecidedOutcome): NewOutboxRow[] => {
    const { oaId, residentId } = row.event;
    const expiresAt = new Date(clock.now().getTime() + REPLY_LIFE_MS);
    const parts = outcome.say.flatMap((message) => deps.toParts(message));
    return parts.map((part, n) => ({
      key: keyOf(row, n),
      oaId,
      residentId,
      part,
      priority: PRIORITY.reply,
      order: firstOrder + n,
      expiresAt,
    }));
  };

  const apply = async (
    row: InboxRow,
    held: HeldSession,
    decided: DecidedOutcome,
    then: 'keep' | 'release',
  ): Promise<HeldSession | undefined> => {
    for (const [n, effect] of decided.outcome.effects.entries()) {
      await deps.applyEffect(effect, row.event, keyOf(row, n));
    }
    const rows = toRows(row, decided);
    await outbox.enqueue(rows);
    if (rows.length > 0) deps.onQueued?.(row.lane);
    const lastOrder = Math.max(held.lastOrder, decided.firstOrder + rows.length - 1);
    const next: HeldSession = { ...held, state: decided.outcome.session, lastOrder };
    if (!(await sessions.save(next, then))) {
      log.warn('turn.lease_lost', { eventKey: row.key });
      return undefined;
    }
    await inbox.finish(row.key, decided.outcome.reason === FAILURE_REASON ? 'dead' : 'done');
    return next;
  };

  return {
    async run(row, held, then) {
      const [decided, touched] = await Promise.all([decideOnce(row, held), touch(row.event, held)]);
      return apply(row, touched, decided, then);
    },
  };
}

/** The idempotency key of the nth thing a turn does. An operator's replay decides anew, so it does new things. */
function keyOf({ key, generation }: InboxRow, n: number): string {
  return generation === 0 ? `${key}:${n}` : `${key}~${generation}:${n}`;
}
