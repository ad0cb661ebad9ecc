import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Generation } from '../../scripts/simulator/types.ts';
import { OA_ID, startZalo, type Answer, type TestZalo } from './harness.ts';

let zalo: TestZalo;
const start = async (generation: Generation): Promise<void> => {
  zalo = await startZalo({ generation, accessTokenLifeMs: 90 * 24 * 3_600_000 });
};
afterEach(() => zalo.close());

const get = (path: string, data?: string): Promise<Answer> =>
  zalo.api('GET', data === undefined ? path : `${path}?data=${encodeURIComponent(data)}`);

describe.each([
  ['government', 4],
  ['business', 2],
] as const)('a %s page', (generation, oaType) => {
  beforeEach(() => start(generation));

  it(`is of type ${oaType}`, async () => {
    zalo.addResident({ displayName: 'Bà Sáu', follows: true });
    zalo.addResident({ displayName: 'Anh Nam', follows: false });

    expect((await get('/v2.0/oa/getoa')).json.data).toMatchObject({
      oaid: OA_ID,
      oa_type: oaType,
      num_follower: 1,
      package_name: 'Tăng trưởng',
    });
  });

  it('reads a conversation, newest first, ten at a time', async () => {
    const userId = zalo.aResident();
    for (let i = 1; i <= 12; i += 1) await zalo.send(userId, { text: `câu ${i}` });

    const first = await get('/v2.0/oa/conversation', `{"user_id":${userId},"offset":0,"count":10}`);
    const second = await get('/v2.0/oa/conversation', `{"offset":10,"count":10,"user_id":${userId}}`);

    const entries = first.json.data as readonly { readonly message: string; readonly message_id: string }[];
    expect(entries.map((entry) => entry.message)).toEqual(
      Array.from({ length: 10 }, (_, i) => `câu ${12 - i}`),
    );
    expect(entries[0]).toMatchObject({
      src: 0,
      time: zalo.clock.now().getTime(),
      sent_time: '09:00:00 23/11/2026',
      type: 'text',
      message_id: zalo.messages(userId).at(-1)?.msgId,
      from_id: OA_ID,
      to_id: userId,
      to_display_name: 'Bà Sáu',
    });
    expect(second.json.data).toMatchObject([{ message: 'câu 2' }, { message: 'câu 1' }, { src: 1 }]);
  });

  it.each([
    ['an id in quotes', (id: string) => `{"user_id":"${id}","offset":0,"count":10}`],
    ['an id rounded by JavaScript', (id: string) => JSON.stringify({ user_id: Number(id), count: 10 })],
    ['no id', () => '{"offset":0}'],
    ['no JSON', () => 'x'],
  ])('a conversation asked for with %s is refused', async (_name, data) => {
    // The last digits make sure that this id does not survive as a JavaScript number.
    let userId = zalo.aResident();
    while (String(Number(userId)) === userId) userId = zalo.aResident();

    expect((await get('/v2.0/oa/conversation', data(userId))).json).toEqual({
      error: -201,
      message: 'user_id is not valid',
    });
  });

  it('more than ten lines at once are refused', async () => {
    const userId = zalo.aResident();

    expect((await get('/v2.0/oa/conversation', `{"user_id":${userId},"count":11}`)).json.error).toBe(-201);
    expect((await get('/v2.0/oa/listrecentchat', '{"offset":0,"count":11}')).json.error).toBe(-201);
  });

  it('shows pictures and places in the history', async () => {
    const userId = zalo.aResident();
    zalo.say(userId, { image: { url: 'http://a.zdn.vn/a.jpg' }, text: 'đây' });
    zalo.say(userId, { location: { latitude: 16.1, longitude: 108.2 } });

    const { data } = (await get('/v2.0/oa/conversation', `{"user_id":${userId}}`)).json;

    expect(data).toMatchObject([
      { type: 'location', location: '{"latitude":"16.1","longitude":"108.2"}' },
      { type: 'photo', message: 'đây', url: 'http://a.zdn.vn/a.jpg', thumb: 'http://a.zdn.vn/a.jpg' },
      { type: 'text' },
    ]);
  });

  it('lists the newest chats first, one line each', async () => {
    const older = zalo.aResident();
    zalo.clock.advance(1000);
    const newer = zalo.aResident();

    const { data } = (await get('/v2.0/oa/listrecentchat', '{"offset":0,"count":10}')).json;

    expect((data as { from_id: string }[]).map((entry) => entry.from_id)).toEqual([newer, older]);
  });
});

describe('profiles on a business page', () => {
  beforeEach(() => start('business'));

  it('user/detail gives the name', async () => {
    const userId = zalo.aResident();

    expect((await get('/v3.0/oa/user/detail', JSON.stringify({ user_id: userId }))).json.data).toMatchObject({
      user_id: userId,
      display_name: 'Bà Sáu',
      user_is_follower: true,
      user_last_interaction_date: '23/11/2026',
    });
  });

  it.each(['{"user_id":"1"}', '{}', 'x'])('user/detail refuses %s', async (data) => {
    expect((await get('/v3.0/oa/user/detail', data)).json.error).toBe(-201);
  });

  it('user/getlist pages and filters', async () => {
    const longAgo = zalo.aResident();
    zalo.clock.advance(10 * 24 * 3_600_000);
    const today = zalo.aResident();
    const gone = zalo.aResident();
    zalo.unfollow(gone);
    const list = async (query: object): Promise<unknown> =>
      (await get('/v3.0/oa/user/getlist', JSON.stringify({ offset: 0, count: 50, ...query }))).json.data;

    expect(await list({ count: 1 })).toEqual({
      total: 3,
      count: 1,
      offset: 0,
      users: [{ user_id: longAgo }],
    });
    expect(await list({ is_follower: 'false' })).toMatchObject({ users: [{ user_id: gone }] });
    const l7d = { is_follower: 'true', last_interaction_period: 'L7D' };
    expect(await list(l7d)).toMatchObject({ total: 1, users: [{ user_id: today }] });
    expect(await list({ last_interaction_period: 'TODAY' })).toMatchObject({ total: 2 });
    expect(await list({ last_interaction_period: 'YESTERDAY' })).toMatchObject({ total: 0 });
    expect(await list({ last_interaction_period: '2026_11_23:2026_11_24' })).toMatchObject({ total: 1 });
    expect(await list({ last_interaction_period: 'L30D' })).toMatchObject({ total: 3 });
  });

  it('more than 50 people at once are refused', async () => {
    expect((await get('/v3.0/oa/user/getlist', '{"offset":0,"count":51}')).json.error).toBe(-201);
  });

  it.each(['/v2.0/oa/getprofile', '/v2.0/oa/getfollowers'])('%s is closed', async (path) => {
    const userId = zalo.aResident();

    expect((await get(path, `{"user_id":${userId},"offset":0,"count":5}`)).json.error).toBe(-235);
  });
});

describe('profiles on a government page', () => {
  beforeEach(() => start('government'));

  it('getprofile gives the name for a raw id', async () => {
    const userId = zalo.aResident();

    const { data } = (await get('/v2.0/oa/getprofile', `{"user_id":${userId}}`)).json;

    expect(data).toMatchObject({ user_id: userId, display_name: 'Bà Sáu' });
  });

  it.each([
    [-201, (id: string) => `{"user_id":"${id}"}`],
    [-201, () => '{"user_id":1}'],
  ])('%i answers getprofile with another id', async (error, data) => {
    expect((await get('/v2.0/oa/getprofile', data(zalo.aResident()))).json.error).toBe(error);
  });

  it('somebody who does not follow has no profile', async () => {
    const userId = zalo.aResident();
    zalo.unfollow(userId);

    expect((await get('/v2.0/oa/getprofile', `{"user_id":${userId}}`)).json.error).toBe(-213);
  });

  it('getfollowers lists followers only', async () => {
    const userId = zalo.aResident();
    zalo.addResident({ displayName: 'Anh Nam', follows: false });

    const { data } = (await get('/v2.0/oa/getfollowers', '{"offset":0,"count":50}')).json;

    expect(data).toEqual({ total: 1, followers: [{ user_id: userId }] });
  });

  it.each(['/v3.0/oa/user/detail', '/v3.0/oa/user/getlist'])('%s is closed', async (path) => {
    expect((await get(path, '{"offset":0,"count":5}')).json.error).toBe(-235);
  });
});
