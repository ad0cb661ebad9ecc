import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import type { OutgoingMessage } from '../../src/kernel/messages.ts';
import { SendError } from '../../src/kernel/sending.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  aNewOaId,
  API_URL,
  OAUTH_URL,
  setUpZalo,
  type ZaloSetUp,
  type ZaloSetUpOptions,
} from './api-setup.ts';
import { RESIDENT_ID } from './fixtures.ts';
import { guardHttp } from './http-guard.ts';

const SENT = { data: { message_id: '44c09be1d7a85f26e3b1' }, error: 0 };
const HELLO: OutgoingMessage = { text: 'Chào bác' };
const QUESTION: OutgoingMessage = {
  text: 'Bác cần gì?',
  buttons: [{ kind: 'send', title: 'Khai sinh', payload: '#tthc khai-sinh' }],
};
const PLAIN_QUESTION = { text: 'Bác cần gì?\n\n– Khai sinh' };
const QUESTION_ON_WIRE = {
  text: 'Bác cần gì?',
  attachment: {
    type: 'template',
    payload: { buttons: [{ title: 'Khai sinh', type: 'oa.query.hide', payload: '#tthc khai-sinh' }] },
  },
};

guardHttp();

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const setUp = (options: Partial<ZaloSetUpOptions> = {}): ZaloSetUp =>
  setUpZalo(database.connection, { oaId: aNewOaId(), ...options });

const onSend = (message: object = HELLO): nock.Interceptor =>
  nock(API_URL).post('/v3.0/oa/message/cs', {
    recipient: { user_id: RESIDENT_ID },
    message,
  } as nock.DataMatcherMap);

describe('what became of a message', () => {
  it('confirmed by Zalo is sent', async () => {
    const { sender } = setUp();
    onSend().reply(200, SENT);

    expect(await sender.send(RESIDENT_ID, HELLO)).toEqual({ messageId: '44c09be1d7a85f26e3b1' });
  });

  it.each([
    [-230, 'refused', 'zalo.outside_window'],
    [-244, 'refused', 'zalo.restricted_by_user'],
    [-210, 'refused', 'zalo.too_long'],
    [-248, 'refused', 'zalo.policy_violation'],
    [-224, 'operator', 'zalo.package_too_low'],
    [-211, 'operator', 'zalo.quota_used_up'],
    [-200, 'retry', 'zalo.send_failed'],
    [-777, 'retry', 'zalo.unlisted'],
  ])('refused with %i is %s', async (error, failure, code) => {
    const { sender } = setUp();
    onSend().reply(200, { error });

    const sending = sender.send(RESIDENT_ID, HELLO);

    await expect(sending).rejects.toBeInstanceOf(SendError);
    await expect(sending).rejects.toMatchObject({ failure, code, fields: { zaloCode: error } });
  });

  it('refused for the night waits for six in the morning', async () => {
    const { sender, clock } = setUp();
    clock.set(new Date('2026-11-23T16:00:00Z'));
    onSend().reply(200, { error: -234 });

    await expect(sender.send(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      failure: 'later',
      retryAt: new Date('2026-11-23T23:00:00Z'),
    });
  });

  it('is unknown after a gateway error, a broken connection or silence', async () => {
    const { sender } = setUp();
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    onSend().reply(502, '<html>');
    onSend().replyWithError(reset);
    onSend().delay(1000).reply(200, SENT);

    for (let n = 0; n < 3; n += 1) {
      await expect(sender.send(RESIDENT_ID, HELLO)).rejects.toMatchObject({ failure: 'unknown' });
    }
  });

  it.each([
    ['ECONNREFUSED', 'connect'],
    ['ENOTFOUND', 'getaddrinfo'],
    ['EAI_AGAIN', 'getaddrinfo'],
    ['ETIMEDOUT', 'connect'],
  ])('that never reached Zalo (%s) may be sent again', async (code, syscall) => {
    const { sender } = setUp();
    onSend().replyWithError(Object.assign(new Error('network'), { code, syscall }));

    await expect(sender.send(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      failure: 'retry',
      code: 'zalo.not_reached',
    });
  });

  it('held back by the budget knows when it may go', async () => {
    const { sender, clock } = setUp({ perMinute: 60, burst: 1 });
    onSend().once().reply(200, SENT);
    await sender.send(RESIDENT_ID, HELLO);

    await expect(sender.send(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      failure: 'rate_limited',
      retryAt: new Date(clock.now().getTime() + 1000),
    });
  });

  it('without a usable token waits for an operator', async () => {
    const { sender } = setUp();
    onSend().reply(200, { error: -216 });
    nock(OAUTH_URL).post('/v4/oa/access_token').reply(200, { error: -14014 });

    await expect(sender.send(RESIDENT_ID, HELLO)).rejects.toMatchObject({
      failure: 'operator',
      code: 'zalo.token.refresh_failed',
    });
  });

  it('to an impossible id is refused', async () => {
    const { sender } = setUp();

    await expect(sender.send('not-an-id', HELLO)).rejects.toMatchObject({ failure: 'refused' });
  });

  it('with the database away was not sent', async () => {
    const gone = await openTestDatabase();
    const { sender } = setUpZalo(gone.connection, { oaId: aNewOaId(), perMinute: 60 });
    await gone.drop();

    await expect(sender.send(RESIDENT_ID, HELLO)).rejects.toMatchObject({ failure: 'retry' });
  });
});

describe('buttons', () => {
  it('are sent as buttons', async () => {
    const { sender } = setUp();
    onSend(QUESTION_ON_WIRE).reply(200, SENT);

    await expect(sender.send(RESIDENT_ID, QUESTION)).resolves.toBeDefined();
  });

  it.each([-233, -224])('refused with %i become numbered lines at once, and for a day', async (error) => {
    const { sender, clock } = setUp();
    onSend(QUESTION_ON_WIRE).once().reply(200, { error });
    onSend(PLAIN_QUESTION).twice().reply(200, SENT);
    await sender.send(RESIDENT_ID, QUESTION);

    await sender.send(RESIDENT_ID, QUESTION);

    clock.advance(24 * 3_600_000);
    onSend(QUESTION_ON_WIRE).reply(200, SENT);
    await expect(sender.send(RESIDENT_ID, QUESTION)).resolves.toBeDefined();
  });

  it('are known to be refused in other processes and after a restart', async () => {
    const oaId = aNewOaId();
    onSend(QUESTION_ON_WIRE).once().reply(200, { error: -233 });
    onSend(PLAIN_QUESTION).twice().reply(200, SENT);
    await setUp({ oaId }).sender.send(RESIDENT_ID, QUESTION);

    await expect(setUp({ oaId }).sender.send(RESIDENT_ID, QUESTION)).resolves.toBeDefined();
  });

  it('malformed in one message (-201) are still tried with the next', async () => {
    const { sender } = setUp();
    onSend(QUESTION_ON_WIRE).reply(200, { error: -201, message: 'buttons is invalid!' });
    onSend(PLAIN_QUESTION).reply(200, SENT);
    onSend(QUESTION_ON_WIRE).reply(200, SENT);

    await sender.send(RESIDENT_ID, QUESTION);

    await expect(sender.send(RESIDENT_ID, QUESTION)).resolves.toBeDefined();
  });

  it('are not blamed when the plain words are refused as well', async () => {
    const { sender, profiler } = setUp();
    onSend(QUESTION_ON_WIRE).reply(200, { error: -224 });
    onSend(PLAIN_QUESTION).reply(200, { error: -224 });

    await expect(sender.send(RESIDENT_ID, QUESTION)).rejects.toMatchObject({ failure: 'operator' });
    expect(await profiler.buttonsSupported()).toBe(true);
  });

  it.each<[string, number, object]>([
    ['an unknown outcome', 500, {}],
    ['a closed window', 200, { error: -230 }],
    ['a failed send', 200, { error: -200 }],
  ])('are never said a second time after %s', async (_failure, status, body) => {
    const { sender } = setUp();
    onSend(QUESTION_ON_WIRE).once().reply(status, body);

    await expect(sender.send(RESIDENT_ID, QUESTION)).rejects.toBeInstanceOf(SendError);
  });
});

describe('settling an unknown outcome', () => {
  const onHistory = (): nock.Interceptor => nock(API_URL).get('/v2.0/oa/conversation').query(true);

  it("finds what the page has said, by Zalo's own record", async () => {
    const { sender } = setUp();
    onHistory().reply(200, {
      error: 0,
      data: [
        {
          src: 0,
          time: 1795312999001,
          type: 'text',
          message: 'Chào bác'.normalize('NFD'),
          message_id: '44c0',
        },
        { src: 1, time: 1795312990000, type: 'text', message: 'xin chào', message_id: '9f3c' },
        { src: '0', time: '1795312980000', type: 'photo', message_id: '44bf' },
      ],
    });

    expect(await sender.recentDeliveries(RESIDENT_ID)).toEqual([
      { messageId: '44c0', text: 'Chào bác', sentAt: new Date(1795312999001) },
      { messageId: '44bf', text: '', sentAt: new Date(1795312980000) },
    ]);
  });

  it('says so when the record cannot be read', async () => {
    const { sender } = setUp();
    onHistory().reply(500, 'oops');

    await expect(sender.recentDeliveries(RESIDENT_ID)).rejects.toBeInstanceOf(SendError);
  });
});
