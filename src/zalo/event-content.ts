import type { EventContent, IncomingFile } from '../kernel/messages.ts';
import { cleanText } from '../kernel/vietnamese.ts';
import type { WebhookAttachment, WebhookBody, WebhookCoordinates } from './event-schemas.ts';

/** Reads what one event is about; `undefined` when the body lacks what the event lives from. */
export type ContentReader = (body: WebhookBody) => EventContent | undefined;

/** Also a tap on a button or menu item: Zalo delivers its payload as if the resident had typed it. */
export const readText: ContentReader = (body) => {
  const text = wordsOf(body);
  if (text === undefined) return undefined;
  return { kind: 'text', text, ...present('quotedMessageId', body.message?.quote_msg_id) };
};

export const readImage: ContentReader = (body) => filesOrWords(body, 'image');
export const readVideo: ContentReader = (body) => filesOrWords(body, 'video');
export const readFile: ContentReader = (body) => filesOrWords(body, 'file');

export const readAudio: ContentReader = (body) => {
  const files = filesOf(body);
  return files.length > 0 ? { kind: 'audio', files } : undefined;
};

export const readSticker: ContentReader = (body) => {
  const stickerId = attachmentsOf(body)[0]?.payload?.id;
  return { kind: 'sticker', ...present('stickerId', stickerId?.toString()) };
};

export const readLink: ContentReader = (body) => {
  const url = filesOf(body)[0]?.url;
  return url === undefined
    ? readText(body)
    : { kind: 'link', url, ...present('text', wordsOf(body) || undefined) };
};

// The card's description holds somebody's phone number, which nobody here needs: only the link is kept.
export const readBusinessCard: ContentReader = (body) => ({
  kind: 'business_card',
  ...present('url', filesOf(body)[0]?.url),
});

export const readLocation: ContentReader = (body) => {
  const place = attachmentsOf(body)[0]?.payload?.coordinates ?? body.message?.location;
  if (!place) return undefined;
  const latitude = latitudeOf(place);
  const longitude = longitudeOf(place);
  if (latitude === undefined || longitude === undefined) return undefined;
  return { kind: 'location', latitude, longitude };
};

export const readFollow: ContentReader = () => ({ kind: 'hello', via: 'follow' });
export const readChatNow: ContentReader = () => ({ kind: 'hello', via: 'chat_now' });
export const readUnfollow: ContentReader = () => ({ kind: 'goodbye' });
export const readWithdraw: ContentReader = () => ({ kind: 'withdraw' });

export const readSubmittedInfo: ContentReader = ({ info }) => ({
  kind: 'submitted_info',
  ...present('name', info?.name === undefined ? undefined : cleanText(info.name)),
  ...present('phone', info?.phone?.toString()),
});

export const readReaction: ContentReader = (body) => {
  const messageId = messageIdOf(body);
  const icon = body.message?.react_icon;
  if (messageId === undefined || icon === undefined) return undefined;
  return { kind: 'reaction', messageId, icon };
};

/** Only a person writing in Zalo's own app leaves an `admin_id`; sends through the API, ours or others', do not. */
export const readPageMessage: ContentReader = (body) => {
  const shared = {
    ...present('text', wordsOf(body) || undefined),
    ...present('messageId', messageIdOf(body)),
  };
  const adminId = body.sender?.admin_id;
  return adminId === undefined ? { kind: 'echo', ...shared } : { kind: 'admin_reply', adminId, ...shared };
};

export const readDelivered: ContentReader = (body) => receipt(body, 'delivered');
export const readSeen: ContentReader = (body) => receipt(body, 'seen');

/** The platform's id of the message an event is about, under either name it goes by. */
export function messageIdOf({ message }: WebhookBody): string | undefined {
  return message?.msg_id ?? message?.mid;
}

function receipt(body: WebhookBody, kind: 'delivered' | 'seen'): EventContent | undefined {
  const messageIds = [...(body.message?.msg_ids ?? []), messageIdOf(body)].filter((id) => id !== undefined);
  return messageIds.length > 0 ? { kind: 'receipt', receipt: kind, messageIds } : undefined;
}

/** Media whose address is missing is still answered for its caption, when there is one. */
function filesOrWords(body: WebhookBody, kind: 'image' | 'video' | 'file'): EventContent | undefined {
  const files = filesOf(body);
  if (files.length === 0) return wordsOf(body) ? readText(body) : undefined;
  return { kind, files, ...present('text', wordsOf(body) || undefined) };
}

function wordsOf({ message }: WebhookBody): string | undefined {
  return message?.text === undefined ? undefined : cleanText(message.text);
}

function attachmentsOf(body: WebhookBody): readonly WebhookAttachment[] {
  return body.message?.attachments ?? body.attachments ?? [];
}

function filesOf(body: WebhookBody): readonly IncomingFile[] {
  return attachmentsOf(body).flatMap(({ payload }) => {
    const url = webUrl(payload?.url);
    if (url === undefined) return [];
    return {
      url,
      ...present('thumbnailUrl', webUrl(payload?.thumbnail)),
      ...present('name', payload?.name === undefined ? undefined : cleanText(payload.name)),
      ...present('sizeBytes', wholeNumber(payload?.size)),
    };
  });
}

/** Staff will be shown these as links, so only web addresses pass; Zalo's media hosts often use plain http. */
function webUrl(value: string | undefined): string | undefined {
  return value !== undefined && /^https?:\/\//i.test(value) ? value : undefined;
}

function wholeNumber(value: string | number | undefined): number | undefined {
  const written = value?.toString() ?? '';
  return /^\d{1,15}$/.test(written) ? Number(written) : undefined;
}

function latitudeOf({ latitude, lat }: WebhookCoordinates): number | undefined {
  return degrees(latitude ?? lat, 90);
}

function longitudeOf({ longitude, long, lng, lon }: WebhookCoordinates): number | undefined {
  return degrees(longitude ?? long ?? lng ?? lon, 180);
}

/** Zalo writes degrees as strings. An empty one must not become 0, which is a place in the Gulf of Guinea. */
function degrees(value: string | number | undefined, limit: number): number | undefined {
  const written = value?.toString().trim() ?? '';
  const number = written === '' ? Number.NaN : Number(written);
  return Math.abs(number) <= limit ? number : undefined;
}

/** `{ [name]: value }`, or nothing when there is no value, so that absent fields are missing and not `undefined`. */
function present<Name extends string, Value>(name: Name, value: Value | undefined): { [K in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [K in Name]: Value });
}
