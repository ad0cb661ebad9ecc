import { connect } from 'node:net';
import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { Inbox, IncomingEvent } from '../../src/inbox/inbox.ts';
import { createFixedClock } from '../../src/kernel/clock.ts';
import { DatabaseError } from '../../src/kernel/errors.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createServer, listen, type RunningServer } from '../../src/server.ts';
import { createWebhookRouter, type WebhookRouterDeps } from '../../src/zalo/webhook-router.ts';
import {
  APP_ID,
  OA_ID,
  OA_SECRET_KEY,
  SENT_AT,
  aMediaEvent,
  aPageEvent,
  aTextEvent,
  anEvent,
  toBytes,
  zaloHeaders,
} from './fixtures.ts';
import { createLogLines } from './log-lines.ts';
import { createFailingInbox, createRecordingInbox } from './recording-inbox.ts';

let running: RunningServer | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

const nothingHere = (_request: unknown, _response: unknown, next: () => void): void => {
  next();
};

async function start(more: Partial<WebhookRouterDeps> = {}) {
  const inbox = createRecordingInbox();
  const clock = createFixedClock(new Date(Number(SENT_AT) + 400));
  const metrics = createMetrics();
  const output = createLogLines();
  const webhookRouter = createWebhookRouter({
    inbox,
    clock,
    metrics,
    log: output.log,
    appId: APP_ID,
    oaId: OA_ID,
    secretKey: OA_SECRET_KEY,
    ...more,
  });
  const app = createServer({
    webhookRouter,
    healthRouter: nothingHere,
    verificationRouter: nothingHere,
    log: output.log,
  });
  running = await listen(app, 0);
  const url = `${running.url}/webhook`;
  return { url, port: running.port, inbox, clock, output, counted: () => countedResults(metrics) };
}

async function countedResults(metrics: ReturnType<typeof createMetrics>): Promise<Record<string, number>> {
  const { values } = await metrics.webhookEvents.get();
  return Object.fromEntries(values.map(({ labels, value }) => [String(labels.result), value]));
}

async function post(url: string, rawBody: Buffer, headers: Record<string, string> = zaloHeaders(rawBody)) {
  const response = await fetch(url, { method: 'POST', body: new Uint8Array(rawBody), headers });
  await response.arrayBuffer();
  return response.status;
}

describe('a signed event', () => {
  it('is stored, then acknowledged, then the worker is nudged', async () => {
    const nudges: IncomingEvent[] = [];
    const { url, inbox, counted } = await start({ onAccepted: (incoming) => nudges.push(incoming) });

    const status = await post(url, toBytes(aTextEvent()));

    expect(status).toBe(200);
    expect(inbox.stored).toMatchObject([{ eventName: 'user_send_text', track: 'turn' }]);
    expect(nudges).toEqual(inbox.stored);
    expect(await counted()).toEqual({ accepted: 1 });
  });

  it('that arrives fifty times at once is stored once and acknowledged fifty times', async () => {
    const nudges: IncomingEvent[] = [];
    const { url, inbox, counted } = await start({ onAccepted: (incoming) => nudges.push(incoming) });
    const rawBody = toBytes(aTextEvent());

    const statuses = await Promise.all(Array.from({ length: 50 }, () => post(url, rawBody)));

    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(inbox.stored).toHaveLength(1);
    expect(nudges).toHaveLength(1);
    expect(await counted()).toEqual({ accepted: 1, duplicate: 49 });
  });

  it('two hours old, tried for the fourth time, is still accepted', async () => {
    const { url, inbox, clock } = await start();
    clock.advance(2 * 3_600_000);
    const rawBody = toBytes(aTextEvent());

    const status = await post(url, rawBody, { ...zaloHeaders(rawBody), num_retry: '3' });

    expect(status).toBe(200);
    expect(inbox.stored).toMatchObject([{ track: 'turn', retries: 3, sentAt: new Date(Number(SENT_AT)) }]);
  });

  test.each([
    ['ten thousand characters', aTextEvent({ text: 'ữ'.repeat(10_000) })],
    ['emoji', aTextEvent({ text: '👨‍👩‍👧 🇻🇳' })],
    ['decomposed accents', aTextEvent({ text: 'Thủ tục khai sinh'.normalize('NFD') })],
    ['zero-width characters', aTextEvent({ text: '\u200bhồ\u200b sơ' })],
    ['a picture', aMediaEvent('user_send_image', { url: 'http://f.zdn.vn/o.jpg' })],
  ])('with %s becomes a turn', async (_name, event) => {
    const { url, inbox } = await start();

    expect(await post(url, toBytes(event))).toBe(200);
    expect(inbox.stored).toMatchObject([{ track: 'turn' }]);
  });

  it('with ids as numbers keeps their digits and warns', async () => {
    const { url, inbox, output } = await start();
    const rawBody = Buffer.from(
      toBytes(aTextEvent())
        .toString()
        .replaceAll(/"(\d{19})"/g, '$1'),
    );

    expect(await post(url, rawBody)).toBe(200);
    expect(inbox.stored).toMatchObject([{ event: { residentId: '7120345566778899001', oaId: OA_ID } }]);
    expect(output.lines()).toMatchObject([{ level: 'warn', message: 'zalo.numeric_id' }]);
  });

  test.each([
    ['of an unknown name', anEvent('user_send_hologram'), 'unknown_event'],
    ['without a sender', aTextEvent({}, { sender: undefined }), 'no_resident_id'],
    ['without a message', anEvent('user_send_text'), 'no_content'],
    ['of a group', anEvent('user_send_group_text', { message: { text: 'chào' } }), 'group'],
    ['of the console’s test button', aTextEvent({ msg_id: 'This is message id' }), 'test_ping'],
  ])('%s is recorded as ignored and wakes nobody', async (_name, event, reason) => {
    const nudges: IncomingEvent[] = [];
    const { url, inbox, counted, output } = await start({
      onAccepted: (incoming) => nudges.push(incoming),
    });

    expect(await post(url, toBytes(event))).toBe(200);
    expect(inbox.stored).toMatchObject([{ track: 'ignored', ignoredBecause: reason }]);
    expect(nudges).toEqual([]);
    expect(await counted()).toEqual({ ignored: 1 });
    expect(output.lines()).toMatchObject([{ level: 'info', message: 'webhook.ignored', code: reason }]);
  });

  it('about a template message leaves no trace of the phone number', async () => {
    const { url, inbox, output } = await start();
    const rawBody = toBytes(
      aPageEvent('user_received_message', { recipient: { id: '84900000000' }, message: { msg_id: 'a1' } }),
    );

    await post(url, rawBody, { ...zaloHeaders(rawBody), 'X-ZEvent-Server': 'ZNS' });

    expect(inbox.stored).toMatchObject([{ ignoredBecause: 'template_message' }]);
    expect(JSON.stringify(inbox.stored) + output.text()).not.toContain('84900000000');
  });

  it('is recognised whatever content type it claims', async () => {
    const { url, inbox } = await start();
    const rawBody = toBytes(aTextEvent());

    expect(await post(url, rawBody, { ...zaloHeaders(rawBody), 'Content-Type': 'text/plain' })).toBe(200);
    expect(inbox.stored).toHaveLength(1);
  });
});

describe('a request that Zalo did not sign', () => {
  const rawBody = toBytes(aTextEvent());
  const forged = zaloHeaders(rawBody, { appId: APP_ID, secretKey: 'a guess' });
  const unsigned = { 'Content-Type': 'application/json' };

  test.each([
    ['with a wrong signature', forged, 'bad_signature', 'signature.invalid'],
    ['without a signature', unsigned, 'missing_signature', 'signature.missing'],
  ])('%s gets 200, is counted, and nothing is stored', async (_name, headers, result, code) => {
    const { url, inbox, counted, output } = await start();

    expect(await post(url, rawBody, headers)).toBe(200);
    expect(inbox.stored).toEqual([]);
    expect(await counted()).toEqual({ [result]: 1 });
    expect(output.lines()).toMatchObject([{ level: 'warn', message: 'webhook.bad_signature', code }]);
  });

  it('is refused openly where the operator wants that', async () => {
    const { url, inbox } = await start({ badSignatureStatus: 401 });

    expect(await post(url, rawBody, forged)).toBe(401);
    expect(inbox.stored).toEqual([]);
  });

  it('is acknowledged and not processed before the key is known, and an operator is told', async () => {
    const { url, inbox, counted, output } = await start({ secretKey: undefined });

    expect(await post(url, rawBody)).toBe(200);
    expect(inbox.stored).toEqual([]);
    expect(await counted()).toEqual({ no_secret_key: 1 });
    expect(output.lines()).toMatchObject([{ level: 'error', code: 'config.no_oa_secret_key' }]);
  });
});

describe('a body that cannot be used', () => {
  test.each([
    ['broken JSON', Buffer.from(`{"timestamp":"${SENT_AT}",`), 'bad_json'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80]), 'bad_json'],
    ['no event name', toBytes({ timestamp: SENT_AT }), 'no_event_name'],
  ])('gets 200 and is counted: %s', async (_name, rawBody, code) => {
    const { url, inbox, counted, output } = await start();

    expect(await post(url, rawBody)).toBe(200);
    expect(inbox.stored).toEqual([]);
    expect(await counted()).toEqual({ unreadable: 1 });
    expect(output.lines()).toMatchObject([{ level: 'warn', message: 'webhook.unreadable', code }]);
  });

  it('gets 200 when it is empty', async () => {
    const { url, counted } = await start();

    expect(await post(url, Buffer.alloc(0))).toBe(200);
    expect(await counted()).toEqual({ unreadable: 1 });
  });

  it('gets 200 when it is compressed, which Zalo never does', async () => {
    const { url, counted } = await start();
    const rawBody = toBytes(aTextEvent());

    expect(await post(url, rawBody, { ...zaloHeaders(rawBody), 'Content-Encoding': 'gzip' })).toBe(200);
    expect(await counted()).toEqual({ unreadable: 1 });
  });

  it('of two megabytes gets 200, is counted as too large, and nothing is stored', async () => {
    const { url, inbox, counted, output } = await start();

    const status = await post(url, toBytes(aTextEvent({ text: 'a'.repeat(2 * 1024 * 1024) })));

    expect(status).toBe(200);
    expect(inbox.stored).toEqual([]);
    expect(await counted()).toEqual({ too_large: 1 });
    expect(output.lines()).toMatchObject([{ level: 'warn', code: 'entity.too.large' }]);
  });

  it('that breaks off in the middle disturbs nobody else', async () => {
    const { url, port, inbox } = await start();
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve) => {
      socket.write('POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"half', () => {
        resolve();
      });
    });
    socket.destroy();

    expect(await post(url, toBytes(aTextEvent()))).toBe(200);
    expect(inbox.stored).toHaveLength(1);
  });
});

describe('while the database is away', () => {
  const away = () =>
    Promise.reject(new DatabaseError('away', { code: 'database.unreachable', retryable: true }));
  const hanging = () => new Promise<never>(() => undefined);

  test.each<[string, Inbox, string]>([
    ['refuses', createFailingInbox(away), 'database.unreachable'],
    ['does not answer', createFailingInbox(hanging), 'database.too_slow'],
    [
      'fails in a way nobody foresaw',
      createFailingInbox(() => Promise.reject(new TypeError('x'))),
      'unexpected.TypeError',
    ],
  ])('and %s, Zalo is asked to try again', async (_name, inbox, code) => {
    const nudges: IncomingEvent[] = [];
    const { url, counted, output } = await start({
      inbox,
      storeDeadlineMs: 20,
      onAccepted: (incoming) => nudges.push(incoming),
    });

    expect(await post(url, toBytes(aTextEvent()))).toBe(503);
    expect(nudges).toEqual([]);
    expect(await counted()).toEqual({ database_away: 1 });
    expect(output.lines()).toMatchObject([{ level: 'error', message: 'webhook.not_stored', code }]);
  });

  it('forged events still get their 200', async () => {
    const { url } = await start({ inbox: createFailingInbox(away) });

    expect(await post(url, toBytes(aTextEvent()), { 'X-ZEvent-Signature': 'mac=0' })).toBe(200);
  });
});

describe('GET /webhook', () => {
  it('answers whoever looks whether the address works', async () => {
    const { url } = await start();

    const response = await fetch(url);

    expect(response.status).toBe(200);
    expect(await response.text()).toBe('ok');
  });
});

describe('the log', () => {
  it('never holds what residents write, or who they are', async () => {
    const { url, output } = await start();
    const secrets = ['CANARY-TEXT', 'CANARY-NAME', '84911222333'];
    const events = [
      aTextEvent({ text: 'CANARY-TEXT' }),
      aTextEvent({ text: 'CANARY-TEXT' }),
      aTextEvent({ text: 'CANARY-TEXT' }, { sender: { id: 7120345566778899 } }),
      anEvent('user_submit_info', { info: { name: 'CANARY-NAME', phone: '84911222333' } }),
      anEvent('user_send_group_text', { message: { text: 'CANARY-TEXT' } }),
      anEvent('user_call_oa', { phone: '84911222333' }),
      { words: 'CANARY-TEXT' },
    ];
    for (const event of events) await post(url, toBytes(event));
    await post(url, Buffer.from('{"text":"CANARY-TEXT'));
    await post(url, toBytes(aTextEvent({ text: 'CANARY-TEXT' })), {});
    await post(url, toBytes(aTextEvent({ text: 'CANARY-TEXT'.repeat(200_000) })));

    expect(output.lines().length).toBeGreaterThan(5);
    for (const secret of [...secrets, OA_SECRET_KEY]) expect(output.text()).not.toContain(secret);
  });
});
