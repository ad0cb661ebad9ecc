import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import type { IncomingEvent } from '../../src/inbox/inbox.ts';
import type { EventContent } from '../../src/kernel/messages.ts';
import { parseWebhook, type WebhookContext } from '../../src/zalo/events.ts';
import {
  ADMIN_ID,
  APP_ID,
  MESSAGE_ID,
  OA_ID,
  RESIDENT_ID,
  SENT_AT,
  aFlatEvent,
  aFollowerEvent,
  aMediaEvent,
  aPageEvent,
  aTextEvent,
  anEvent,
  toBytes,
} from './fixtures.ts';

const RECEIVED_AT = new Date(Number(SENT_AT) + 400);

function context(more: Partial<WebhookContext> = {}): WebhookContext {
  return { appId: APP_ID, oaId: OA_ID, receivedAt: RECEIVED_AT, ...more };
}

function incomingOf(rawBody: Buffer, more: Partial<WebhookContext> = {}): IncomingEvent {
  const parsed = parseWebhook(rawBody, context(more));
  if ('unreadable' in parsed) throw new Error(`unreadable: ${parsed.unreadable}`);
  return parsed.incoming;
}

function incoming(event: unknown, more: Partial<WebhookContext> = {}): IncomingEvent {
  return incomingOf(toBytes(event), more);
}

function contentOf(event: unknown): EventContent | undefined {
  return incoming(event).event?.content;
}

describe('a resident who writes', () => {
  it('is understood with page, person, time and message id', () => {
    const event = aTextEvent({ text: 'Giờ làm việc của xã?', quote_msg_id: '0b7e1c44a9d25f83e610' });

    expect(incoming(event)).toEqual({
      key: `user_send_text:${OA_ID}:${RESIDENT_ID}:${MESSAGE_ID}`,
      eventName: 'user_send_text',
      track: 'turn',
      sentAt: new Date(Number(SENT_AT)),
      retries: 0,
      event: {
        key: `user_send_text:${OA_ID}:${RESIDENT_ID}:${MESSAGE_ID}`,
        oaId: OA_ID,
        residentId: RESIDENT_ID,
        sentAt: new Date(Number(SENT_AT)),
        messageId: MESSAGE_ID,
        content: {
          kind: 'text',
          text: 'Giờ làm việc của xã?',
          quotedMessageId: '0b7e1c44a9d25f83e610',
        },
      },
    });
  });

  test.each([
    ['decomposed accents', 'Hồ sơ đất'.normalize('NFD'), 'Hồ sơ đất'],
    ['zero-width characters', '\u200bHồ\u200d sơ\ufeff', 'Hồ sơ'],
    ['an emoji', 'Cảm ơn 🙏🏽', 'Cảm ơn 🙏🏽'],
    ['only invisible characters', '\u200b\u200b', ''],
    ['the payload of a button', '#tthc khai-sinh', '#tthc khai-sinh'],
    ['ten thousand characters', 'ơ'.repeat(10_000), 'ơ'.repeat(10_000)],
  ])('may send %s', (_name, text, expected) => {
    expect(contentOf(aTextEvent({ text }))).toEqual({ kind: 'text', text: expected });
  });

  it('keeps any words, cleaned the same way every time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const content = contentOf(aTextEvent({ text }));
        const cleaned = content?.kind === 'text' ? content.text : '(lost)';

        expect(cleaned).toBe(cleaned.normalize('NFC'));
        expect(contentOf(aTextEvent({ text: cleaned }))).toEqual({ kind: 'text', text: cleaned });
      }),
    );
  });
});

describe('a resident who sends something else than words', () => {
  const url = 'http://f6.photo.talk.zdn.vn/o.jpg';
  const thumbnail = 'http://f6.photo.talk.zdn.vn/t.jpg';

  test.each<[string, unknown, EventContent]>([
    [
      'a picture with a caption',
      aMediaEvent('user_send_image', { url, thumbnail }, { text: 'Ổ gà đầu thôn' }),
      { kind: 'image', files: [{ url, thumbnailUrl: thumbnail }], text: 'Ổ gà đầu thôn' },
    ],
    [
      'an animated picture',
      aMediaEvent('user_send_gif', { url, thumbnail }),
      { kind: 'image', files: [{ url, thumbnailUrl: thumbnail }] },
    ],
    [
      'a link with words',
      aMediaEvent('user_send_link', { url: 'https://dichvucong.gov.vn' }, { text: 'trang này ạ?' }),
      { kind: 'link', url: 'https://dichvucong.gov.vn', text: 'trang này ạ?' },
    ],
    [
      'a voice message',
      aMediaEvent('user_send_audio', { url: 'http://v.zdn.vn/v.amr' }),
      { kind: 'audio', files: [{ url: 'http://v.zdn.vn/v.amr' }] },
    ],
    [
      'a video',
      aMediaEvent('user_send_video', { url: 'http://v.zdn.vn/v.mp4', thumbnail, description: '' }),
      { kind: 'video', files: [{ url: 'http://v.zdn.vn/v.mp4', thumbnailUrl: thumbnail }] },
    ],
    [
      'a sticker',
      aMediaEvent('user_send_sticker', { url, id: '46991' }),
      { kind: 'sticker', stickerId: '46991' },
    ],
    [
      'a place',
      aMediaEvent('user_send_location', { coordinates: { latitude: '16.0471', longitude: '108.2068' } }),
      { kind: 'location', latitude: 16.0471, longitude: 108.2068 },
    ],
    [
      'a document',
      aMediaEvent('user_send_file', { url: 'https://f.zdn.vn/d', name: 'don-xin.docx', size: '233947' }),
      { kind: 'file', files: [{ url: 'https://f.zdn.vn/d', name: 'don-xin.docx', sizeBytes: 233_947 }] },
    ],
    [
      'a business card',
      aMediaEvent('user_send_business_card', {
        url: 'https://zalo.me/card',
        description: '{"phone":"84900000000"}',
      }),
      { kind: 'business_card', url: 'https://zalo.me/card' },
    ],
    [
      'the form with name and phone',
      anEvent('user_submit_info', { info: { name: ' Nguyễn Văn Thử ', phone: '84900000000' } }),
      { kind: 'submitted_info', name: 'Nguyễn Văn Thử', phone: '84900000000' },
    ],
  ])('%s', (_name, event, content) => {
    expect(incoming(event)).toMatchObject({ track: 'turn', event: { residentId: RESIDENT_ID, oaId: OA_ID } });
    expect(contentOf(event)).toEqual(content);
  });

  it('may send several pictures in one event', () => {
    const attachments = ['a', 'b', 'c'].map((name) => ({
      type: 'image',
      payload: { url: `http://f.zdn.vn/${name}.jpg` },
    }));

    const content = contentOf(anEvent('user_send_image', { message: { msg_id: MESSAGE_ID, attachments } }));

    expect(content).toEqual({
      kind: 'image',
      files: [
        { url: 'http://f.zdn.vn/a.jpg' },
        { url: 'http://f.zdn.vn/b.jpg' },
        { url: 'http://f.zdn.vn/c.jpg' },
      ],
    });
  });
});

describe('shapes that the documentation does not promise', () => {
  const url = 'https://f.zdn.vn/o.jpg';
  const place = { kind: 'location', latitude: 16.5, longitude: 108.25 };

  test.each<[string, unknown, unknown]>([
    [
      'a picture called photo',
      anEvent('user_send_image', { message: { attachments: [{ type: 'photo', payload: { url } }] } }),
      { kind: 'image', files: [{ url }] },
    ],
    [
      'attachments beside the message',
      anEvent('user_send_image', { message: { text: 'ảnh' }, attachments: [{ payload: { url } }] }),
      { kind: 'image', files: [{ url }], text: 'ảnh' },
    ],
    [
      'coordinates as numbers named lat and long',
      aMediaEvent('user_send_location', { coordinates: { lat: 16.5, long: 108.25 } }),
      place,
    ],
    [
      'the place in the message itself',
      anEvent('user_send_location', { message: { location: { latitude: 16.5, longitude: 108.25 } } }),
      place,
    ],
    [
      'a picture without an address, but with a caption',
      aMediaEvent('user_send_image', {}, { text: 'ảnh ổ gà' }),
      { kind: 'text', text: 'ảnh ổ gà' },
    ],
    [
      'an attachment that is none',
      anEvent('user_send_image', { message: { attachments: [null, 7, { payload: { url } }] } }),
      { kind: 'image', files: [{ url }] },
    ],
    [
      'fields of the wrong type',
      aTextEvent({ text: 'chào', quote_msg_id: {}, attachments: 'none' }, { data: 5, info: [] }),
      { kind: 'text', text: 'chào' },
    ],
    [
      'a link that the event names but does not hold',
      aMediaEvent('user_send_link', {}, { text: 'xem giúp' }),
      { kind: 'text', text: 'xem giúp' },
    ],
  ])('are read: %s', (_name, event, content) => {
    expect(contentOf(event)).toEqual(content);
  });

  it('are read: message ids called mid', () => {
    const { event } = incoming(aTextEvent({ msg_id: undefined, mid: MESSAGE_ID }));

    expect(event).toMatchObject({
      messageId: MESSAGE_ID,
      key: `user_send_text:${OA_ID}:${RESIDENT_ID}:${MESSAGE_ID}`,
    });
  });

  it('are read: no recipient, which can only be our page', () => {
    expect(incoming(aTextEvent({}, { recipient: undefined })).event?.oaId).toBe(OA_ID);
  });

  test.each([
    ['a place without coordinates', aMediaEvent('user_send_location', {})],
    [
      'empty coordinates',
      aMediaEvent('user_send_location', { coordinates: { latitude: '', longitude: '' } }),
    ],
    [
      'a place off the globe',
      aMediaEvent('user_send_location', { coordinates: { latitude: '91', longitude: '0' } }),
    ],
    ['a voice message without an address', aMediaEvent('user_send_audio', {})],
    ['a picture at no web address', aMediaEvent('user_send_image', { url: 'javascript:alert(1)' })],
    ['words without words', aTextEvent({ text: undefined })],
    ['no message at all', anEvent('user_send_text')],
    ['a reaction to nothing', anEvent('user_reacted_message', { message: { react_icon: '/-heart' } })],
    ['a receipt for nothing', aPageEvent('user_seen_message', { message: { msg_ids: [] } })],
  ])('are recorded as empty: %s', (_name, event) => {
    expect(incoming(event)).toMatchObject({ track: 'ignored', ignoredBecause: 'no_content' });
  });

  test.each([
    ['no sender', aTextEvent({}, { sender: undefined })],
    ['a sender without an id', aTextEvent({}, { sender: {} })],
    ['an id that is a sentence', aTextEvent({}, { sender: { id: 'not an id!' } })],
    ['an id that is a query', aTextEvent({}, { sender: { id: { $gt: '' } } })],
  ])('are recorded as nobody’s: %s', (_name, event) => {
    expect(incoming(event)).toMatchObject({ track: 'ignored', ignoredBecause: 'no_resident_id' });
  });

  it('are recorded as of no page when neither body nor configuration names one', () => {
    const event = aTextEvent({}, { recipient: undefined });

    expect(incoming(event, { oaId: undefined })).toMatchObject({ ignoredBecause: 'no_page_id' });
  });
});

describe('ids that come as numbers', () => {
  const body = `{"app_id":${APP_ID},"sender":{"id":${RESIDENT_ID}},"recipient":{"id":${OA_ID}},"event_name":"user_send_text","message":{"text":"\\"id\\":12345678901234567890","msg_id":"${MESSAGE_ID}"},"timestamp":${SENT_AT}}`;

  it('keep every digit, are reported, and leave the words alone', () => {
    const parsed = parseWebhook(Buffer.from(body), context());

    expect(parsed).toMatchObject({
      numericIds: true,
      incoming: {
        sentAt: new Date(Number(SENT_AT)),
        event: {
          residentId: RESIDENT_ID,
          oaId: OA_ID,
          content: { kind: 'text', text: '"id":12345678901234567890' },
        },
      },
    });
  });

  it('have the same key as strings do', () => {
    expect(incomingOf(Buffer.from(body)).key).toBe(incoming(aTextEvent()).key);
  });

  it('are not reported when there are none', () => {
    const words = aTextEvent({ text: '"id": 5' });

    expect(parseWebhook(toBytes(words), context())).toMatchObject({ numericIds: false });
  });

  it('keep their digits whatever they are', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 9_999_999_999_999_999_999n }), (id) => {
        const raw = Buffer.from(body.replace(RESIDENT_ID, id.toString()));

        return incomingOf(raw).event?.residentId === id.toString();
      }),
    );
  });
});

describe('coming and going', () => {
  test.each<[string, unknown, EventContent]>([
    ['a new follower is greeted', aFollowerEvent('follow'), { kind: 'hello', via: 'follow' }],
    [
      'a first tap on "message" is greeted',
      aFlatEvent('user_click_chatnow'),
      { kind: 'hello', via: 'chat_now' },
    ],
    ['a leaving follower is noted', aFollowerEvent('unfollow'), { kind: 'goodbye' }],
    ['a wish to be forgotten is heard', aFlatEvent('user_withdraw'), { kind: 'withdraw' }],
    [
      'a wish to be forgotten is heard wherever the id stands',
      aFlatEvent('user_withdraw', { data: { user_id: RESIDENT_ID } }),
      { kind: 'withdraw' },
    ],
  ])('%s', (_name, event, content) => {
    expect(incoming(event)).toMatchObject({
      track: 'turn',
      event: { residentId: RESIDENT_ID, oaId: OA_ID, content },
    });
  });
});

describe('what the page itself sent', () => {
  const message = { text: 'Chào bác', msg_id: '44c09be1d7a85f26e3b1' };

  it('is a turn when a person wrote it, because the bot must fall silent', () => {
    const event = aPageEvent('oa_send_text', { sender: { id: OA_ID, admin_id: ADMIN_ID }, message });

    expect(incoming(event)).toMatchObject({
      track: 'turn',
      event: {
        residentId: RESIDENT_ID,
        oaId: OA_ID,
        content: { kind: 'admin_reply', adminId: ADMIN_ID, text: 'Chào bác', messageId: message.msg_id },
      },
    });
  });

  it('is a notice when a program wrote it', () => {
    expect(incoming(aPageEvent('oa_send_text', { message }))).toMatchObject({
      track: 'notice',
      event: { content: { kind: 'echo', text: 'Chào bác', messageId: message.msg_id } },
    });
  });

  it('silences the bot in a form nobody has documented, too', () => {
    const event = aPageEvent('oa_send_carousel', { sender: { id: OA_ID, admin_id: ADMIN_ID } });

    expect(incoming(event)).toMatchObject({ track: 'turn', event: { content: { kind: 'admin_reply' } } });
  });
});

describe('receipts and reactions', () => {
  it('say which message arrived', () => {
    const event = aPageEvent('user_received_message', { message: { msg_id: MESSAGE_ID } });

    expect(incoming(event)).toMatchObject({
      track: 'notice',
      event: { residentId: RESIDENT_ID, content: { receipt: 'delivered', messageIds: [MESSAGE_ID] } },
    });
  });

  it('say which messages were seen', () => {
    const event = aPageEvent('user_seen_message', { message: { msg_ids: ['aa01', 'aa02'] } });

    expect(incoming(event)).toMatchObject({
      track: 'notice',
      event: { content: { kind: 'receipt', receipt: 'seen', messageIds: ['aa01', 'aa02'] } },
    });
  });

  it('a heart is noted and gets no answer', () => {
    const event = anEvent('user_reacted_message', {
      message: { msg_id: MESSAGE_ID, react_icon: '/-heart' },
    });

    const seen = incoming(event);

    expect(seen).toMatchObject({
      track: 'notice',
      event: { content: { kind: 'reaction', messageId: MESSAGE_ID, icon: '/-heart' } },
    });
    expect(seen.event).not.toHaveProperty('messageId');
  });

  it.each([
    ['by the header', { msg_id: MESSAGE_ID }, { server: 'ZNS' }],
    ['by the tracking id', { msg_id: MESSAGE_ID, tracking_id: 'hs-000123' }, {}],
    ['by the delivery time', { msg_id: MESSAGE_ID, delivery_time: SENT_AT }, {}],
  ])('of a template message are known %s, and the phone number is kept nowhere', (_name, message, more) => {
    const phone = '84900000000';
    const event = aPageEvent('user_received_message', { recipient: { id: phone }, message });

    const seen = incoming(event, more);

    expect(seen).toMatchObject({ track: 'ignored', ignoredBecause: 'template_message' });
    expect(JSON.stringify(seen)).not.toContain(phone);
  });
});

describe('events that are not for this conversation', () => {
  it('the console’s test message is recognised', () => {
    const event = aTextEvent(
      { text: 'This is testing message', msg_id: 'This is message id' },
      { recipient: { id: '388613280878808645' } },
    );

    expect(incoming(event)).toMatchObject({ track: 'ignored', ignoredBecause: 'test_ping' });
  });

  it('a resident who types the words of the test message is answered', () => {
    expect(incoming(aTextEvent({ text: 'This is testing message' })).track).toBe('turn');
  });

  test.each([
    ['a resident of another page', aTextEvent({}, { recipient: { id: '1111111111111111111' } })],
    ['a message of another page', aPageEvent('oa_send_text', { sender: { id: '1111111111111111111' } })],
    [
      'a follower of another page',
      aFlatEvent('user_click_chatnow', { oa_id: '1111111111111111111', user_id: RESIDENT_ID }),
    ],
  ])('%s is left alone', (_name, event) => {
    expect(incoming(event)).toMatchObject({ track: 'ignored', ignoredBecause: 'other_oa' });
    expect(incoming(event)).not.toHaveProperty('event');
  });

  it('pages are told apart only once ours is configured', () => {
    const event = aTextEvent({}, { recipient: { id: '1111111111111111111' } });

    expect(incoming(event, { oaId: undefined }).event?.oaId).toBe('1111111111111111111');
  });

  it('an event of another application is left alone', () => {
    expect(incoming(aTextEvent({}, { app_id: '999' }))).toMatchObject({ ignoredBecause: 'other_app' });
  });

  it('an ignored event is recorded without anybody’s id', () => {
    const seen = incoming(anEvent('user_send_group_text', { message: { text: 'xin chào', msg_id: 'c2' } }));

    expect(JSON.stringify(seen)).not.toContain(RESIDENT_ID);
  });
});

describe('the time of an event', () => {
  test.each([
    ['two hours old, as a late redelivery is', Number(SENT_AT) - 2 * 3_600_000],
    ['a little ahead of our clock', RECEIVED_AT.getTime() + 60_000],
  ])('is believed when it is %s', (_name, ms) => {
    expect(incoming(aTextEvent({}, { timestamp: String(ms) })).sentAt).toEqual(new Date(ms));
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['words', 'hôm nay'],
    ['in seconds', '1795312800'],
    ['a day ahead', String(RECEIVED_AT.getTime() + 86_400_000)],
    ['beyond all dates', '9'.repeat(30)],
  ])('is the arrival when it is %s', (_name, timestamp) => {
    expect(incoming(aTextEvent({}, { timestamp })).sentAt).toEqual(RECEIVED_AT);
  });

  it('comes with the number of earlier tries', () => {
    expect(incoming(aTextEvent(), { retries: 3 }).retries).toBe(3);
  });
});

describe('the key of an event', () => {
  const keyOf = (event: unknown) => incoming(event).key;
  const later = { timestamp: String(Number(SENT_AT) + 5) };
  const reaction = (fields: object) =>
    anEvent('user_reacted_message', { message: { msg_id: MESSAGE_ID, react_icon: '/-heart' }, ...fields });

  test.each([
    ['a message delivered with an added field', aTextEvent(), aTextEvent({}, { extra: 1 })],
    ['a message delivered with another time', aTextEvent(), aTextEvent({}, later)],
    ['a follow delivered again', aFollowerEvent('follow'), { ...aFollowerEvent('follow'), source: 'x' }],
    ['a nameless message delivered again', aTextEvent({ msg_id: '' }), aTextEvent({ msg_id: '' })],
  ])('is the same for %s', (_name, first, second) => {
    expect(keyOf(second)).toBe(keyOf(first));
  });

  test.each([
    ['two messages', aTextEvent(), aTextEvent({ msg_id: 'aa01' })],
    ['two residents', aTextEvent(), aTextEvent({}, { sender: { id: '7120345566778899002' } })],
    ['two follows at different times', aFollowerEvent('follow'), { ...aFollowerEvent('follow'), ...later }],
    ['a follow and an unfollow', aFollowerEvent('follow'), aFollowerEvent('unfollow')],
    ['two hearts for one message', reaction({}), reaction(later)],
    [
      'the arrival of a message and its being seen',
      aPageEvent('user_received_message', { message: { msg_id: MESSAGE_ID } }),
      aPageEvent('user_seen_message', { message: { msg_ids: [MESSAGE_ID] } }),
    ],
    [
      'two nameless messages',
      aTextEvent({ msg_id: undefined }),
      aTextEvent({ msg_id: undefined, text: 'khác' }),
    ],
    ['two unknown events', anEvent('brand_new_thing'), anEvent('brand_new_thing', later)],
  ])('differs for %s', (_name, first, second) => {
    expect(keyOf(second)).not.toBe(keyOf(first));
  });
});

describe('bodies that cannot be read', () => {
  test.each([
    ['nothing', '', 'bad_json'],
    ['half an event', '{"event_name":"user_send_text",', 'bad_json'],
    ['another language', '<xml/>', 'bad_json'],
    ['a list', '[]', 'no_event_name'],
    ['null', 'null', 'no_event_name'],
    ['a nameless event', '{}', 'no_event_name'],
    ['a name that is none', '{"event_name":"drop table; --"}', 'no_event_name'],
  ])('%s is given back as a code', (_name, body, unreadable) => {
    expect(parseWebhook(Buffer.from(body), context())).toEqual({ unreadable });
  });

  it('no JSON of any shape makes reading throw', () => {
    const names = fc.constantFrom('user_send_text', 'user_send_image', 'follow', 'user_seen_message', 'x');
    const anything = fc.record({
      event_name: names,
      message: fc.jsonValue(),
      sender: fc.jsonValue(),
      recipient: fc.jsonValue(),
      timestamp: fc.jsonValue(),
      attachments: fc.jsonValue(),
    });

    fc.assert(
      fc.property(anything, (event) => {
        expect(incoming(event).eventName).toBe(event.event_name);
      }),
    );
  });
});
