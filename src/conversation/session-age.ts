import { FEEDBACK_FORM } from './feedback-form.ts';
import type { SessionState } from './turn.ts';

/** After a night's sleep a message is more likely a new question than the answer to yesterday's. */
export const FORM_FRESH_MS = 12 * 60 * 60_000;
/** A parked report is kept a week: long enough to come back with a photo, short enough not to keep words for ever. */
export const PARKED_KEPT_MS = 7 * 24 * 60 * 60_000;

/** Sets an old report aside (its answers are kept, the menu offers them), and forgets an old single question. */
export function withFreshForm(session: SessionState, now: Date): SessionState {
  const { form, parked, ...rest } = session;
  const ageMs = (startedAt: string): number => now.getTime() - Date.parse(startedAt);
  const keptParked = parked && ageMs(parked.startedAt) < PARKED_KEPT_MS ? { parked } : {};
  if (!form || ageMs(form.startedAt) < FORM_FRESH_MS)
    return { ...rest, ...(form && { form }), ...keptParked };
  // The numbers of a question asked yesterday no longer mean anything.
  const { choices: _choices, ...withoutChoices } = rest;
  return form.form === FEEDBACK_FORM
    ? { ...withoutChoices, parked: form }
    : { ...withoutChoices, ...keptParked };
}
