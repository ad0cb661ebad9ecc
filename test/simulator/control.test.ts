import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startApp, startZalo, type App, type TestZalo } from './harness.ts';

describe('the control API', () => {
  let app: App;
  let zalo: TestZalo;
  let userId: string;
  beforeEach(async () => {
    app = await startApp();
    zalo = await startZalo({ webhookUrl: app.url });
    const { json } = await zalo.control('POST', '/residents', { displayName: 'Bà Sáu', follows: true });
    userId = (json as { userId: string }).userId;
  });
  afterEach(async () => {
    await zalo.close();
    await app.close();
  });

  it('a resident writes and reads the conversation, oldest first', async () => {
    const { json } = await zalo.control('POST', `/residents/${userId}/messages`, { text: 'Xin chào' });
    await zalo.send(userId, {
      text: 'Chào bác',
      attachment: {
        type: 'template',
        payload: { buttons: [{ title: 'Thủ tục', type: 'oa.query.show', payload: '#tthc' }] },
      },
    });

    const { json: messages } = await zalo.control('GET', `/residents/${userId}/messages`);

    const at = zalo.clock.now().toISOString();
    expect(messages).toEqual([
      { from: 'resident', kind: 'text', text: 'Xin chào', buttons: [], at, ...(json as object) },
      expect.objectContaining({
        from: 'oa',
        text: 'Chào bác',
        buttons: [{ title: 'Thủ tục', type: 'oa.query.show', payload: '#tthc' }],
        at,
        msgId: expect.stringMatching(/^[0-9a-f]{20}$/),
      }),
    ]);
  });

  it.each([
    { image: { url: 'https://a.vn/a.jpg' } },
    { image: {} },
    { location: { latitude: 16.1, longitude: 108.2 } },
    { audio: { url: 'https://a.vn/a.amr' } },
    { sticker: { id: '46991' } },
    { file: { name: 'don.pdf' } },
  ])('a resident sends %j', async (content) => {
    const { status } = await zalo.control('POST', `/residents/${userId}/messages`, content);
    await zalo.idle();

    expect(status).toBe(201);
    expect(app.names().at(-1)).toBe(`user_send_${Object.keys(content)[0] ?? ''}`);
  });

  it('a tap gives what happened', async () => {
    zalo.say(userId, 'a');
    const buttons = [{ title: 'Thủ tục', type: 'oa.query.show', payload: '#tthc' }];
    await zalo.send(userId, { text: 'b', attachment: { type: 'template', payload: { buttons } } });

    const { json } = await zalo.control('POST', `/residents/${userId}/tap`, { title: 'Thủ tục' });

    expect(json).toMatchObject({ action: 'sent' });
    expect(zalo.messages(userId).at(-1)).toMatchObject({ from: 'resident', text: '#tthc' });
  });

  it('a person answers', async () => {
    await zalo.control('POST', `/residents/${userId}/admin-reply`, { text: 'Chào bác' });

    expect(zalo.messages(userId)).toMatchObject([{ from: 'admin', text: 'Chào bác' }]);
  });

  it.each([
    ['/residents', { displayName: '' }, 400],
    ['/residents', undefined, 400],
    ['/residents/1/messages', { text: 'a' }, 404],
    ['/residents/ID/messages', {}, 400],
    ['/residents/ID/messages', { song: 'a' }, 400],
    ['/residents/ID/messages', { text: 'a', quoteMsgId: 'nothing' }, 400],
    ['/residents/ID/tap', { title: 'Không có' }, 404],
    ['/residents/ID/block', { kind: 'x' }, 400],
    ['/clock', { advanceMs: -1 }, 400],
    ['/webhook', { url: 'nowhere' }, 400],
  ])('POST %s with %j is refused', async (path, body, expected) => {
    const { status, json } = await zalo.control('POST', path.replace('ID', userId), body);

    expect(status).toBe(expected);
    expect(json).toEqual({ error: expect.any(String) });
  });

  it('the clock moves', async () => {
    const { json } = await zalo.control('POST', '/clock', { advanceMs: 3_600_000 });

    expect(json).toEqual({ now: new Date(zalo.clock.now().getTime() + 3_600_000).toISOString() });
  });

  it('the state shows the token, the webhook and the faults', async () => {
    zalo.faults({ rateLimit: 2, tokenExpired: true });

    const { json } = await zalo.control('GET', '/state');

    expect(json).toMatchObject({
      generation: 'government',
      webhook: { url: app.url, subscribed: true, waiting: 0 },
      tokens: { expired: true, refreshes: 0 },
      packageQuota: { total: 500, remain: 500 },
      faults: { rateLimit: 2, nightForCs: false },
    });
    expect(JSON.stringify(json)).not.toContain(zalo.tokens().accessToken);
  });

  it('calls and webhooks can be listed, calls also from a point on', async () => {
    await zalo.api('GET', '/v2.0/oa/getoa');
    await zalo.send(userId, { text: '' });
    await zalo.idle();

    expect((await zalo.control('GET', '/calls?after=1')).json).toMatchObject([
      { seq: 2, method: 'POST', path: '/v2.0/oa/message', status: 200, error: -201 },
    ]);
    expect((await zalo.control('GET', '/webhooks')).json).toMatchObject([
      { event: 'follow', userId, state: 'delivered', attempts: [{ status: 200, retry: 0 }] },
    ]);
  });

  it('the list of residents counts what is unread', async () => {
    zalo.adminReply(userId, 'Chào bác');

    expect((await zalo.control('GET', '/residents')).json).toMatchObject([
      { userId, displayName: 'Bà Sáu', follows: true, blocked: null, lastText: 'Chào bác', unread: 1 },
    ]);
  });

  it('changes are streamed by the name of the conversation', async () => {
    const stream = await fetch(`${zalo.url}/control/stream`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();

    zalo.say(userId, 'Alo');
    const note = await reader?.read();
    await reader?.cancel();

    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    expect(note?.value).toBe(`data: {"userIds":["${userId}"]}\n\n`);
  });

  it('waiting for something that never happens ends with an error', async () => {
    await expect(zalo.waitFor(() => false, 20)).rejects.toThrow('within 20 ms');
  });
});

describe('media and the page', () => {
  let zalo: TestZalo;
  beforeEach(async () => {
    zalo = await startZalo();
  });
  afterEach(() => zalo.close());

  it('an uploaded picture is served as it came, and as nothing else', async () => {
    const bytes = Buffer.from('89504e470d0a1a0a', 'hex');
    const upload = await fetch(`${zalo.url}/control/media`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: bytes,
    });
    const { url } = (await upload.json()) as { url: string };

    const file = await fetch(url);

    expect(upload.status).toBe(201);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('a web page cannot be uploaded', async () => {
    const headers = { 'content-type': 'text/html' };

    const upload = await fetch(`${zalo.url}/control/media`, { method: 'POST', headers, body: '<script>' });

    expect(upload.status).toBe(400);
  });

  it.each(['nothing.png', '..%2Fsimulator.ts', 'README.md', 'upload-%2e%2e.png'])(
    '/media/%s is not there',
    async (name) => {
      expect((await fetch(`${zalo.url}/media/${name}`)).status).toBe(404);
    },
  );

  it('the page and its parts come with a policy that lets nothing foreign or inline run', async () => {
    const page = await fetch(zalo.url);
    const html = await page.text();
    const parts = [...html.matchAll(/(?:src|href)="(\/?[^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '');

    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self'");
    expect(html).not.toMatch(/<script(?![^>]*src)|style=|onclick=|https?:/);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect((await fetch(new URL(part, zalo.url))).status).toBe(200);
  });

  it('no script of the page writes HTML', async () => {
    const html = await (await fetch(zalo.url)).text();
    const [, entry = ''] = /<script[^>]+src="([^"]+)"/.exec(html) ?? [];
    const queue = [entry];
    const seen = new Set<string>();
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const script = await (await fetch(new URL(path, zalo.url))).text();
      expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
      const imports = [...script.matchAll(/from '(\.\/[^']+)'/g)].map((match) => match[1] ?? '');
      queue.push(...imports);
    }

    expect(seen.size).toBeGreaterThan(2);
  });
});

describe('a restart', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps people, conversations, tokens, the clock and uploads', async () => {
    const stateFile = join(folder, 'deep', 'state.json');
    const first = await startZalo({ stateFile, accessTokenLifeMs: 1e9 });
    const userId = first.aResident();
    await first.refresh(first.tokens().refreshToken);
    await first.advanceClock(3_600_000);
    const before = { messages: first.messages(userId), tokens: first.tokens() };
    await first.close();

    const second = await startZalo({ stateFile, tokens: { accessToken: 'stale', refreshToken: 'stale' } });
    const after = { messages: second.messages(userId), tokens: second.tokens() };
    const { json } = await second.control('GET', '/state');
    const answer = await second.send(userId, { text: 'Vẫn nhớ bác' });
    await second.close();

    expect(after).toEqual(before);
    expect(json).toMatchObject({ clockOffsetMs: 3_600_000, tokens: { refreshes: 1 } });
    expect(answer.json.error).toBe(0);
  });

  it('a new token pair is on disk before anybody learns it', async () => {
    const stateFile = join(folder, 'state.json');
    const zalo = await startZalo({ stateFile });
    await zalo.refresh(zalo.tokens().refreshToken);

    const onDisk = await readFile(stateFile, 'utf8');
    const { accessToken } = zalo.tokens();
    await zalo.close();

    expect(onDisk).toContain(accessToken);
  });

  it('a state file of another version is not guessed at', async () => {
    const stateFile = join(folder, 'state.json');
    await writeFile(stateFile, '{"version":9}');

    await expect(startZalo({ stateFile })).rejects.toThrow('delete it to start afresh');
  });
});
