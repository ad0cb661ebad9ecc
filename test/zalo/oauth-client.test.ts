import { describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { createOauthClient } from '../../src/zalo/oauth-client.ts';
import { findOauthRefusal, OAUTH_REFUSALS } from '../../src/zalo/oauth-codes.ts';
import { APP_SECRET, OAUTH_URL } from './api-setup.ts';
import { APP_ID } from './fixtures.ts';
import { guardHttp } from './http-guard.ts';

guardHttp();

const oauth = createOauthClient({ url: OAUTH_URL, appId: APP_ID, appSecret: APP_SECRET });

describe('the token endpoint', () => {
  it('exchanges the code of a grant together with its verifier', async () => {
    nock(OAUTH_URL, { reqheaders: { secret_key: APP_SECRET } })
      .post('/v4/oa/access_token', {
        app_id: APP_ID,
        code: 'c0de',
        code_verifier: 'verifier',
        grant_type: 'authorization_code',
      })
      .reply(200, { access_token: 'AT', refresh_token: 'RT', expires_in: '90000' });

    expect(await oauth.exchangeCode('c0de', 'verifier')).toEqual({
      kind: 'granted',
      accessToken: 'AT',
      refreshToken: 'RT',
      lifeMs: 90_000_000,
    });
  });

  it('that cannot be reached has used nothing up', async () => {
    nock(OAUTH_URL)
      .post('/v4/oa/access_token')
      .replyWithError(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));

    expect(await oauth.refresh('RT')).toEqual({ kind: 'not_reached', code: 'ENOTFOUND' });
  });
});

it.each([...OAUTH_REFUSALS.keys(), 'no_answer_ECONNRESET', '-9999'])(
  'the refusal %s names a cure',
  (code) => {
    const { meaning, cure } = findOauthRefusal(code);

    expect(meaning.length).toBeGreaterThan(10);
    expect(cure).toMatch(/\.$/);
  },
);
