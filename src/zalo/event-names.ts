import * as content from './event-content.ts';
import type { ContentReader } from './event-content.ts';

/** Where in the body the resident's id stands. */
export type ResidentPlace = 'sender' | 'recipient' | 'follower' | 'user_id';

/** Where in the body the page's id stands. */
export type PagePlace = 'sender' | 'recipient' | 'oa_id';

/**
 * What makes two deliveries the same event:
 * - `message`: the platform's message id.
 * - `moment`: resident and time stamp, for events that carry no id.
 * - `bytes`: the whole body, for events about a message that may repeat (a second reaction, another receipt).
 */
export type KeyedBy = 'message' | 'moment' | 'bytes';

/** Why an event is recorded and not worked on. */
export type IgnoredReason =
  | 'anonymous'
  | 'group'
  | 'no_content'
  | 'no_page_id'
  | 'no_resident_id'
  | 'not_used'
  | 'other_app'
  | 'other_oa'
  | 'template_message'
  | 'test_ping'
  | 'unknown_event';

/** An event this program works on. */
export interface UsedEvent {
  readonly residentAt: ResidentPlace;
  readonly pageAt: PagePlace;
  readonly keyedBy: KeyedBy;
  readonly read: ContentReader;
}

/** An event this program knows and leaves alone. */
export interface IgnoredEvent {
  readonly ignoredBecause: IgnoredReason;
}

export type EventRule = UsedEvent | IgnoredEvent;

const fromResident = { residentAt: 'sender', pageAt: 'recipient', keyedBy: 'message' } as const;
const fromPage = { residentAt: 'recipient', pageAt: 'sender', keyedBy: 'message' } as const;
const aboutMessage = { residentAt: 'recipient', pageAt: 'sender', keyedBy: 'bytes' } as const;
const aboutFollower = { residentAt: 'follower', pageAt: 'oa_id', keyedBy: 'moment' } as const;
const aboutUser = { residentAt: 'user_id', pageAt: 'oa_id', keyedBy: 'moment' } as const;

const pageMessage: EventRule = { ...fromPage, read: content.readPageMessage };
const group: EventRule = { ignoredBecause: 'group' };
const anonymous: EventRule = { ignoredBecause: 'anonymous' };
const notUsed: EventRule = { ignoredBecause: 'not_used' };

/** Every event name of the Zalo OA docs (webhook pages, read 2026-11-22) with the aliases seen in use. */
const RULES: ReadonlyMap<string, EventRule> = new Map(
  Object.entries({
    user_send_text: { ...fromResident, read: content.readText },
    user_send_image: { ...fromResident, read: content.readImage },
    user_send_gif: { ...fromResident, read: content.readImage },
    user_send_link: { ...fromResident, read: content.readLink },
    user_send_audio: { ...fromResident, read: content.readAudio },
    user_send_video: { ...fromResident, read: content.readVideo },
    user_send_sticker: { ...fromResident, read: content.readSticker },
    user_send_location: { ...fromResident, read: content.readLocation },
    user_send_file: { ...fromResident, read: content.readFile },
    user_send_business_card: { ...fromResident, read: content.readBusinessCard },
    user_submit_info: { ...fromResident, keyedBy: 'moment', read: content.readSubmittedInfo },
    user_reacted_message: { ...fromResident, keyedBy: 'bytes', read: content.readReaction },

    follow: { ...aboutFollower, read: content.readFollow },
    unfollow: { ...aboutFollower, read: content.readUnfollow },
    user_click_chatnow: { ...aboutUser, read: content.readChatNow },
    user_withdraw: { ...aboutUser, read: content.readWithdraw },

    oa_send_text: pageMessage,
    oa_send_image: pageMessage,
    oa_send_gif: pageMessage,
    oa_send_list: pageMessage,
    oa_send_file: pageMessage,
    oa_send_sticker: pageMessage,
    oa_send_template: pageMessage,
    // A heart from a member of staff is not taking over the conversation.
    oa_reacted_message: notUsed,
    user_received_message: { ...aboutMessage, read: content.readDelivered },
    user_seen_message: { ...aboutMessage, read: content.readSeen },

    create_group: group,
    user_join_group: group,
    user_request_join_group: group,
    accept_request_join_group: group,
    react_request_join_group_accept: group,
    reject_request_join_group: group,
    react_request_join_group_reject: group,
    add_group_admin: group,
    remove_group_admin: group,
    update_group_info: group,
    user_out_group: group,
    user_leave_group: group,
    delete_group: group,
    oa_joined_group: group,

    add_user_to_tag: notUsed,
    remove_user_from_tag: notUsed,
    remove_tag: notUsed,
    update_user_info: notUsed,
    extension_purchased: notUsed,
    user_feedback: notUsed,
    user_click_response_button: notUsed,
    oa_send_consent: notUsed,
    user_reply_consent: notUsed,
    oa_call_user: notUsed,
    user_call_oa: notUsed,
    shop_has_order: notUsed,
    user_asking_product: notUsed,
  } satisfies Record<string, EventRule>),
);

/** Names of one family are still being added by the platform, so the beginning decides. First match wins. */
const FAMILIES: readonly (readonly [prefix: string, rule: EventRule])[] = [
  ['user_send_group_', group],
  ['oa_send_group_', group],
  ['anonymous_send_', anonymous],
  ['oa_send_anonymous_', anonymous],
  ['change_', notUsed],
  ['event_journey_', notUsed],
  ['widget_', notUsed],
  // Template variants of the page's messages; a person's answer must silence the bot in whatever form it comes.
  ['oa_send_', pageMessage],
];

const UNKNOWN: EventRule = { ignoredBecause: 'unknown_event' };

/** What to do with an event of this name; names nobody has told us of are recorded and ignored. */
export function ruleFor(eventName: string): EventRule {
  const exact = RULES.get(eventName);
  if (exact) return exact;
  return FAMILIES.find(([prefix]) => eventName.startsWith(prefix))?.[1] ?? UNKNOWN;
}
