import type { EscalationStore } from '../escalations/escalation.ts';
import type { FeedbackStore } from '../feedback/feedback.ts';
import type { ResidentEvent } from '../kernel/messages.ts';
import type { MisunderstoodStore } from '../misunderstood/misunderstood.ts';
import type { ResidentEraser } from '../residents/erasure.ts';
import type { ResidentStore } from '../residents/resident.ts';
import type { Effect } from './turn.ts';

export interface EffectStores {
  readonly feedback: FeedbackStore;
  readonly escalations: EscalationStore;
  readonly residents: ResidentStore;
  readonly misunderstood: MisunderstoodStore & ResidentEraser;
}

/**
 * Carries out what a turn decided. Every effect is idempotent under its key, because a turn that was interrupted is
 * applied again from the start.
 */
export function createEffectApplier({ feedback, escalations, residents, misunderstood }: EffectStores) {
  return async (effect: Effect, event: ResidentEvent, key: string): Promise<void> => {
    const { oaId, residentId } = event;
    switch (effect.kind) {
      case 'feedback.create':
        await feedback.create(effect.feedback, key);
        return;
      case 'escalation.open':
        await escalations.open(
          {
            oaId,
            residentId,
            reason: effect.reason,
            ...(effect.lastText === undefined ? {} : { lastText: effect.lastText }),
            openedAt: event.sentAt,
          },
          key,
        );
        return;
      case 'resident.follow':
        await residents.setFollowing(oaId, residentId, effect.following);
        return;
      case 'resident.language':
        await residents.setLanguage(oaId, residentId, effect.language);
        return;
      case 'resident.subscribe':
        await residents.subscribe(oaId, residentId, effect.villageIds);
        return;
      case 'resident.unsubscribe':
        await residents.unsubscribe(oaId, residentId);
        return;
      case 'misunderstood.keep':
        await misunderstood.keep(effect.lesson, oaId, residentId);
        return;
      case 'misunderstood.choose':
        await misunderstood.choose(effect.key, effect.intent);
        return;
      case 'misunderstood.drop':
        await misunderstood.drop(effect.key);
        return;
      case 'misunderstood.forget':
        await misunderstood.eraseResident(oaId, residentId);
    }
  };
}

export type EffectApplier = ReturnType<typeof createEffectApplier>;
