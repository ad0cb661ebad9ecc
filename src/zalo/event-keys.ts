import { createHash } from 'node:crypto';
import { messageIdOf } from './event-content.ts';
import type { KeyedBy } from './event-names.ts';
import type { WebhookBody } from './event-schemas.ts';

export interface KeyedEvent {
  readonly body: WebhookBody;
  readonly rawBody: Buffer;
  readonly pageId: string;
  readonly residentId: string;
  readonly keyedBy: KeyedBy;
}

/**
 * The idempotency key: equal for a redelivery, different for everything else. Name, page and resident are part of it
 * because nothing promises that message ids are unique beyond one conversation.
 */
export function eventKey(event: KeyedEvent): string {
  const distinct = distinctPart(event);
  if (distinct === undefined) return bytesKey(event.body.event_name, event.rawBody);
  return [event.body.event_name, event.pageId, event.residentId, distinct].join(':');
}

/** A key that names nobody: for records of ignored events, whose ids may be a phone number or a visitor's. */
export function bytesKey(eventName: string, rawBody: Buffer): string {
  return `${eventName}:${createHash('sha256').update(rawBody).digest('hex')}`;
}

function distinctPart({ body, keyedBy }: KeyedEvent): string | undefined {
  if (keyedBy === 'message') return messageIdOf(body);
  if (keyedBy === 'moment') return body.timestamp?.toString().slice(0, 32);
  return undefined;
}
