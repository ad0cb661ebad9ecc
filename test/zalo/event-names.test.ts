import { describe, expect, it, test } from '@jest/globals';
import type { Track } from '../../src/inbox/inbox.ts';
import { parseWebhook } from '../../src/zalo/events.ts';
import {
  ADMIN_ID,
  APP_ID,
  MESSAGE_ID,
  OA_ID,
  RESIDENT_ID,
  SENT_AT,
  aFlatEvent,
  aFollowerEvent,
  aPageEvent,
  anEvent,
  toBytes,
} from './fixtures.ts';

/** One body that holds whatever any kind of message needs. */
const message = {
  text: 'xin chào',
  msg_id: MESSAGE_ID,
  msg_ids: [MESSAGE_ID],
  react_icon: '/-heart',
  attachments: [
    {
      type: 'any',
      payload: { url: 'https://f.zdn.vn/x', id: '1', coordinates: { latitude: '16', longitude: '108' } },
    },
  ],
};

interface Group {
  readonly names: readonly string[];
  readonly body: (name: string) => unknown;
  readonly track: Track;
  readonly ignoredBecause?: string;
}

/** The routing table of the platform's documentation (webhook pages, read 2026-11-22), names seen in use included. */
const TABLE: readonly Group[] = [
  {
    names: [
      ...[
        'text',
        'image',
        'gif',
        'link',
        'audio',
        'video',
        'sticker',
        'location',
        'file',
        'business_card',
      ].map((kind) => `user_send_${kind}`),
      'user_submit_info',
    ],
    body: (name) => anEvent(name, { message }),
    track: 'turn',
  },
  { names: ['user_reacted_message'], body: (name) => anEvent(name, { message }), track: 'notice' },
  { names: ['follow', 'unfollow'], body: aFollowerEvent, track: 'turn' },
  { names: ['user_click_chatnow', 'user_withdraw'], body: (name) => aFlatEvent(name), track: 'turn' },
  {
    names: ['text', 'image', 'gif', 'list', 'file', 'sticker', 'template'].map((kind) => `oa_send_${kind}`),
    body: (name) => aPageEvent(name, { message }),
    track: 'notice',
  },
  {
    names: ['text', 'image', 'gif', 'list', 'file', 'sticker', 'template'].map((kind) => `oa_send_${kind}`),
    body: (name) => aPageEvent(name, { message, sender: { id: OA_ID, admin_id: ADMIN_ID } }),
    track: 'turn',
  },
  {
    names: ['user_seen_message', 'user_received_message'],
    body: (name) => aPageEvent(name, { message }),
    track: 'notice',
  },
  {
    names: ['anonymous_send_', 'oa_send_anonymous_'].flatMap((prefix) =>
      ['text', 'image', 'file', 'sticker'].map((kind) => prefix + kind),
    ),
    body: (name) => anEvent(name, { sender: { id: 'a17c93e05bd24f6810cc' }, message }),
    track: 'ignored',
    ignoredBecause: 'anonymous',
  },
  {
    names: ['user_send_group_', 'oa_send_group_'].flatMap((prefix) =>
      ['text', 'image', 'link', 'audio', 'video', 'business_card', 'sticker', 'gif', 'file', 'location'].map(
        (kind) => prefix + kind,
      ),
    ),
    body: (name) => anEvent(name, { oa_id: OA_ID, recipient: { id: 'a17c93e05bd24f6810cc' }, message }),
    track: 'ignored',
    ignoredBecause: 'group',
  },
  {
    names: [
      'create_group',
      'user_join_group',
      'user_request_join_group',
      'accept_request_join_group',
      'react_request_join_group_accept',
      'reject_request_join_group',
      'react_request_join_group_reject',
      'add_group_admin',
      'remove_group_admin',
      'update_group_info',
      'user_out_group',
      'user_leave_group',
      'delete_group',
      'oa_joined_group',
    ],
    body: (name) => aFlatEvent(name, { group_id: 'a17c93e05bd24f6810cc', users: [{ id: RESIDENT_ID }] }),
    track: 'ignored',
    ignoredBecause: 'group',
  },
  {
    names: [
      'oa_reacted_message',
      'add_user_to_tag',
      'remove_user_from_tag',
      'remove_tag',
      'update_user_info',
      'extension_purchased',
      'widget_interaction_accepted',
      'widget_failed_to_sync_user_external_id',
      'change_template_status',
      'change_template_quality',
      'change_template_quota',
      'change_oa_template_tags',
      'change_oa_daily_quota',
      'user_feedback',
      'user_click_response_button',
      'event_journey_acknowledged',
      'event_journey_time_out',
      'oa_send_consent',
      'user_reply_consent',
      'oa_call_user',
      'user_call_oa',
      'shop_has_order',
      'user_asking_product',
    ],
    body: (name) => aFlatEvent(name, { user_id: RESIDENT_ID, phone: '84900000000' }),
    track: 'ignored',
    ignoredBecause: 'not_used',
  },
  {
    names: ['user_send_hologram', 'constructor', '__proto__', 'toString'],
    body: (name) => anEvent(name, { message }),
    track: 'ignored',
    ignoredBecause: 'unknown_event',
  },
];

const CASES = TABLE.flatMap(({ names, ...group }) => names.map((name) => ({ name, ...group })));

describe('every event name of the platform', () => {
  test.each(CASES)('$name → $track $ignoredBecause', ({ name, body, track, ignoredBecause }) => {
    const parsed = parseWebhook(toBytes(body(name)), {
      appId: APP_ID,
      oaId: OA_ID,
      receivedAt: new Date(Number(SENT_AT)),
    });

    expect(parsed).toMatchObject({
      incoming: {
        eventName: name,
        track,
        ...(ignoredBecause === undefined
          ? { event: { residentId: RESIDENT_ID, oaId: OA_ID } }
          : { ignoredBecause }),
      },
    });
  });

  it('is in the table', () => {
    expect(new Set(CASES.map(({ name }) => name)).size).toBeGreaterThan(90);
  });
});
