import type { IncomingEvent } from '../../src/inbox/inbox.ts';
import type { EventContent, ResidentEvent } from '../../src/kernel/messages.ts';

export const OA_ID = '2871100223344556677';
export const RESIDENT_ID = '7120345566778899001';

interface EventParts {
  readonly key?: string;
  readonly residentId?: string;
  readonly text?: string;
  readonly content?: EventContent;
  readonly sentAt?: Date;
}

let made = 0;

/** A resident's event; everything the test is not about is filled in. */
export function anEvent(parts: EventParts = {}): ResidentEvent {
  made += 1;
  return {
    key: parts.key ?? `event-${made}`,
    oaId: OA_ID,
    residentId: parts.residentId ?? RESIDENT_ID,
    sentAt: parts.sentAt ?? new Date('2026-11-23T03:00:00Z'),
    content: parts.content ?? { kind: 'text', text: parts.text ?? 'xin chào' },
  };
}

/** The same, as the webhook hands it to the inbox. */
export function anIncoming(parts: EventParts = {}): IncomingEvent {
  const event = anEvent(parts);
  return {
    key: event.key,
    eventName: 'user_send_text',
    track: 'turn',
    event,
    sentAt: event.sentAt,
    retries: 0,
  };
}
