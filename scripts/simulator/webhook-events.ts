import { createHash } from 'node:crypto';
import type { ChatMessage, Resident } from './residents.ts';

/**
 * The bodies of Zalo's events, in the key order of real captures.
 * Source: Zalo OA docs, webhook page, read 2026-11-22.
 */
export interface WebhookEvent {
  readonly name: string;
  /** The resident it is about; orders deliveries. */
  readonly userId: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The app and page that all events of one simulator share. */
export interface EventSource {
  readonly appId: string;
  readonly oaId: string;
}

interface Moment {
  readonly resident: Resident;
  readonly atMs: number;
}

/** A resident wrote, sent media, or tapped a button with a text. */
export function residentEvent(
  { appId, oaId }: EventSource,
  { resident, atMs }: Moment,
  name: string,
  message: Readonly<Record<string, unknown>>,
): WebhookEvent {
  return {
    name,
    userId: resident.userId,
    body: {
      app_id: appId,
      sender: { id: resident.userId },
      user_id_by_app: resident.userIdByApp,
      recipient: { id: oaId },
      event_name: name,
      message,
      timestamp: String(atMs),
    },
  };
}

/** `user_id_by_app` is left out, as it was in every real capture of a follow. */
export function followEvent(
  { appId, oaId }: EventSource,
  { resident, atMs }: Moment,
  name: 'follow' | 'unfollow',
): WebhookEvent {
  return {
    name,
    userId: resident.userId,
    body: {
      oa_id: oaId,
      follower: { id: resident.userId },
      event_name: name,
      source: 'oa_profile',
      app_id: appId,
      timestamp: String(atMs),
    },
  };
}

/** The flat shape of "tapped the message button" and "wants their data erased". */
export function flatEvent(
  { appId, oaId }: EventSource,
  { resident, atMs }: Moment,
  name: 'user_click_chatnow' | 'user_withdraw',
): WebhookEvent {
  return {
    name,
    userId: resident.userId,
    body: {
      app_id: appId,
      oa_id: oaId,
      user_id: resident.userId,
      user_id_by_app: resident.userIdByApp,
      event_name: name,
      timestamp: String(atMs),
    },
  };
}

/** Zalo's copy of what the page sent; `adminId` only when a person wrote it. */
export function echoEvent(
  { appId, oaId }: EventSource,
  { resident, atMs }: Moment,
  name: string,
  message: ChatMessage,
): WebhookEvent {
  return {
    name,
    userId: resident.userId,
    body: {
      app_id: appId,
      sender: { id: oaId, ...(message.adminId === undefined ? {} : { admin_id: message.adminId }) },
      recipient: { id: resident.userId },
      event_name: name,
      message: {
        ...(message.text === '' ? {} : { text: message.text }),
        msg_id: message.msgId,
        ...echoAttachments(name, message),
      },
      user_id_by_app: resident.userIdByApp,
      timestamp: String(atMs),
    },
  };
}

export type ReceiptName = 'user_received_message' | 'user_seen_message';

/** Receipts name the page as sender and the resident as recipient; "seen" carries a list. */
export function receiptEvent(
  { appId, oaId }: EventSource,
  { resident, atMs }: Moment,
  name: ReceiptName,
  msgIds: readonly string[],
): WebhookEvent {
  return {
    name,
    userId: resident.userId,
    body: {
      app_id: appId,
      sender: { id: oaId },
      recipient: { id: resident.userId },
      event_name: name,
      message: name === 'user_seen_message' ? { msg_ids: msgIds } : { msg_id: msgIds[0] },
      user_id_by_app: resident.userIdByApp,
      timestamp: String(atMs),
    },
  };
}

/** What the console's Test button sends: signed, but for nobody and from nobody. */
export function testPing({ appId }: EventSource, atMs: number): WebhookEvent {
  return {
    name: 'user_send_text',
    userId: null,
    body: {
      app_id: appId,
      sender: { id: '246845883529197922' },
      user_id_by_app: '552177279717587730',
      recipient: { id: '388613280878808645' },
      event_name: 'user_send_text',
      message: { text: 'This is testing message', msg_id: 'This is message id' },
      timestamp: String(atMs),
    },
  };
}

function echoAttachments(name: string, { msgId, text, media }: ChatMessage): Record<string, unknown> {
  if (name === 'oa_send_text') return {};
  if (name === 'oa_send_list' || name === 'oa_send_template') {
    const checksum = createHash('md5').update(msgId).digest('hex');
    const payload = { zinstant_id: msgId, text, link_url: '', checksum };
    return { attachments: [{ type: 'template', payload }] };
  }
  const type = name.replace('oa_send_', '');
  return { attachments: [{ type, payload: { url: media?.['url'] ?? '' } }] };
}
