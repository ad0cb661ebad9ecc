/** The shapes that people, tests and other scripts see of the simulator. */

/** Government pages speak the v2 sending API, business pages v3; each is refused on the other's path. */
export type Generation = 'government' | 'business';

/** Who wrote a line of the conversation: the resident, the page through its API, or a person in the OA Manager. */
export type Author = 'resident' | 'oa' | 'admin';

/** What a resident can send; `text` beside media is the caption. URLs default to the built-in samples. */
export interface ResidentContent {
  readonly text?: string;
  readonly quoteMsgId?: string;
  readonly image?: { readonly url?: string; readonly thumbnail?: string };
  readonly gif?: { readonly url: string; readonly thumbnail?: string };
  readonly video?: { readonly url: string; readonly thumbnail?: string; readonly description?: string };
  readonly audio?: { readonly url?: string };
  readonly sticker?: { readonly id: string; readonly url?: string };
  readonly location?: { readonly latitude: number | string; readonly longitude: number | string };
  readonly file?: {
    readonly url?: string;
    readonly name: string;
    readonly size?: number | string;
    readonly checksum?: string;
    readonly type?: string;
  };
  readonly link?: { readonly url: string; readonly description?: string; readonly thumbnail?: string };
  readonly businessCard?: { readonly phone: string; readonly url?: string };
}

export type MessageKind =
  | 'text'
  | 'image'
  | 'gif'
  | 'video'
  | 'audio'
  | 'sticker'
  | 'location'
  | 'file'
  | 'link'
  | 'business_card'
  | 'list'
  | 'request_user_info';

/** A button exactly as the page sent it. */
export interface ChatButton {
  readonly title: string;
  readonly type: string;
  readonly payload: unknown;
}

/** One line of a conversation as `GET /control/residents/:id/messages` shows it. */
export interface ChatMessageView {
  readonly msgId: string;
  readonly from: Author;
  readonly kind: MessageKind;
  readonly text: string;
  readonly buttons: readonly ChatButton[];
  /** ISO 8601, by the simulator's clock. */
  readonly at: string;
  /** Media of the message in the wire's own words (`url`, `coordinates`, list elements …). */
  readonly media?: Readonly<Record<string, unknown>>;
  readonly adminId?: string;
  readonly quoteMsgId?: string;
  /** Of the page's messages: how far they came. */
  readonly state?: 'sent' | 'received' | 'seen';
  /** The icon the page put on a resident's message. */
  readonly reaction?: string;
}

export interface ResidentView {
  readonly userId: string;
  readonly displayName: string;
  readonly follows: boolean;
  readonly blocked: BlockKind | null;
  readonly lastInteractionAt: string | null;
  readonly lastText: string;
  readonly lastAt: string | null;
  readonly unread: number;
}

/** `invitation` answers the page with -217, `message_type` with -244. */
export type BlockKind = 'invitation' | 'message_type';

/** One call of the page to the API. Never holds a token. */
export interface RecordedCall {
  /** Counts from 1 and never repeats, so that a reader can ask for what is new. */
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly body: unknown;
  readonly status: number | null;
  /** The body that was answered; null when the answer was withheld on purpose. */
  readonly response: unknown;
  /** `0`, Zalo's code, or null when there was no JSON answer. */
  readonly error: number | null;
  /** The fault that was played on this call. */
  readonly fault?: string;
}

/** What became of one webhook event. */
export interface WebhookRecord {
  readonly seq: number;
  readonly at: string;
  readonly event: string;
  readonly userId: string | null;
  readonly body: string;
  /** Of the event, in ms as written in the body; part of the signature. */
  readonly timestamp: string;
  readonly state: 'queued' | 'delivered' | 'waiting' | 'given_up' | 'dropped' | 'no_url' | 'unsubscribed';
  readonly attempts: readonly WebhookAttempt[];
  readonly nextAttemptAt: string | null;
}

export interface WebhookAttempt {
  readonly at: string;
  readonly retry: number;
  /** HTTP status, or null when there was no answer in time. */
  readonly status: number | null;
  readonly problem?: string;
  readonly tookMs: number;
  readonly duplicate?: true;
}

/** What a tap on a button did. Links and calls leave Zalo, so the page hears nothing of them. */
export type TapResult =
  | { readonly action: 'sent'; readonly msgId: string }
  | { readonly action: 'link'; readonly url: string }
  | { readonly action: 'call'; readonly phone: string }
  | { readonly action: 'sms'; readonly phone: string; readonly content: string };
