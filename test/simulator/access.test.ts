import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { APP_ID, APP_SECRET, OA_ID, startZalo, type TestZalo } from './harness.ts';

const GETOA = '/v2.0/oa/getoa';

describe('who may call', () => {
  let zalo: TestZalo;
  beforeEach(async () => {
    zalo = await startZalo();
  });
  afterEach(() => zalo.close());

  it.each([
    ['no token', '', {}],
    ['an unknown token', '', { access_token: 'AT-unknown' }],
    ['the token as Bearer', '', { authorization: 'Bearer TOKEN' }],
    ['the token in the address', '?access_token=TOKEN', {}],
  ])('-216 answers %s, with HTTP 200', async (_name, query, headers: Record<string, string>) => {
    const { accessToken } = zalo.tokens();
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('TOKEN', accessToken)]),
    );

    const answer = await zalo.api('GET', GETOA + query.replace('TOKEN', accessToken), { headers: filled });

    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ error: -216, message: 'Access token is invalid' });
  });

  it('a token lives 25 hours', async () => {
    zalo.clock.advance(25 * 3_600_000 - 1);
    expect((await zalo.api('GET', GETOA)).json.error).toBe(0);

    zalo.clock.advance(1);
    expect((await zalo.api('GET', GETOA)).json).toEqual({ error: -216, message: 'Access token has expired' });
  });

  it('a refresh gives a new pair, and the old access token dies at once', async () => {
    const old = zalo.tokens();

    const answer = await zalo.refresh(old.refreshToken);

    expect(JSON.parse(answer.text)).toEqual({
      access_token: zalo.tokens().accessToken,
      refresh_token: zalo.tokens().refreshToken,
      expires_in: '90000',
    });
    expect((await zalo.api('GET', GETOA)).json.error).toBe(0);
    const late = await zalo.api('GET', GETOA, { headers: { access_token: old.accessToken } });
    expect(late.json.error).toBe(-220);
  });

  it('of two refreshes with the same token one wins', async () => {
    const { refreshToken } = zalo.tokens();

    const answers = await Promise.all([zalo.refresh(refreshToken), zalo.refresh(refreshToken)]);

    const winners = answers.filter((answer) => answer.text.includes('access_token'));
    const losers = answers.filter((answer) => answer.json.error === -14014);
    expect([winners.length, losers.length]).toEqual([1, 1]);
    expect((await zalo.api('GET', GETOA)).json.error).toBe(0);
  });

  it.each([
    [-14014, 'an unknown refresh token', { refresh_token: 'RT-unknown' }],
    [-14002, 'another app id', { app_id: '1' }],
    [-14012, 'a wrong secret', { secret_key: 'wrong' }],
    [-118, 'another grant', { grant_type: 'password' }],
    [-118, 'an unknown code', { grant_type: 'authorization_code', code: 'x' }],
  ])('%i answers %s, and the pair stays good', async (error, _name, changes: Record<string, string>) => {
    const before = zalo.tokens();

    const answer = await zalo.refresh(before.refreshToken, changes);

    expect(answer.status).toBe(200);
    expect(answer.json.error).toBe(error);
    expect(zalo.tokens()).toEqual(before);
  });

  it('a refresh token lives 90 days', async () => {
    zalo.clock.advance(90 * 24 * 3_600_000);

    expect((await zalo.refresh(zalo.tokens().refreshToken)).json.error).toBe(-14014);
  });

  it('a refresh that is lost on the way back has used up the token', async () => {
    const { refreshToken } = zalo.tokens();
    zalo.faults({ tokenErrorsAfterAccepting: 1 });

    expect((await zalo.refresh(refreshToken)).status).toBe(502);
    expect((await zalo.refresh(refreshToken)).json.error).toBe(-14014);
  });

  it('a used refresh token may be answered with nothing at all', async () => {
    zalo.faults({ emptyTokenAnswers: 1 });

    const answer = await zalo.refresh('RT-used');

    expect([answer.status, answer.text]).toEqual([200, '']);
  });

  it('/v4/oa/refresh_token does not exist', async () => {
    const answer = await zalo.api('POST', '/v4/oa/refresh_token');

    expect(answer.status).toBe(200);
    expect(answer.json.error).toBe('404');
  });

  it('an administrator grants the app a pair by way of the permission page', async () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const query = new URLSearchParams({
      app_id: APP_ID,
      redirect_uri: 'https://xa.example.vn/zalo/oauth/callback',
      code_challenge: challenge,
      state: 'abc',
    });

    const page = await fetch(`${zalo.url}/v4/oa/permission?${query.toString()}`, { redirect: 'manual' });
    const callback = new URL(page.headers.get('location') ?? '');
    const code = callback.searchParams.get('code') ?? '';
    const grant = { grant_type: 'authorization_code', code, code_verifier: verifier };

    expect(callback.searchParams.get('oa_id')).toBe(OA_ID);
    expect(callback.searchParams.get('state')).toBe('abc');
    expect((await zalo.refresh('', grant)).text).toContain(zalo.tokens().accessToken);
    expect((await zalo.refresh('', grant)).json.error).toBe(-118);
  });

  it.each([
    [-14002, { app_id: '1', redirect_uri: 'https://a.vn/callback' }],
    [-14003, { app_id: APP_ID, redirect_uri: 'https://a.vn/callback?x=1' }],
    [-14003, { app_id: APP_ID, redirect_uri: 'nowhere' }],
  ])('%i answers a wrong permission link', async (error, query: Record<string, string>) => {
    const answer = await zalo.api('GET', `/v4/oa/permission?${new URLSearchParams(query).toString()}`);

    expect(answer.json.error).toBe(error);
  });

  it('a code without its verifier is worth nothing', async () => {
    const query = `app_id=${APP_ID}&redirect_uri=https://a.vn/c&code_challenge=x`;
    const page = await fetch(`${zalo.url}/v4/oa/permission?${query}`, { redirect: 'manual' });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';

    const answer = await zalo.refresh('', { grant_type: 'authorization_code', code });

    expect(answer.json.error).toBe(-118);
  });

  it('the secret proof is not needed, but a wrong one is refused', async () => {
    const access_token = zalo.tokens().accessToken;
    const proof = createHmac('sha256', APP_SECRET).update(access_token).digest('hex');
    const withProof = (appsecret_proof: string): Promise<{ json: { error: number } }> =>
      zalo.api('GET', GETOA, { headers: { access_token, appsecret_proof } });

    expect((await withProof(proof)).json.error).toBe(0);
    expect((await withProof('wrong')).json.error).toBe(-242);
  });

  it.each([
    ['GET', '/v3.0/oa/message'],
    ['GET', '/v3.0/oa/message/cs'],
    ['POST', '/v2.0/article/create'],
    ['GET', '/v9.9/anything'],
    ['POST', '/nowhere'],
  ])('%s %s is an empty API, with HTTP 200', async (method, path) => {
    const answer = await zalo.api(method, path);

    expect(answer.status).toBe(200);
    expect(answer.json.error).toBe(404);
  });

  it('no token is ever recorded', async () => {
    const before = zalo.tokens();
    await zalo.api('GET', `${GETOA}?access_token=${before.accessToken}`);
    await zalo.refresh(before.refreshToken);

    const record = JSON.stringify(zalo.calls);

    const after = zalo.tokens();
    for (const token of [before.accessToken, before.refreshToken, after.accessToken, after.refreshToken]) {
      expect(record).not.toContain(token);
    }
    expect(zalo.calls).toHaveLength(2);
  });
});

describe('how often one may call', () => {
  it('the 4th call in a minute is refused at a limit of 3, and the next minute is free again', async () => {
    const zalo = await startZalo({ rateLimitPerMinute: 3 });

    const answers = [];
    for (let i = 0; i < 4; i += 1) answers.push(await zalo.api('GET', GETOA));
    zalo.clock.advance(60_000);
    const next = await zalo.api('GET', GETOA);
    await zalo.close();

    expect(answers.map((answer) => answer.json.error)).toEqual([0, 0, 0, -32]);
    expect(answers.map((answer) => answer.headers.get('x-ratelimit-remain'))).toEqual(['2', '1', '0', '0']);
    expect(next.json.error).toBe(0);
    expect(next.headers.get('x-ratelimit-limit')).toBe('3');
  });
});
