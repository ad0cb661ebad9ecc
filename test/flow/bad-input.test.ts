import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMemoryLog, type MemoryLog } from '../support/memory-log.ts';
import { startApplication, type TestApplication } from '../support/application.ts';

const APP_ID = '4021557788990012345';
const OA_ID = '2871100223344556677';
const KEY = 'oa-secret-key-of-the-tests';
let app: TestApplication;
let log: MemoryLog;

beforeAll(async () => {
  log = createMemoryLog();
  app = await startApplication({ log: log.logger });
});

afterAll(async () => {
  await app.stop();
});

async function post(body: string, signature?: string): Promise<number> {
  const timestamp = /"timestamp":"?(\d+)/.exec(body)?.[1] ?? '';
  const mac = createHash('sha256')
    .update(APP_ID + body + timestamp + KEY)
    .digest('hex');
  const response = await fetch(`${app.url}/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-zevent-signature': signature ?? `mac=${mac}` },
    body,
  });
  return response.status;
}

function textEvent(userId: string, text: string, extra: Record<string, unknown> = {}): string {
  return JSON.stringify({
    app_id: APP_ID,
    sender: { id: userId },
    recipient: { id: OA_ID },
    event_name: 'user_send_text',
    message: {
      text,
      msg_id: createHash('sha1')
        .update(text + JSON.stringify(extra))
        .digest('hex')
        .slice(0, 20),
    },
    timestamp: String(Date.now()),
    ...extra,
  });
}

async function inboxCount(filter: Record<string, unknown> = {}): Promise<number> {
  return app.database.connection.collection('inbox').countDocuments(filter);
}

describe('what Zalo, or somebody else, may send to the webhook', () => {
  it('a wrong signature is acknowledged, dropped and counted', async () => {
    const before = await inboxCount();

    expect(await post(textEvent('7120345566778899001', 'giả mạo'), `mac=${'0'.repeat(64)}`)).toBe(200);

    expect(await inboxCount()).toBe(before);
    expect(log.codes()).toContain('signature.invalid');
    expect(await (await fetch(`${app.url}/metrics`)).text()).toContain('bad_signature_total 1');
  });

  it.each([
    ['broken JSON', '{"timestamp":"1795312800123","event_name":'],
    ['an empty body', ''],
    ['a body that is no object', '[1,2,3]'],
    ['an event without a name', '{"timestamp":"1795312800123"}'],
  ])('%s is acknowledged and stores nothing', async (_name, body) => {
    const before = await inboxCount();

    expect(await post(body)).toBe(200);
    expect(await inboxCount()).toBe(before);
  });

  it('a body of two megabytes is acknowledged and stores nothing', async () => {
    const before = await inboxCount();

    expect(await post(textEvent('7120345566778899001', 'x'.repeat(2_000_000)))).toBe(200);
    expect(await inboxCount()).toBe(before);
  });

  it('an unknown event is recorded and ignored', async () => {
    expect(await post(textEvent('7120345566778899001', 'x', { event_name: 'user_did_something_new' }))).toBe(
      200,
    );

    expect(await inboxCount({ eventName: 'user_did_something_new', state: 'ignored' })).toBe(1);
  });

  it('an event with fields missing is recorded and ignored', async () => {
    expect(await post('{"event_name":"user_send_text","timestamp":"1795312800123"}')).toBe(200);

    expect(await inboxCount({ eventName: 'user_send_text', state: 'ignored' })).toBe(1);
  });

  it('ids that came as numbers keep all their digits', async () => {
    const resident = app.resident();
    const body = textEvent(resident.userId, 'chào từ số').replace(
      `"sender":{"id":"${resident.userId}"}`,
      `"sender":{"id":${resident.userId}}`,
    );

    expect(await post(body)).toBe(200);
    await app.settled();

    expect(await inboxCount({ 'event.residentId': resident.userId })).toBe(1);
    expect(log.events()).toContain('zalo.numeric_id');
  });

  it('the same event fifty times at once is answered once', async () => {
    const resident = app.resident();
    await resident.says('xin chào');
    const before = app.simulator.messages(resident.userId).length;
    const body = textEvent(resident.userId, 'cảm ơn');

    const statuses = await Promise.all(Array.from({ length: 50 }, () => post(body)));
    await app.settled();

    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(app.simulator.messages(resident.userId).length - before).toBe(1);
  });

  it.each([
    ['10,000 characters', 'đường hỏng '.repeat(900)],
    ['emoji only', '👵🏽👍🏽🇻🇳'],
    ['decomposed letters', 'hồ sơ của tôi đến đâu rồi'.normalize('NFD')],
    ['zero-width characters', 'h\u200bồ\u200d s\ufeffơ'],
    ['zero-width characters only', '\u200b\u200b'],
    ['HTML', '<script>alert(1)</script>'],
    ['control characters', 'a\u0001b\u0000c'],
  ])('a message of %s gets an answer', async (_name, text) => {
    const answers = await app.resident().says(text);

    expect(answers.length).toBeGreaterThan(0);
    expect(answers.every((answer) => answer.length > 0 && answer.length <= 2000)).toBe(true);
  });

  it('an event two hours old is still answered', async () => {
    const resident = app.resident();
    const body = textEvent(resident.userId, 'xin chào', { timestamp: String(Date.now() - 7_200_000) });
    await resident.says('chào');

    expect(await post(body)).toBe(200);
    await app.settled();

    expect(await inboxCount({ 'event.residentId': resident.userId, track: 'turn', state: 'done' })).toBe(2);
  });

  it('no line of the log holds what people wrote', () => {
    expect(log.text()).not.toMatch(/giả mạo|đường hỏng|chào từ số|cảm ơn/);
  });
});
