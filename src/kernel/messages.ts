/**
 * The words the program uses for what residents send and what the commune says. They are ours, not
 * Zalo's: `zalo/` translates at the edge, so a handler could serve SMS tomorrow.
 */

/** The language folders in `locales/`. Vietnamese comes first everywhere. */
export type Language = 'vi' | 'en';

/** A file or picture a resident sent; `url` is where the platform keeps it, and it expires there. */
export interface IncomingFile {
  readonly url: string;
  readonly thumbnailUrl?: string;
  readonly name?: string;
  readonly sizeBytes?: number;
}

/** What one event is about. `text` is NFC-normalised; captions travel as `text` beside the media. */
export type EventContent =
  | { readonly kind: 'text'; readonly text: string; readonly quotedMessageId?: string }
  | { readonly kind: 'image'; readonly files: readonly IncomingFile[]; readonly text?: string }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'audio'; readonly files: readonly IncomingFile[] }
  | { readonly kind: 'video'; readonly files: readonly IncomingFile[]; readonly text?: string }
  | { readonly kind: 'file'; readonly files: readonly IncomingFile[]; readonly text?: string }
  | { readonly kind: 'sticker'; readonly stickerId?: string }
  | { readonly kind: 'link'; readonly url: string; readonly text?: string }
  | { readonly kind: 'business_card'; readonly url?: string }
  /** The resident followed the page, or tapped "message" for the first time. */
  | { readonly kind: 'hello'; readonly via: 'follow' | 'chat_now' }
  | { readonly kind: 'goodbye' }
  | { readonly kind: 'submitted_info'; readonly name?: string; readonly phone?: string }
  | { readonly kind: 'reaction'; readonly messageId: string; readonly icon: string }
  /** The resident asked the platform to have their data erased. */
  | { readonly kind: 'withdraw' }
  /** A member of staff answered from the platform's own app; the bot must be quiet. */
  | {
      readonly kind: 'admin_reply';
      readonly adminId: string;
      readonly text?: string;
      readonly messageId?: string;
    }
  /** The platform's copy of something this page sent without a person (ours, or another automation). */
  | { readonly kind: 'echo'; readonly text?: string; readonly messageId?: string }
  | {
      readonly kind: 'receipt';
      readonly receipt: 'delivered' | 'seen';
      readonly messageIds: readonly string[];
    };

export type EventKind = EventContent['kind'];

/**
 * One thing that happened in one resident's conversation.
 * `key` is the idempotency key: the same event delivered twice has the same key.
 */
export interface ResidentEvent {
  readonly key: string;
  /** The page this belongs to; a decimal string. */
  readonly oaId: string;
  /** The resident's id on that page; a decimal string, never a number. */
  readonly residentId: string;
  /** When it happened by the platform's clock. */
  readonly sentAt: Date;
  /** The platform's id of the resident's message, where there is one. */
  readonly messageId?: string;
  readonly content: EventContent;
}

/** A button under a message. `send` comes back as if the resident had typed `payload`. */
export type Button =
  | { readonly kind: 'send'; readonly title: string; readonly payload: string }
  | { readonly kind: 'link'; readonly title: string; readonly url: string }
  | { readonly kind: 'call'; readonly title: string; readonly phone: string };

/** Something to say to a resident; text is final wording, already in the resident's language. */
export interface OutgoingMessage {
  readonly text: string;
  readonly buttons?: readonly Button[];
}
