import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from '@jest/globals';
import express from 'express';
import nock from 'nock';
import { createFixedClock } from '../../src/kernel/clock.ts';
import { createWording } from '../../src/kernel/i18n.ts';
import { listen, type RunningServer } from '../../src/server.ts';
import { createZaloClient } from '../../src/zalo/client.ts';
import { createOauthClient } from '../../src/zalo/oauth-client.ts';
import { createOauthGrantStore, type OauthGrantStore } from '../../src/zalo/oauth-grant-store.ts';
import { createOauthGrant } from '../../src/zalo/oauth-grant.ts';
import { challengeOf } from '../../src/zalo/oauth-pkce.ts';
import { createOauthRouter } from '../../src/zalo/oauth-router.ts';
import { createTokenCipher } from '../../src/zalo/token-cipher.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  aNewOaId,
  API_URL,
  APP_SECRET,
  ENCRYPTION_KEY,
  OAUTH_URL,
  setUpZalo,
  type ZaloSetUp,
} from './api-setup.ts';
import { APP_ID } from './fixtures.ts';
import { guardHttp } from './http-guard.ts';

guardHttp();

const PUBLIC_URL = 'https://zalo.xa-thu.example.vn';
const CALLBACK_URL = `${PUBLIC_URL}/zalo/oauth/callback`;
const OTHER_OA_ID = '2871100223399999999';
const TOKENS = { access_token: 'AT-granted', refresh_token: 'RT-granted', expires_in: '90000' };
const wording = createWording(join(process.cwd(), 'locales'));

let database: TestDatabase;
let running: RunningServer | undefined;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterEach(async () => {
  await running?.close();
  running = undefined;
});
afterAll(async () => {
  await database.drop();
});

interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

interface Site extends ZaloSetUp {
  readonly oaId: string;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Page>;
  /** Begins a grant and gives what the permission page was told. */
  start(): Promise<URLSearchParams>;
  /** Comes back from the permission page. */
  comeBack(parameters: Readonly<Record<string, string>>): Promise<Page>;
}

interface SiteOptions {
  readonly publicUrl?: string | undefined;
  readonly commune?: string;
  readonly grants?: (real: OauthGrantStore) => OauthGrantStore;
}

async function openSite(options: SiteOptions = { publicUrl: PUBLIC_URL }): Promise<Site> {
  const oaId = aNewOaId();
  // The database removes rows by the time of day, so this clock begins there.
  const zalo = setUpZalo(database.connection, { oaId, clock: createFixedClock(new Date()) });
  const { clock, keeper, profiler, rateLimit } = zalo;
  const { log } = zalo.recorded;
  const realGrants = createOauthGrantStore(database.connection, createTokenCipher(ENCRYPTION_KEY));
  const grant = createOauthGrant({
    grants: options.grants?.(realGrants) ?? realGrants,
    oauth: createOauthClient({ url: OAUTH_URL, appId: APP_ID, appSecret: APP_SECRET, timeoutMs: 200 }),
    tokens: keeper,
    describeOa(accessToken) {
      const same = () => Promise.resolve(accessToken);
      const tokens = { getAccessToken: same, refreshAfterRejection: same };
      const client = { apiUrl: API_URL, tokens, rateLimit, generation: profiler, clock, log, timeoutMs: 200 };
      return createZaloClient(client).getOa();
    },
    profiler,
    appId: APP_ID,
    oaId,
    oauthUrl: OAUTH_URL,
    publicUrl: options.publicUrl,
    clock,
    log,
  });
  const commune = options.commune ?? 'xã Thử';
  const app = express().use(createOauthRouter({ grant, wording, commune, oaId, log }));
  const server = await listen(app, 0);
  running = server;

  const get: Site['get'] = async (path, headers = {}) => {
    const response = await fetch(server.url + path, { redirect: 'manual', headers });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  return {
    ...zalo,
    oaId,
    get,
    async start() {
      const { headers } = await get('/zalo/oauth/start');
      return new URL(headers.get('location') ?? '').searchParams;
    },
    comeBack: (parameters) => get(`/zalo/oauth/callback?${new URLSearchParams(parameters).toString()}`),
  };
}

/** Zalo's token endpoint, asked once. */
function onExchange(): nock.Interceptor {
  return nock(OAUTH_URL).post('/v4/oa/access_token');
}

/** Zalo, asked whose token this is. */
function onGetOa(): nock.Interceptor {
  return nock(API_URL, { reqheaders: { access_token: TOKENS.access_token } }).get('/v2.0/oa/getoa');
}

function aPage(oaId: string): object {
  return { error: 0, message: 'Success', data: { oaid: oaId, name: 'UBND xã Thử', oa_type: 4 } };
}

/** The pair of the first start is in force, as if nothing had happened. */
async function expectNothingChanged({ keeper }: Site): Promise<void> {
  expect(await keeper.getAccessToken()).toBe('AT-seed');
}

function expectNoSecrets(site: Site, page: Page, secrets: readonly string[]): void {
  const seen = page.body + JSON.stringify([...page.headers]) + site.recorded.text();
  expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
}

describe('GET /zalo/oauth/start', () => {
  it('sends the administrator to Zalo with everything the permission page needs', async () => {
    const site = await openSite();

    const { status, headers } = await site.get('/zalo/oauth/start');

    const target = new URL(headers.get('location') ?? '');
    expect(status).toBe(302);
    expect(target.origin + target.pathname).toBe('https://oauth.zaloapp.com/v4/oa/permission');
    expect(Object.fromEntries(target.searchParams)).toEqual({
      app_id: APP_ID,
      redirect_uri: CALLBACK_URL,
      code_challenge: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      state: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    });
  });

  it('makes a new state and a new challenge every time', async () => {
    const site = await openSite();

    const [first, second] = [await site.start(), await site.start()];

    expect(first.get('state')).not.toBe(second.get('state'));
    expect(first.get('code_challenge')).not.toBe(second.get('code_challenge'));
  });

  it('takes a PUBLIC_URL with a slash at its end for the same', async () => {
    const site = await openSite({ publicUrl: `${PUBLIC_URL}/` });

    expect((await site.start()).get('redirect_uri')).toBe(CALLBACK_URL);
  });

  it('says which setting is missing, and leads nowhere, without PUBLIC_URL', async () => {
    const site = await openSite({ publicUrl: undefined });

    const { status, headers, body } = await site.get('/zalo/oauth/start');

    expect(status).toBe(503);
    expect(headers.get('location')).toBeNull();
    expect(body).toContain('Thiếu cài đặt PUBLIC_URL');
  });

  it('apologises with a page when the grant cannot be noted down', async () => {
    const away = () => Promise.reject(new Error('mongodb://user:secret@db is away'));
    const site = await openSite({ publicUrl: PUBLIC_URL, grants: (real) => ({ ...real, save: away }) });

    const page = await site.get('/zalo/oauth/start');

    expect(page.status).toBe(503);
    expect(page.body).toContain('Máy chủ đang trục trặc');
    expectNoSecrets(site, page, ['mongodb://']);
  });
});

describe('GET /zalo/oauth/callback', () => {
  it('puts the new pair in place when an administrator of the page agreed', async () => {
    const site = await openSite();
    const asked = await site.start();
    let form = new URLSearchParams();
    onExchange().reply(200, (_uri, body) => {
      form = new URLSearchParams(body as string | Record<string, string>);
      return TOKENS;
    });
    onGetOa().reply(200, aPage(site.oaId));

    const page = await site.comeBack({ code: 'c0de', oa_id: site.oaId, state: asked.get('state') ?? '' });

    expect(page.status).toBe(200);
    expect(page.body).toContain('Đã cấp quyền');
    expect(page.body).toContain('xã Thử');
    expect(form.get('grant_type')).toBe('authorization_code');
    expect(form.get('code')).toBe('c0de');
    expect(challengeOf(form.get('code_verifier') ?? '')).toBe(asked.get('code_challenge'));
    expect(await site.keeper.getAccessToken()).toBe('AT-granted');
    expect(await site.keeper.status()).toMatchObject({ source: 'grant' });
    expect(await site.profiler.generation()).toBe('v2');
    const secrets = ['AT-granted', 'RT-granted', 'c0de', form.get('code_verifier') ?? '', APP_SECRET];
    expectNoSecrets(site, page, [...secrets, asked.get('state') ?? '']);
  });

  it('takes a state once', async () => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';
    onExchange().reply(200, TOKENS);
    onGetOa().reply(200, aPage(site.oaId));
    await site.comeBack({ code: 'c0de', oa_id: site.oaId, state });

    const again = await site.comeBack({ code: 'c0de-2', oa_id: site.oaId, state });

    expect(again.status).toBe(400);
    expect(await site.keeper.getAccessToken()).toBe('AT-granted');
  });

  it('answers a used, an expired, an unknown and a missing state with the very same page', async () => {
    const site = await openSite();
    const [used, expired] = [await site.start(), await site.start()].map((asked) => asked.get('state') ?? '');
    await site.comeBack({ error: 'access_denied', state: used ?? '' });
    const come = (state: object) => site.comeBack({ code: 'c0de', oa_id: site.oaId, ...state });
    const answers = [await come({ state: used })];
    site.clock.advance(600_000);
    answers.push(await come({ state: expired }), await come({ state: 'x'.repeat(43) }), await come({}));

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers[0]?.body).toContain('Đường dẫn đã hết hiệu lực');
    await expectNothingChanged(site);
  });

  it('takes a state until ten minutes are over', async () => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';
    site.clock.advance(599_999);
    onExchange().reply(200, TOKENS);
    onGetOa().reply(200, aPage(site.oaId));

    expect((await site.comeBack({ code: 'c0de', oa_id: site.oaId, state })).status).toBe(200);
  });

  test.each([
    ['another page', { oa_id: OTHER_OA_ID }],
    ['no page', {}],
    ['something that is no page', { oa_id: '<b>1</b>' }],
  ])('does not spend the code when it names %s', async (_name, named: Record<string, string>) => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';

    const { status, body } = await site.comeBack({ code: 'c0de', state, ...named });

    expect(status).toBe(403);
    expect(body).toContain(`trang có mã ${site.oaId}`);
    expect(body).not.toContain('<b>');
    await expectNothingChanged(site);
  });

  it('does not take the tokens of another page whose administrator wrote our id into the address', async () => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';
    onExchange().reply(200, TOKENS);
    onGetOa().reply(200, aPage(OTHER_OA_ID));

    const page = await site.comeBack({ code: 'c0de', oa_id: site.oaId, state });

    expect(page.status).toBe(403);
    expect(page.body).toContain('Không đúng trang Zalo');
    await expectNothingChanged(site);
  });

  test.each([
    ['refuses the question', { error: -224, message: 'package' }],
    ['leaves out the id', { error: 0, message: 'Success', data: { name: 'UBND xã Thử' } }],
  ])('does not take tokens when Zalo %s', async (_name, answer) => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';
    onExchange().reply(200, TOKENS);
    onGetOa().reply(200, answer);

    const page = await site.comeBack({ code: 'c0de', oa_id: site.oaId, state });

    expect(page.status).toBe(502);
    expect(page.body).toContain('Chưa xác nhận được trang Zalo');
    await expectNothingChanged(site);
    expectNoSecrets(site, page, ['AT-granted', 'RT-granted']);
  });

  test.each([
    ['-14003', 'Zalo không nhận địa chỉ trả về', CALLBACK_URL],
    ['-14002', 'Zalo không nhận ứng dụng', 'ZALO_APP_ID'],
    ['-14012', 'Zalo không nhận ứng dụng', 'ZALO_APP_SECRET'],
    ['-14024', 'Zalo không nhận ứng dụng', 'Đang hoạt động'],
    ['-99999', 'Zalo không nhận ứng dụng', '-99999'],
    ['-118', 'Zalo không nhận mã cấp quyền', 'bắt đầu lại'],
    ['-14014', 'Zalo không nhận mã cấp quyền', 'bắt đầu lại'],
    ['404', 'Chưa nhận được trả lời của Zalo', 'ZALO_OAUTH_URL'],
  ])('names the cure when Zalo refuses the exchange with %s', async (error, title, cure) => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';
    onExchange().reply(200, { error, error_description: '<script>x</script>', access_token: '' });

    const { status, body } = await site.comeBack({ code: 'c0de', oa_id: site.oaId, state });

    expect(status).toBe(502);
    expect(body).toContain(`<h1>${title}</h1>`);
    expect(body).toContain(cure);
    expect(body).toContain(`Mã lỗi: ${error}`);
    expect(body).not.toContain('<script>');
    await expectNothingChanged(site);
  });

  test.each([
    ['an empty body', 200, '', 'Zalo không nhận mã cấp quyền'],
    ['a page of its gateway', 200, '<html>busy</html>', 'Chưa nhận được trả lời của Zalo'],
    ['HTTP 502', 502, '<html>bad gateway</html>', 'Chưa nhận được trả lời của Zalo'],
  ])('says so when Zalo answers the exchange with %s', async (_name, httpStatus, answer, title) => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';
    onExchange().reply(httpStatus, answer);

    const { status, body } = await site.comeBack({ code: 'c0de', oa_id: site.oaId, state });

    expect(status).toBe(502);
    expect(body).toContain(`<h1>${title}</h1>`);
    await expectNothingChanged(site);
  });

  it('says so when Zalo cannot be reached', async () => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';
    onExchange().replyWithError(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));

    const { status, body } = await site.comeBack({ code: 'c0de', oa_id: site.oaId, state });

    expect(status).toBe(502);
    expect(body).toContain('ZALO_OAUTH_URL');
  });

  it('respects a no, and the same grant cannot be finished afterwards', async () => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';

    const denied = await site.comeBack({ error: 'access_denied', error_reason: '<i>no</i>', state });
    const later = await site.comeBack({ code: 'c0de', oa_id: site.oaId, state });

    expect(denied.status).toBe(403);
    expect(denied.body).toContain('Chưa cấp quyền');
    expect(denied.body).toContain('href="/zalo/oauth/start"');
    expect(denied.body).not.toContain('<i>');
    expect(later.status).toBe(400);
    await expectNothingChanged(site);
  });

  it('names the cure when the permission page itself refused the address', async () => {
    const site = await openSite();

    const { status, body } = await site.comeBack({ error: '-14003' });

    expect(status).toBe(502);
    expect(body).toContain(CALLBACK_URL);
  });

  it('does not spend anything without a code', async () => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';

    expect((await site.comeBack({ oa_id: site.oaId, state })).status).toBe(400);
    await expectNothingChanged(site);
  });

  it('apologises with a page when the database is away', async () => {
    const away = () => Promise.reject(new Error('mongodb://user:secret@db is away'));
    const site = await openSite({ publicUrl: PUBLIC_URL, grants: (real) => ({ ...real, take: away }) });

    const page = await site.comeBack({ code: 'c0de', oa_id: site.oaId, state: 'x'.repeat(43) });

    expect(page.status).toBe(503);
    expect(page.body).toContain('Máy chủ đang trục trặc');
    expectNoSecrets(site, page, ['mongodb://', 'c0de']);
  });
});

describe('every page of a grant', () => {
  test.each(['/zalo/oauth/start', '/zalo/oauth/callback', '/zalo/oauth/callback?error=access_denied'])(
    'is not kept by browsers and does not give its address away: %s',
    async (path) => {
      const site = await openSite();

      const { headers } = await site.get(path);

      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    },
  );

  it('speaks English to a browser that asks for it', async () => {
    const site = await openSite();

    const { body } = await site.get('/zalo/oauth/callback', { 'accept-language': 'en-GB,en;q=0.9' });

    expect(body).toContain('<html lang="en">');
    expect(body).toContain('This link is over');
  });

  it('shows nothing of what was sent, however it is written', async () => {
    const site = await openSite();
    const evil = `"'><script>alert(1)</script>`;
    const names = ['state', 'code', 'oa_id', 'error', 'error_name', 'error_description', 'anything'];

    const page = await site.comeBack(Object.fromEntries(names.map((name) => [name, evil])));

    expectNoSecrets(site, page, ['script>', 'alert(1)']);
  });

  it('shows special characters in a name as they are', async () => {
    const site = await openSite({ publicUrl: PUBLIC_URL, commune: 'xã <A> & "B"' });

    const { body } = await site.comeBack({ error: 'access_denied' });
    const wrong = await site.comeBack({ code: 'c', state: (await site.start()).get('state') ?? '' });

    expect(body).not.toContain('<A>');
    expect(wrong.body).toContain('xã &lt;A&gt; &amp; &quot;B&quot;');
  });

  test.each(['/zalo/oauth/start', '/zalo/oauth/callback'])(
    'is refused to an address that asks too often: %s',
    async (path) => {
      const site = await openSite();

      const statuses: number[] = [];
      for (let i = 0; i < 20; i += 1) statuses.push((await site.get(path)).status);
      const refused = await site.get(path);

      expect(statuses).not.toContain(429);
      expect(refused.status).toBe(429);
      expect(refused.body).toContain('Thử lại quá nhiều lần');
    },
  );

  it('is logged by what became of it, and no more', async () => {
    const site = await openSite();
    const state = (await site.start()).get('state') ?? '';
    onExchange().reply(200, { error: '-118' });

    await site.comeBack({ code: 'c0de', oa_id: site.oaId, state });

    expect(site.recorded.lines.map(({ level, message }) => [level, message])).toEqual([
      ['info', 'zalo.oauth.begun'],
      ['warn', 'zalo.oauth.not_granted'],
    ]);
    expect(site.recorded.lines[1]).toMatchObject({ outcome: 'codeRefused', oauthCode: '-118' });
    expect(site.recorded.text()).not.toContain(state);
  });
});
