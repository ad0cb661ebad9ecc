import { afterEach, describe, expect, it, test } from '@jest/globals';
import express from 'express';
import { listen, type RunningServer } from '../../src/server.ts';
import { createDomainVerificationRouter } from '../../src/zalo/domain-verification-router.ts';

const SENTENCE = 'There Is No Limit To What You Can Accomplish Using Zalo!';

let running: RunningServer | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function get(path: string, codes: readonly string[], title = 'Xã Thử') {
  const homePage = { title, text: 'Trợ lý Zalo của xã.' };
  running = await listen(express().use(createDomainVerificationRouter({ codes, homePage })), 0);
  const response = await fetch(`${running.url}${path}`, { redirect: 'manual' });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: await response.text(),
  };
}

describe('Zalo, checking whose domain this is,', () => {
  test.each(['AbC123', 'D-e_F'])('finds the file of code %s', async (code) => {
    expect(await get(`/zalo_verifier${code}.html`, ['AbC123', 'D-e_F'])).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
      body: SENTENCE,
    });
  });

  test.each(['/zalo_verifierabc123.html', '/zalo_verifierOther.html', '/zalo_verifier.html'])(
    'finds nothing at %s',
    async (path) => {
      expect(await get(path, ['AbC123'])).toMatchObject({ status: 404 });
    },
  );

  it('finds the tags of all codes in the home page', async () => {
    const { status, body } = await get('/', ['AbC123', 'DeF456']);

    expect(status).toBe(200);
    expect(body).toContain('<meta name="zalo-platform-site-verification" content="AbC123" />');
    expect(body).toContain('<meta name="zalo-platform-site-verification" content="DeF456" />');
    expect(body.indexOf('zalo-platform')).toBeLessThan(body.indexOf('</head>'));
  });
});

describe('the home page', () => {
  it('says whose it is, without tags when no code is configured', async () => {
    const { body, type } = await get('/', []);

    expect(type).toBe('text/html; charset=utf-8');
    expect(body).toContain('<h1>Xã Thử</h1>');
    expect(body).toContain('Trợ lý Zalo của xã.');
    expect(body).not.toContain('zalo-platform-site-verification');
  });

  it('shows special characters in a name as they are', async () => {
    const { body } = await get('/', [], `<script>alert("1")</script> & 'co'`);

    expect(body).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;co&#39;');
    expect(body).not.toContain('<script>');
  });
});
