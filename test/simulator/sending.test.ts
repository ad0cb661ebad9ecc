import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startZalo, type TestZalo } from './harness.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
// These tests move the clock by days and are not about tokens.
const accessTokenLifeMs = 60 * DAY_MS;

const textOf = (length: number): { text: string } => ({ text: 'ồ'.repeat(length) });
const button = (changes: object = {}): object => ({
  title: 'Thủ tục',
  type: 'oa.query.show',
  payload: '#tthc',
  ...changes,
});
const withButtons = (buttons: unknown): object => ({
  text: 'Bác cần gì?',
  attachment: { type: 'template', payload: { buttons } },
});
const template = (payload: object, text?: string): object => ({
  ...(text === undefined ? {} : { text }),
  attachment: { type: 'template', payload },
});
const image = (changes: object = {}): object =>
  template({
    template_type: 'media',
    elements: [{ media_type: 'image', url: 'https://xa.example.vn/a.jpg', ...changes }],
  });

describe.each(['government', 'business'] as const)('what a %s page may send', (generation) => {
  let zalo: TestZalo;
  let userId: string;
  beforeEach(async () => {
    zalo = await startZalo({ generation, accessTokenLifeMs });
    userId = zalo.aResident();
  });
  afterEach(() => zalo.close());

  it.each([
    ['2,000 characters', textOf(2000)],
    ['2,000 characters typed as letters with combining marks', { text: 'ồ'.repeat(2000).normalize('NFD') }],
    ['a button that is shown', withButtons([button()])],
    ['a hidden button', withButtons([button({ type: 'oa.query.hide' })])],
    ['a link', withButtons([button({ type: 'oa.open.url', payload: { url: 'https://a.vn' } })])],
    ['a call', withButtons([button({ type: 'oa.open.phone', payload: { phone_code: '84235000000' } })])],
    [
      'a text message',
      withButtons([button({ type: 'oa.open.sms', payload: { phone_code: '84900000000', content: 'HS' } })]),
    ],
    ['five buttons', withButtons(Array.from({ length: 5 }, () => button()))],
    [
      'buttons in the older shape',
      template({ template_type: 'button', text: 'Bác cần gì?', buttons: [button()] }),
    ],
    ['a picture', image()],
    [
      'a list',
      template({
        template_type: 'list',
        elements: [
          { title: 'A', subtitle: 'a', default_action: { type: 'oa.open.url', url: 'https://a.vn' } },
          { title: 'B' },
        ],
      }),
    ],
    [
      'a question for contact details',
      template({ template_type: 'request_user_info', elements: [{ title: 'UBND xã', subtitle: 'Liên hệ' }] }),
    ],
    ['a file', { attachment: { type: 'file', payload: { token: 'upload-token' } } }],
  ])('%s is accepted', async (_name, message) => {
    const answer = await zalo.send(userId, message);

    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ error: 0, data: { user_id: userId } });
    expect(zalo.messages(userId).at(-1)).toMatchObject({ from: 'oa' });
  });

  it.each([
    [-210, '2,001 characters', textOf(2001)],
    [-201, 'an empty text', { text: '  ' }],
    [-201, 'a number for a text', { text: 5 }],
    [-201, 'no message', undefined],
    [-201, 'six buttons', withButtons(Array.from({ length: 6 }, () => button()))],
    [-201, 'no buttons', withButtons([])],
    [-201, 'buttons that are no list', withButtons('x')],
    [-201, 'a title of 101 characters', withButtons([button({ title: 'a'.repeat(101) })])],
    [-201, 'an empty title', withButtons([button({ title: '' })])],
    [-201, 'a payload of 1,001 characters', withButtons([button({ payload: 'a'.repeat(1001) })])],
    [-201, 'a query with an object', withButtons([button({ payload: { url: 'https://a.vn' } })])],
    [
      -201,
      'a link that is no web address',
      withButtons([button({ type: 'oa.open.url', payload: { url: 'a' } })]),
    ],
    [
      -201,
      'a flat link in a button',
      withButtons([button({ type: 'oa.open.url', payload: 'https://a.vn' })]),
    ],
    [
      -201,
      'a call with letters',
      withButtons([button({ type: 'oa.open.phone', payload: { phone_code: 'x' } })]),
    ],
    [-233, 'an unknown kind of button', withButtons([button({ type: 'postback' })])],
    [-233, 'an unknown template', template({ template_type: 'carousel' })],
    [-233, 'an unknown attachment', { text: 'a', attachment: { type: 'image', payload: {} } }],
    [-201, 'a picture by id and address', image({ attachment_id: 'x' })],
    [-201, 'a picture by neither', image({ url: undefined })],
    [-201, 'two pictures', template({ template_type: 'media', elements: [{}, {}] })],
    [-201, 'a moving picture without its size', image({ media_type: 'gif' })],
    [
      -201,
      'a list whose first line has no subtitle',
      template({ template_type: 'list', elements: [{ title: 'A' }] }),
    ],
    [-201, 'a file with a text', { text: 'a', attachment: { type: 'file', payload: { token: 't' } } }],
    [
      -201,
      'a quote of a message that does not exist',
      { text: 'a', quote_message_id: 'feedfacefeedfacefeed' },
    ],
  ])('%i answers %s, and the resident sees nothing', async (error, _name, message) => {
    const answer = await zalo.send(userId, message);

    expect(answer.status).toBe(200);
    expect(answer.json.error).toBe(error);
    expect(zalo.messages(userId)).toHaveLength(1);
  });

  it('a body that is no JSON is refused', async () => {
    const path = generation === 'government' ? '/v2.0/oa/message' : '/v3.0/oa/message/cs';

    const answer = await zalo.api('POST', path, { rawBody: '{"recipient":' });

    expect(answer.json).toEqual({ error: -201, message: 'recipient is invalid!' });
  });

  it.each([
    ['unknown', '7120345566778899001'],
    ['a number', 7120345],
  ])('a recipient that is %s is refused', async (_name, id) => {
    expect((await zalo.send(id as string, { text: 'a' })).json.error).toBe(-201);
  });

  it('a quote of a real message is shown with it', async () => {
    const question = zalo.say(userId, 'Mấy giờ mở cửa?');

    await zalo.send(userId, { text: '7 giờ ạ', quote_message_id: question });

    expect(zalo.messages(userId).at(-1)).toMatchObject({ text: '7 giờ ạ', quoteMsgId: question });
  });

  it('a broadcast asks for a permission that the app does not have', async () => {
    const body = { recipient: { target: {} }, message: {} };

    expect((await zalo.api('POST', '/v2.0/oa/message', { body })).json.error).toBe(-212);
  });

  it('a reaction is put on the message and taken off again', async () => {
    const msgId = zalo.say(userId, 'Cảm ơn');
    const react = (icon: string): Promise<{ json: { error: number } }> =>
      zalo.api('POST', '/v2.0/oa/message', {
        body: {
          recipient: { user_id: userId },
          sender_action: { react_icon: icon, react_message_id: msgId },
        },
      });

    expect((await react('/-heart')).json.error).toBe(0);
    expect(zalo.messages(userId).at(-1)?.reaction).toBe('/-heart');
    expect((await react('/-remove')).json.error).toBe(0);
    expect(zalo.messages(userId).at(-1)?.reaction).toBeUndefined();
    expect((await react('heart')).json.error).toBe(-201);
  });

  it('an answer within 48 hours is free', async () => {
    zalo.clock.advance(48 * HOUR_MS);

    const { data } = (await zalo.send(userId, { text: 'a' })).json;

    expect(data).toMatchObject({ quota: { quota_type: 'reply' } });
  });

  it('after 48 hours the package pays, and when it is used up the page is billed', async () => {
    await zalo.close();
    zalo = await startZalo({ generation, accessTokenLifeMs, packageQuota: 1 });
    userId = zalo.aResident();
    zalo.clock.advance(48 * HOUR_MS + 1);

    const first = (await zalo.send(userId, { text: 'a' })).json.data;
    const second = (await zalo.send(userId, { text: 'b' })).json.data;

    expect(first).toMatchObject({
      quota: { quota_type: 'sub_quota', remain: '0', total: '1', expired_date: '30/11/2026' },
    });
    expect(second).not.toHaveProperty('quota');
  });

  it('the package is full again next month', async () => {
    zalo.clock.advance(3 * DAY_MS);
    await zalo.send(userId, { text: 'a' });

    zalo.clock.set(new Date('2026-12-01T02:00:00Z'));
    zalo.say(userId, 'Tháng mới');
    zalo.clock.advance(3 * DAY_MS);

    const { data } = (await zalo.send(userId, { text: 'b' })).json;
    expect(data).toMatchObject({ quota: { remain: '499', total: '500' } });
  });

  it.each([
    [0, 7 * DAY_MS],
    [-230, 7 * DAY_MS + 1],
  ])('%i answers a message %i ms after the last word of the resident', async (error, ms) => {
    zalo.clock.advance(ms);

    expect((await zalo.send(userId, { text: 'a' })).json.error).toBe(error);
  });

  it('a tap on a button opens the window again; being seen does not', async () => {
    await zalo.send(userId, withButtons([button()]));
    zalo.clock.advance(8 * DAY_MS);
    await zalo.control('POST', `/residents/${userId}/seen`);
    expect((await zalo.send(userId, { text: 'a' })).json.error).toBe(-230);

    zalo.tap(userId, 'Thủ tục');

    expect((await zalo.send(userId, { text: 'a' })).json.error).toBe(0);
  });

  it('somebody who never had to do with the page may not be written to', async () => {
    const stranger = zalo.addResident({ displayName: 'Anh Nam', follows: false });

    expect((await zalo.send(stranger, { text: 'a' })).json.error).toBe(-232);
  });

  it('a new follower gets three welcomes, after which the package pays', async () => {
    const follower = zalo.addResident({ displayName: 'Anh Nam', follows: true });

    const kinds = [];
    for (let i = 0; i < 4; i += 1) {
      const { data } = (await zalo.send(follower, { text: 'Chào' })).json;
      kinds.push((data as { quota: { quota_type: string } }).quota.quota_type);
    }

    expect(kinds).toEqual(['welcome_msg', 'welcome_msg', 'welcome_msg', 'sub_quota']);
  });

  it.each([
    [-217, 'invitation'],
    [-244, 'message_type'],
  ])('%i answers a message to somebody who blocked the page (%s)', async (error, kind) => {
    await zalo.control('POST', `/residents/${userId}/block`, { kind });
    expect((await zalo.send(userId, { text: 'a' })).json.error).toBe(error);

    await zalo.control('POST', `/residents/${userId}/block`, { kind: null });
    expect((await zalo.send(userId, { text: 'a' })).json.error).toBe(0);
  });

  it('an answer at 23:00 is allowed', async () => {
    zalo.clock.advance(14 * HOUR_MS);

    expect((await zalo.send(userId, { text: 'a' })).json.error).toBe(0);
  });

  it('the quota call tells the last interaction', async () => {
    const answer = await zalo.api('POST', '/v3.0/oa/quota/message', { body: { user_id: userId } });

    expect(answer.json.data).toMatchObject({ last_interaction: String(zalo.clock.now().getTime()) });
  });

  it('the quota call tells what is left of the package', async () => {
    const body = { quota_owner: 'OA', product_type: 'cs', quota_type: 'sub_quota' };

    const answer = await zalo.api('POST', '/v3.0/oa/quota/message', { body });

    expect(answer.json.data).toMatchObject([{ total: 500, remain: 500, valid_through: '30/11/2026' }]);
  });
});

describe('the two generations', () => {
  let zalo: TestZalo;
  afterEach(() => zalo.close());

  it.each([
    ['government', '/v3.0/oa/message/cs', -235, 'This API does not support this type of OA'],
    ['business', '/v2.0/oa/message', -240, 'MessageV2 API has been shut down, please switch to MessageV3'],
  ] as const)('a %s page is turned away from %s', async (generation, path, error, message) => {
    zalo = await startZalo({ generation, accessTokenLifeMs });
    const userId = zalo.aResident();

    const answer = await zalo.api('POST', path, {
      body: { recipient: { user_id: userId }, message: { text: 'a' } },
    });

    expect(answer.json).toEqual({ error, message });
    expect(zalo.messages(userId)).toHaveLength(1);
  });

  it('a business page is told when the message was sent', async () => {
    zalo = await startZalo({ generation: 'business' });

    const { data } = (await zalo.send(zalo.aResident(), { text: 'a' })).json;

    expect(data).toMatchObject({ sent_time: String(zalo.clock.now().getTime()) });
  });

  it('a government page is not', async () => {
    zalo = await startZalo({ generation: 'government' });

    const { data } = (await zalo.send(zalo.aResident(), { text: 'a' })).json;

    expect(data).not.toHaveProperty('sent_time');
  });
});
