import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentContent } from '../../scripts/simulator/types.ts';
import { signatureHeader } from '../../scripts/simulator/webhook-signature.ts';
import { APP_ID, OA_ID, OA_SECRET_KEY, startApp, startZalo, type App, type TestZalo } from './harness.ts';

const MINUTE_MS = 60_000;
const key = { appId: APP_ID, oaSecretKey: OA_SECRET_KEY };

let app: App;
let zalo: TestZalo;
beforeEach(async () => {
  app = await startApp();
  zalo = await startZalo({ webhookUrl: app.url });
});
afterEach(async () => {
  await zalo.close();
  await app.close();
});

describe('the signature', () => {
  it.each([
    [
      '{"app_id":"4021557788990012345","sender":{"id":"7120345566778899001"},"user_id_by_app":"5567788990011223344","recipient":{"id":"2871100223344556677"},"event_name":"user_send_text","message":{"text":"Làm giấy khai sinh cần gì?","msg_id":"9f3c1d7ab5e04268c1d0"},"timestamp":"1795312800123"}',
      '1795312800123',
      '8a438bb4785392badccff62f8b1c0447b94501e54a2a998c03dac4be8e3aa7a7',
    ],
    [
      '{"oa_id":"2871100223344556677","follower":{"id":"7120345566778899001"},"event_name":"follow","source":"oa_profile","app_id":"4021557788990012345","timestamp":"1795312801456"}',
      '1795312801456',
      '4e6c5f64eafe465e4ec1e49129718c250e1f059880e6093f206564e9d0735149',
    ],
  ])('agrees with the published vectors', (body, timestamp, mac) => {
    expect(signatureHeader(key, body, timestamp)).toBe(`mac=${mac}`);
  });

  it('covers exactly the bytes that are delivered, with the time stamp of the body', async () => {
    const userId = zalo.addResident({ displayName: 'Bà Sáu', follows: false });
    zalo.say(userId, 'Giờ làm việc của xã? 🙏');
    await zalo.idle();

    const [event] = app.events;

    expect(event?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'ZaloWebhook',
      'x-zevent-server': 'OA OpenAPI',
      'x-zevent-signature': signatureHeader(key, event?.raw ?? '', event?.body.timestamp ?? ''),
    });
    expect(event?.raw).toBe(JSON.stringify(event?.body));
    expect(Object.keys(event?.headers ?? {}).filter((name) => name.includes('time'))).toEqual([]);
    expect(event?.headers).not.toHaveProperty('num_retry');
  });

  it.each(['bare', 'spaced', 'uppercase', 'wrong'] as const)('can be written %s', async (signature) => {
    zalo.faults({ signature });
    zalo.addResident({ displayName: 'Bà Sáu', follows: true });
    await zalo.idle();

    const [event] = app.events;

    const expected = signatureHeader(key, event?.raw ?? '', event?.body.timestamp ?? '', signature);
    expect(event?.headers['x-zevent-signature']).toBe(expected);
    expect(expected).not.toBe(signatureHeader(key, event?.raw ?? '', event?.body.timestamp ?? ''));
  });
});

describe('what residents do', () => {
  const url = 'https://f6.photo.talk.zdn.vn/o.jpg';

  it.each<[string, ResidentContent, object]>([
    [
      'user_send_image',
      { image: { url }, text: 'Ổ gà' },
      { type: 'image', payload: { thumbnail: url, url } },
    ],
    ['user_send_gif', { gif: { url } }, { type: 'gif', payload: { thumbnail: url, url } }],
    ['user_send_audio', { audio: { url } }, { type: 'audio', payload: { url } }],
    [
      'user_send_video',
      { video: { url } },
      { type: 'video', payload: { url, thumbnail: '', description: '' } },
    ],
    [
      'user_send_sticker',
      { sticker: { id: '46991', url } },
      { type: 'sticker', payload: { url, id: '46991' } },
    ],
    [
      'user_send_location',
      { location: { latitude: 16.0471, longitude: 108.2068 } },
      { type: 'location', payload: { coordinates: { latitude: '16.0471', longitude: '108.2068' } } },
    ],
    [
      'user_send_file',
      { file: { name: 'don.docx', size: 233947, checksum: 'abc', url } },
      { type: 'file', payload: { size: '233947', name: 'don.docx', checksum: 'abc', type: 'docx', url } },
    ],
    [
      'user_send_link',
      { link: { url, description: 'Cổng DVC' } },
      { type: 'link', payload: { thumbnail: '', description: 'Cổng DVC', url } },
    ],
    [
      'user_send_business_card',
      { businessCard: { phone: '84900000000' } },
      {
        type: 'link',
        payload: {
          thumbnail: '',
          description: '{"phone":"84900000000","qrCodeUrl":""}',
          url: 'https://zalo.me/84900000000',
        },
      },
    ],
  ])('%s carries its attachment', async (name, content, attachment) => {
    const userId = zalo.addResident({ displayName: 'Bà Sáu', follows: false });
    const msgId = zalo.say(userId, content);
    await zalo.idle();

    expect(app.events[0]?.body).toMatchObject({
      app_id: APP_ID,
      sender: { id: userId },
      recipient: { id: OA_ID },
      event_name: name,
      message: { msg_id: msgId, attachments: [attachment] },
    });
  });

  it('a picture without an address is the sample, and can be fetched', async () => {
    const userId = zalo.aResident();
    zalo.say(userId, { image: {} });

    const photo = String(zalo.messages(userId).at(-1)?.media?.['url']);
    const response = await fetch(photo);

    expect(photo.startsWith(`${zalo.mediaBaseUrl}/`)).toBe(true);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
  });

  it('an answer to a message names it', async () => {
    const userId = zalo.aResident();
    const first = zalo.messages(userId)[0]?.msgId ?? '';
    zalo.say(userId, { text: 'ý này', quoteMsgId: first });
    await zalo.idle();

    expect(app.events.at(-1)?.body).toMatchObject({ message: { quote_msg_id: first } });
  });

  it('ids are too long for a JavaScript number, and message ids are 20 hex characters', () => {
    const userId = zalo.aResident();

    expect(userId).toMatch(/^\d{19}$/);
    expect(zalo.messages(userId)[0]?.msgId).toMatch(/^[0-9a-f]{20}$/);
  });

  it('following, leaving, tapping "message" and withdrawing are told in their own shapes', async () => {
    const userId = zalo.addResident({ displayName: 'Bà Sáu', follows: true });
    for (const act of ['unfollow', 'follow', 'chat-now', 'withdraw']) {
      await zalo.control('POST', `/residents/${userId}/${act}`);
    }
    await zalo.idle();

    const timestamp = String(zalo.clock.now().getTime());
    expect(app.names()).toEqual(['follow', 'unfollow', 'follow', 'user_click_chatnow', 'user_withdraw']);
    expect(app.events[0]?.body).toEqual({
      oa_id: OA_ID,
      follower: { id: userId },
      event_name: 'follow',
      source: 'oa_profile',
      app_id: APP_ID,
      timestamp,
    });
    expect(app.events.at(-1)?.body).toMatchObject({ oa_id: OA_ID, user_id: userId, timestamp });
  });

  it('tapping "message" is told only before the first chat', async () => {
    const userId = zalo.aResident();
    await zalo.control('POST', `/residents/${userId}/chat-now`);
    await zalo.idle();

    expect(app.names()).not.toContain('user_click_chatnow');
  });

  it('the console can send its test ping', async () => {
    await zalo.control('POST', '/webhook/test');
    await zalo.idle();

    expect(app.events[0]?.body).toMatchObject({
      event_name: 'user_send_text',
      message: { text: 'This is testing message', msg_id: 'This is message id' },
    });
  });
});

describe('buttons', () => {
  const offer = (userId: string): Promise<unknown> =>
    zalo.send(userId, {
      text: 'Chọn giúp',
      attachment: {
        type: 'template',
        payload: {
          buttons: [
            { title: 'Hiện', type: 'oa.query.show', payload: '#tthc khai-sinh' },
            { title: 'Ẩn', type: 'oa.query.hide', payload: '#an' },
            { title: 'Mở', type: 'oa.open.url', payload: { url: 'https://dichvucong.gov.vn' } },
            { title: 'Gọi', type: 'oa.open.phone', payload: { phone_code: '84235000000' } },
          ],
        },
      },
    });

  it.each([
    ['Hiện', '#tthc khai-sinh', 3],
    ['Ẩn', '#an', 2],
  ])('a tap on "%s" arrives as ordinary text', async (title, text, bubbles) => {
    const userId = zalo.aResident();
    await offer(userId);

    zalo.tap(userId, title);
    await zalo.idle();

    expect(app.events.at(-1)?.body).toMatchObject({ event_name: 'user_send_text', message: { text } });
    expect(zalo.messages(userId)).toHaveLength(bubbles);
  });

  it('links and calls leave Zalo without a word to the page', async () => {
    const userId = zalo.aResident();
    await offer(userId);
    await zalo.idle();
    const before = app.events.length;

    expect(zalo.tap(userId, 'Mở')).toEqual({ action: 'link', url: 'https://dichvucong.gov.vn' });
    expect(zalo.tap(userId, 'Gọi')).toEqual({ action: 'call', phone: '84235000000' });
    await zalo.idle();
    expect(app.events).toHaveLength(before);
  });

  it('a title that nobody offered cannot be tapped', () => {
    const userId = zalo.aResident();

    expect(() => zalo.tap(userId, 'Không có')).toThrow('has a button');
  });
});

describe('echoes and receipts', () => {
  it('what the app sends comes back without an admin, what a person writes with one', async () => {
    const userId = zalo.aResident();
    await zalo.send(userId, { text: 'từ máy' });
    zalo.adminReply(userId, 'từ cán bộ');
    await zalo.idle();

    const echoes = app.events.filter((event) => event.body.event_name === 'oa_send_text');
    expect(echoes.map((event) => event.body['sender'])).toEqual([
      { id: OA_ID },
      { id: OA_ID, admin_id: expect.stringMatching(/^\d{19}$/) },
    ]);
    expect(zalo.messages(userId).at(-1)).toMatchObject({ from: 'admin', text: 'từ cán bộ' });
  });

  it.each([
    ['oa_send_template', { buttons: [{ title: 'A', type: 'oa.query.show', payload: 'a' }] }],
    ['oa_send_list', { template_type: 'list', elements: [{ title: 'A', subtitle: 'a' }] }],
    [
      'oa_send_image',
      { template_type: 'media', elements: [{ media_type: 'image', url: 'https://a.vn/a.jpg' }] },
    ],
  ])('%s echoes its kind of message', async (name, payload) => {
    const userId = zalo.aResident();
    await zalo.send(userId, { text: 'a', attachment: { type: 'template', payload } });
    await zalo.idle();

    expect(app.names()).toContain(name);
  });

  it('a message is received at once and seen when the resident comes back', async () => {
    const userId = zalo.aResident();
    await zalo.send(userId, { text: 'a' });
    await zalo.idle();
    expect(zalo.messages(userId).at(-1)?.state).toBe('received');

    zalo.say(userId, 'b');
    await zalo.idle();

    const msgId = zalo.messages(userId)[1]?.msgId;
    const receipts = app.events.filter((event) => /received|seen/.test(event.body.event_name));
    expect(receipts.map((event) => event.body)).toMatchObject([
      { sender: { id: OA_ID }, recipient: { id: userId }, message: { msg_id: msgId } },
      { sender: { id: OA_ID }, recipient: { id: userId }, message: { msg_ids: [msgId] } },
    ]);
    expect(zalo.messages(userId)[1]?.state).toBe('seen');
  });

  it('both can be switched off', async () => {
    await zalo.close();
    zalo = await startZalo({ webhookUrl: app.url, echoes: false, receipts: false });
    const userId = zalo.aResident();
    await zalo.send(userId, { text: 'a' });
    zalo.say(userId, 'b');
    await zalo.idle();

    expect(app.names()).toEqual(['follow', 'user_send_text', 'user_send_text']);
  });
});

describe('repetitions', () => {
  const retries = (): readonly unknown[] => app.events.map((event) => event.headers['num_retry']);

  it.each([500, 404, 302, 204, 401])(
    'HTTP %i is repeated after 30 seconds, with the same bytes',
    async (status) => {
      app.answerWith(status);
      zalo.addResident({ displayName: 'Bà Sáu', follows: true });
      await zalo.idle();
      app.answerWith(200);

      await zalo.advanceClock(29_999);
      expect(app.events).toHaveLength(1);
      await zalo.advanceClock(1);

      expect(retries()).toEqual([undefined, '1']);
      expect(app.events[1]?.raw).toBe(app.events[0]?.raw);
      expect(zalo.webhooks.at(-1)).toMatchObject({
        state: 'delivered',
        attempts: [{ status }, { status: 200 }],
      });
    },
  );

  it('no answer within the deadline is repeated', async () => {
    app.answerWith(null);
    zalo.addResident({ displayName: 'Bà Sáu', follows: true });
    await zalo.idle();

    expect(zalo.webhooks.at(-1)).toMatchObject({
      state: 'waiting',
      attempts: [{ status: null, problem: 'deadline' }],
    });
  });

  it('nobody listening is repeated', async () => {
    await app.close();
    zalo.addResident({ displayName: 'Bà Sáu', follows: true });
    await zalo.idle();

    expect(zalo.webhooks.at(-1)).toMatchObject({ state: 'waiting', attempts: [{ problem: 'ECONNREFUSED' }] });
    app = await startApp();
  });

  it('comes after 30 s, 5 min, 15 min, 30 min and 1 h; then the app is unsubscribed', async () => {
    app.answerWith(500);
    zalo.addResident({ displayName: 'Bà Sáu', follows: true });
    await zalo.idle();
    const start = zalo.clock.now().getTime();

    await zalo.advanceClock(110.5 * MINUTE_MS);

    expect(retries()).toEqual([undefined, '1', '2', '3', '4', '5']);
    const minutes = zalo.webhooks.at(-1)?.attempts.map((it) => (Date.parse(it.at) - start) / MINUTE_MS);
    expect(minutes).toEqual([0, 0.5, 5.5, 20.5, 50.5, 110.5]);
    expect(zalo.webhooks.at(-1)?.state).toBe('given_up');
    expect((await zalo.control('GET', '/state')).json).toMatchObject({ webhook: { subscribed: false } });
  });

  it('an unsubscribed app hears nothing until a person switches it on again', async () => {
    app.answerWith(500);
    const userId = zalo.aResident();
    await zalo.idle();
    await zalo.advanceClock(3 * 60 * MINUTE_MS);
    app.answerWith(200);
    const before = app.events.length;

    zalo.say(userId, 'Có ai không?');
    await zalo.idle();
    expect(app.events).toHaveLength(before);
    expect(zalo.webhooks.at(-1)?.state).toBe('unsubscribed');

    await zalo.control('POST', '/webhook', { subscribed: true });
    zalo.say(userId, 'Giờ thì có');
    await zalo.idle();
    expect(app.events).toHaveLength(before + 1);
  });
});

describe('the webhook address', () => {
  it('may be set later; earlier events are lost', async () => {
    await zalo.close();
    zalo = await startZalo();
    const userId = zalo.aResident();
    await zalo.idle();
    expect(zalo.webhooks.map((record) => record.state)).toEqual(['no_url', 'no_url']);

    zalo.setWebhookUrl(app.url);
    zalo.say(userId, 'Alo');
    await zalo.idle();

    expect(app.names()).toEqual(['user_send_text']);
  });

  it("one resident's events keep their order", async () => {
    const userId = zalo.aResident();
    const texts = Array.from({ length: 30 }, (_, i) => `tin ${i}`);
    for (const text of texts) zalo.say(userId, text);
    await zalo.idle();

    const heard = app.events.slice(2).map((event) => (event.body['message'] as { text: string }).text);
    expect(heard).toEqual(texts);
  });
});
