import type { LearningState, SessionState } from './turn.ts';

/** The version of `learning.notice`: who agreed to an older one has not agreed to what this one says. */
const NOTICE = 1;
const ASK_AGAIN_MS = 90 * 24 * 60 * 60_000;

export function hasAgreed({ learning }: SessionState): boolean {
  return learning?.consent?.notice === NOTICE;
}

/** Asked once, and after a question that was ignored not again for three months; after a no, never. */
export function mayBeAsked({ learning }: SessionState, now: Date): boolean {
  if (learning?.stoppedAt !== undefined) return false;
  return learning?.askedAt === undefined || now.getTime() - Date.parse(learning.askedAt) >= ASK_AGAIN_MS;
}

export function askedNow({ learning }: SessionState, now: Date): LearningState {
  return { ...learning, askedAt: now.toISOString() };
}

/** Saying yes twice keeps the first yes. */
export function agreedNow({ learning }: SessionState, now: Date): LearningState {
  const consent = { notice: NOTICE, at: now.toISOString() };
  return {
    ...(learning?.askedAt !== undefined && { askedAt: learning.askedAt }),
    consent: learning?.consent?.notice === NOTICE ? learning.consent : consent,
  };
}

export function stoppedNow(now: Date): LearningState {
  return { stoppedAt: now.toISOString() };
}
