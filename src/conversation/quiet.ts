import type { SessionState } from './turn.ts';

/**
 * How long the bot says nothing after a member of staff answered from the platform's own app. Half an hour bridges
 * the pauses of a typed conversation and still lets the bot help again the same day.
 */
export const QUIET_AFTER_STAFF_MS = 30 * 60_000;

/** A person has the conversation: until when the bot keeps quiet. A late echo never shortens it. */
export function quietAfter(session: SessionState, repliedAt: Date): string {
  const until = new Date(repliedAt.getTime() + QUIET_AFTER_STAFF_MS).toISOString();
  return session.quietUntil !== undefined && session.quietUntil > until ? session.quietUntil : until;
}

export function isQuiet({ quietUntil }: SessionState, now: Date): boolean {
  return quietUntil !== undefined && now.getTime() < Date.parse(quietUntil);
}
