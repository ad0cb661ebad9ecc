import { FEEDBACK_FORM } from './feedback-form.ts';
import { without } from './scene.ts';
import type { FormState, SessionState } from './turn.ts';

/** After a night's sleep a message is more likely a new question than the answer to yesterday's. */
export const FORM_FRESH_MS = 12 * 60 * 60_000;
/** A parked report is kept a week: long enough to come back with a photo, short enough not to keep words for ever. */
export const PARKED_KEPT_MS = 7 * 24 * 60 * 60_000;

/** Sets an old report aside (its answers are kept, the menu offers them), and forgets an old single question. */
export function withFreshForm(session: SessionState, now: Date): SessionState {
  const isOlder = (form: FormState | undefined, ms: number): boolean =>
    form !== undefined && now.getTime() - Date.parse(form.startedAt) >= ms;
  const { form } = session;
  const kept = isOlder(session.parked, PARKED_KEPT_MS) ? without(session, 'parked') : session;
  if (!form || !isOlder(form, FORM_FRESH_MS)) return kept;
  // The numbers of a question asked yesterday no longer mean anything.
  const rest = without(kept, 'form', 'choices');
  return form.form === FEEDBACK_FORM ? { ...rest, parked: form } : rest;
}
