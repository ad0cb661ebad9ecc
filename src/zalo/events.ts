import type { IncomingEvent, Track } from '../inbox/inbox.ts';
import type { EventKind, ResidentEvent } from '../kernel/messages.ts';
import { messageIdOf } from './event-content.ts';
import { bytesKey, eventKey } from './event-keys.ts';
import {
  ruleFor,
  type IgnoredReason,
  type PagePlace,
  type ResidentPlace,
  type UsedEvent,
} from './event-names.ts';
import { webhookBodySchema, type WebhookBody } from './event-schemas.ts';
import { parseJsonKeepingIds } from './json.ts';

/** What is known besides the body. */
export interface WebhookContext {
  readonly appId: string;
  /** Our page. Unset while setting up: then events of every page of the app are taken. */
  readonly oaId?: string | undefined;
  readonly receivedAt: Date;
  /** From the header `num_retry`: how often the platform has tried before. */
  readonly retries?: number;
  /** From the header `X-ZEvent-Server`: `OA OpenAPI`, or `ZNS` for template messages. */
  readonly server?: string | undefined;
}

export type UnreadableCode = 'bad_json' | 'no_event_name';

export type ParsedWebhook =
  /** `numericIds`: an id came as a JSON number. The platform promises strings, so somebody should know. */
  | { readonly incoming: IncomingEvent; readonly numericIds: boolean }
  | { readonly unreadable: UnreadableCode };

/** Which kinds are part of the conversation. A reaction is a nod, not a question: it gets no answer. */
const TRACK_OF_KIND = {
  text: 'turn',
  image: 'turn',
  location: 'turn',
  audio: 'turn',
  video: 'turn',
  file: 'turn',
  sticker: 'turn',
  link: 'turn',
  business_card: 'turn',
  hello: 'turn',
  goodbye: 'turn',
  submitted_info: 'turn',
  withdraw: 'turn',
  admin_reply: 'turn',
  reaction: 'notice',
  echo: 'notice',
  receipt: 'notice',
} satisfies Record<EventKind, Track>;

/** The `msg_id` of the sample that the console's Test button sends; real ones are hexadecimal. */
const TEST_MESSAGE_ID = 'This is message id';
const TEMPLATE_SERVER = 'ZNS';

/**
 * Turns a verified body into our words. Never throws: what cannot be read, or is not for us, comes back as a code to
 * be counted, because the platform gets its 200 either way.
 */
export function parseWebhook(rawBody: Buffer, context: WebhookContext): ParsedWebhook {
  const json = parseJson(rawBody.toString('utf8'));
  if (!json) return { unreadable: 'bad_json' };
  const body = webhookBodySchema.safeParse(json.value);
  if (!body.success) return { unreadable: 'no_event_name' };
  return { incoming: toIncoming(body.data, rawBody, context), numericIds: json.numericIds };
}

// A key that holds one id (`id`, `user_id`, `oaId`, …) with a bare number behind it. Quotes inside a resident's words
// are escaped, so words cannot look like this.
const NUMERIC_ID = /"(?:(?:\w*_)?id|oaId)"\s*:\s*\d/;

function parseJson(text: string): { readonly value: unknown; readonly numericIds: boolean } | undefined {
  const numericIds = NUMERIC_ID.test(text);
  try {
    return { value: numericIds ? parseJsonKeepingIds(text) : (JSON.parse(text) as unknown), numericIds };
  } catch {
    // The parser's message quotes the body, so it is dropped rather than logged.
    return undefined;
  }
}

function toIncoming(body: WebhookBody, rawBody: Buffer, context: WebhookContext): IncomingEvent {
  const eventName = body.event_name;
  const about = { eventName, sentAt: sentAtOf(body, context.receivedAt), retries: context.retries ?? 0 };
  const event = toResidentEvent(body, rawBody, context, about.sentAt);
  if (typeof event === 'string') {
    return { ...about, key: bytesKey(eventName, rawBody), track: 'ignored', ignoredBecause: event };
  }
  return { ...about, key: event.key, track: TRACK_OF_KIND[event.content.kind], event };
}

/** The event in a resident's conversation, or why it is none. */
function toResidentEvent(
  body: WebhookBody,
  rawBody: Buffer,
  context: WebhookContext,
  sentAt: Date,
): ResidentEvent | IgnoredReason {
  if (messageIdOf(body) === TEST_MESSAGE_ID) return 'test_ping';
  if (isTemplateMessage(body, context)) return 'template_message';
  const rule = ruleFor(body.event_name);
  if ('ignoredBecause' in rule) return rule.ignoredBecause;
  if (body.app_id !== undefined && body.app_id !== context.appId) return 'other_app';

  const pageId = pageIdOf(body, rule.pageAt) ?? context.oaId;
  if (pageId === undefined) return 'no_page_id';
  if (context.oaId && pageId !== context.oaId) return 'other_oa';
  const residentId = residentIdOf(body, rule.residentAt);
  if (residentId === undefined) return 'no_resident_id';
  const content = rule.read(body);
  if (!content) return 'no_content';

  const key = eventKey({ body, rawBody, pageId, residentId, keyedBy: rule.keyedBy });
  const messageId = isResidentMessage(rule) ? messageIdOf(body) : undefined;
  return {
    key,
    oaId: pageId,
    residentId,
    sentAt,
    content,
    ...(messageId === undefined ? {} : { messageId }),
  };
}

// A reaction or receipt also carries a message id, but of the message it is about.
function isResidentMessage({ residentAt, keyedBy }: UsedEvent): boolean {
  return residentAt === 'sender' && keyedBy === 'message';
}

/** Receipts of paid template messages share a name with ordinary ones, but their recipient is a phone number. */
function isTemplateMessage({ message }: WebhookBody, { server }: WebhookContext): boolean {
  if (server?.trim().toUpperCase() === TEMPLATE_SERVER) return true;
  return message?.tracking_id !== undefined || message?.delivery_time !== undefined;
}

function pageIdOf(body: WebhookBody, place: PagePlace): string | undefined {
  const stated = body.oa_id ?? body.oaId;
  return place === 'oa_id' ? stated : (body[place]?.id ?? stated);
}

// The docs do not say whether `user_withdraw` names the user at the top or in `data`.
function residentIdOf(body: WebhookBody, place: ResidentPlace): string | undefined {
  return place === 'user_id' ? (body.user_id ?? body.data?.user_id) : body[place]?.id;
}

const EARLIEST_MS = Date.UTC(2015, 0, 1);
const CLOCK_DIFFERENCE_MS = 10 * 60_000;

/**
 * When it happened by the platform's clock. A redelivery may be hours old, so the past is believed; a time that cannot
 * be (missing, in seconds, ahead of us) would disturb the order of a conversation and is replaced by the arrival.
 */
function sentAtOf({ timestamp }: WebhookBody, receivedAt: Date): Date {
  const ms = Number(timestamp);
  const possible = ms >= EARLIEST_MS && ms <= receivedAt.getTime() + CLOCK_DIFFERENCE_MS;
  return possible ? new Date(ms) : receivedAt;
}
