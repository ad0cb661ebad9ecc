import { createHash } from 'node:crypto';
import type { MediaStore } from './media-store.ts';
import type { ChatMessage } from './residents.ts';
import type { ResidentContent } from './types.ts';

/** What a resident's message is called on the wire, what it carries there, and how the chat page shows it. */
export interface WireMessage {
  readonly event: string;
  readonly message: Readonly<Record<string, unknown>>;
  readonly quote: { readonly quote_msg_id?: string };
  readonly shown: Pick<ChatMessage, 'kind' | 'text' | 'media' | 'quoteMsgId'>;
}

type Payload = Readonly<Record<string, unknown>>;

interface Attachment {
  readonly kind: ChatMessage['kind'];
  readonly event: string;
  /** Zalo's own name of the attachment, where it is not the kind. */
  readonly type: string;
  readonly payload: Payload;
}

/** Throws a `TypeError` when there is neither text nor anything attached. */
export function toWireMessage(content: ResidentContent, media: MediaStore): WireMessage {
  const { quoteMsgId } = content;
  const text = content.text ?? '';
  const attachment = attachmentOf(content, media);
  if (!attachment && text === '') throw new TypeError('text: a message needs a text or an attachment');
  return {
    event: attachment?.event ?? 'user_send_text',
    message: {
      ...(text === '' ? {} : { text }),
      ...(attachment ? { attachments: [{ type: attachment.type, payload: attachment.payload }] } : {}),
    },
    quote: quoteMsgId === undefined ? {} : { quote_msg_id: quoteMsgId },
    shown: {
      kind: attachment?.kind ?? 'text',
      text,
      ...(attachment ? { media: attachment.payload } : {}),
      ...(quoteMsgId === undefined ? {} : { quoteMsgId }),
    },
  };
}

function attachmentOf(content: ResidentContent, media: MediaStore): Attachment | undefined {
  const { image, gif, video, audio, sticker, location, file, link, businessCard } = content;
  if (image) {
    const url = image.url ?? media.samplePhotoUrl();
    return attach('image', { thumbnail: image.thumbnail ?? url, url });
  }
  if (gif) return attach('gif', { thumbnail: gif.thumbnail ?? gif.url, url: gif.url });
  if (video) {
    const { url, thumbnail = '', description = '' } = video;
    return attach('video', { url, thumbnail, description });
  }
  if (audio) return attach('audio', { url: audio.url ?? media.sampleVoiceUrl() });
  if (sticker) return attach('sticker', { url: sticker.url ?? media.stickerUrl(), id: sticker.id });
  if (location) {
    // Zalo writes coordinates as strings.
    const { latitude, longitude } = location;
    return attach('location', {
      coordinates: { latitude: String(latitude), longitude: String(longitude) },
    });
  }
  if (file) return attach('file', filePayload(file, media));
  if (link) {
    const { url, description = '', thumbnail = '' } = link;
    return attach('link', { thumbnail, description, url });
  }
  return businessCard && attach('business_card', cardPayload(businessCard), 'link');
}

function attach(kind: ChatMessage['kind'], payload: Payload, type: string = kind): Attachment {
  return { kind, event: `user_send_${kind}`, type, payload };
}

function filePayload(file: NonNullable<ResidentContent['file']>, media: MediaStore): Payload {
  const { name } = file;
  return {
    size: String(file.size ?? 0),
    name,
    checksum: file.checksum ?? createHash('md5').update(name).digest('hex'),
    type: file.type ?? name.split('.').at(-1) ?? '',
    url: file.url ?? media.samplePhotoUrl(),
  };
}

/** The description of a card is JSON inside a string. */
function cardPayload({ phone, url }: NonNullable<ResidentContent['businessCard']>): Payload {
  return {
    thumbnail: '',
    description: JSON.stringify({ phone, qrCodeUrl: '' }),
    url: url ?? `https://zalo.me/${phone}`,
  };
}
