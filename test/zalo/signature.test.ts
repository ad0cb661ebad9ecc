import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { signBody, verifySignature } from '../../src/zalo/signature.ts';
import { APP_ID, KEYS, OA_ID, OA_SECRET_KEY, SENT_AT, aTextEvent, toBytes } from './fixtures.ts';

const TEXT_EVENT =
  '{"app_id":"4021557788990012345","sender":{"id":"7120345566778899001"},"user_id_by_app":"5567788990011223344","recipient":{"id":"2871100223344556677"},"event_name":"user_send_text","message":{"text":"Làm giấy khai sinh cần gì?","msg_id":"9f3c1d7ab5e04268c1d0"},"timestamp":"1795312800123"}';
const TEXT_EVENT_MAC = '8a438bb4785392badccff62f8b1c0447b94501e54a2a998c03dac4be8e3aa7a7';
const FOLLOW_EVENT =
  '{"oa_id":"2871100223344556677","follower":{"id":"7120345566778899001"},"event_name":"follow","source":"oa_profile","app_id":"4021557788990012345","timestamp":"1795312801456"}';
const FOLLOW_EVENT_MAC = '4e6c5f64eafe465e4ec1e49129718c250e1f059880e6093f206564e9d0735149';

function verdict(body: string | Buffer, header: string | undefined) {
  return verifySignature({ ...KEYS, rawBody: Buffer.from(body), header });
}

describe('a signature of Zalo', () => {
  test.each([
    ['a message', TEXT_EVENT, TEXT_EVENT_MAC],
    ['a new follower', FOLLOW_EVENT, FOLLOW_EVENT_MAC],
  ])('is recognised on %s, as published', (_name, body, mac) => {
    const header = `mac=${mac}`;

    expect(verdict(body, header)).toBe('valid');
    expect(signBody(KEYS, Buffer.from(body))).toBe(header);
  });

  test.each([
    ['mac=HEX', `mac=${TEXT_EVENT_MAC}`],
    ['mac = HEX', `mac = ${TEXT_EVENT_MAC}`],
    ['bare HEX', TEXT_EVENT_MAC],
    ['capitals', `MAC=${TEXT_EVENT_MAC.toUpperCase()}`],
    ['blanks around it', `  mac=${TEXT_EVENT_MAC} `],
  ])('may be written as %s', (_name, header) => {
    expect(verdict(TEXT_EVENT, header)).toBe('valid');
  });

  test.each([
    ['one digit short', TEXT_EVENT_MAC.slice(1)],
    ['one digit long', `${TEXT_EVENT_MAC}0`],
    ['not hexadecimal', 'z'.repeat(64)],
    ['another scheme', `sha256=${TEXT_EVENT_MAC}`],
    ['two of them', `mac=${TEXT_EVENT_MAC}, mac=${TEXT_EVENT_MAC}`],
    ['another event', FOLLOW_EVENT_MAC],
  ])('is refused when the header is %s', (_name, header) => {
    expect(verdict(TEXT_EVENT, header)).toBe('invalid');
  });

  test.each([undefined, '', '  '])('is missing when the header is %j', (header) => {
    expect(verdict(TEXT_EVENT, header)).toBe('missing');
  });

  it('covers a time stamp written as a number, with its digits', () => {
    const body = TEXT_EVENT.replace('"1795312800123"', '1795312800123');
    const mac = createHash('sha256').update(`${APP_ID}${body}${SENT_AT}${OA_SECRET_KEY}`).digest('hex');

    expect(verdict(body, mac)).toBe('valid');
  });

  it('is found although a nested field is called timestamp too', () => {
    const body = `{"message":{"timestamp":"12"},"timestamp":"${SENT_AT}"}`;
    const mac = createHash('sha256').update(`${APP_ID}${body}${SENT_AT}${OA_SECRET_KEY}`).digest('hex');

    expect(verdict(body, mac)).toBe('valid');
  });

  it('is not disturbed by a resident who writes a time stamp', () => {
    const rawBody = toBytes(aTextEvent({ text: '"timestamp":"999"' }));
    const mac = createHash('sha256')
      .update(Buffer.concat([Buffer.from(APP_ID), rawBody, Buffer.from(SENT_AT + OA_SECRET_KEY)]))
      .digest('hex');

    expect(verdict(rawBody, mac)).toBe('valid');
  });

  it('is verified even when the body is not JSON, so that broken bodies and forged ones can be told apart', () => {
    const body = `{"timestamp":"${SENT_AT}",`;

    expect(verdict(body, signBody(KEYS, Buffer.from(body)))).toBe('valid');
  });
});

describe('signatures made in a way others have guessed are refused:', () => {
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');

  test.each([
    [
      'HMAC with the key',
      createHmac('sha256', OA_SECRET_KEY).update(`${APP_ID}${TEXT_EVENT}${SENT_AT}`).digest('hex'),
    ],
    ['HMAC of the body', createHmac('sha256', OA_SECRET_KEY).update(TEXT_EVENT).digest('hex')],
    ['the App Secret as key', sha(`${APP_ID}${TEXT_EVENT}${SENT_AT}appSecretDemo123`)],
    ['the page id first', sha(`${OA_ID}${TEXT_EVENT}${SENT_AT}${OA_SECRET_KEY}`)],
    ['no time stamp', sha(`${APP_ID}${TEXT_EVENT}${OA_SECRET_KEY}`)],
    ['no key', sha(`${APP_ID}${TEXT_EVENT}${SENT_AT}`)],
  ])('%s', (_name, mac) => {
    expect(verdict(TEXT_EVENT, `mac=${mac}`)).toBe('invalid');
  });

  it('JSON that was parsed and written again', () => {
    const original = TEXT_EVENT.replace('","sender"', '", "sender"');
    const header = signBody(KEYS, Buffer.from(original));
    const rewritten = JSON.stringify(JSON.parse(original));

    expect(verdict(original, header)).toBe('valid');
    expect(verdict(rewritten, header)).toBe('invalid');
  });

  it('an empty key, which anybody could use', () => {
    const rawBody = Buffer.from(TEXT_EVENT);
    const header = signBody({ appId: APP_ID, secretKey: '' }, rawBody);

    expect(verifySignature({ appId: APP_ID, secretKey: '', rawBody, header })).toBe('invalid');
  });
});

describe('laws of the signature', () => {
  const texts = fc.string({ unit: 'grapheme' });

  it('what we sign, we accept', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const rawBody = toBytes(aTextEvent({ text }));

        return verdict(rawBody, signBody(KEYS, rawBody)) === 'valid';
      }),
    );
  });

  it('one changed bit anywhere in the body is refused', () => {
    const original = Buffer.from(TEXT_EVENT);
    const position = fc.nat({ max: original.length - 1 });
    const bit = fc.nat({ max: 7 });

    fc.assert(
      fc.property(position, bit, (at, flipped) => {
        const changed = Buffer.from(original);
        changed[at] = (original[at] ?? 0) ^ (1 << flipped);

        return verdict(changed, TEXT_EVENT_MAC) === 'invalid';
      }),
      { numRuns: 500 },
    );
  });

  it('one changed digit of the signature is refused', () => {
    const position = fc.nat({ max: TEXT_EVENT_MAC.length - 1 });

    fc.assert(
      fc.property(position, (at) => {
        const digit = TEXT_EVENT_MAC[at] === '0' ? '1' : '0';

        return (
          verdict(TEXT_EVENT, TEXT_EVENT_MAC.slice(0, at) + digit + TEXT_EVENT_MAC.slice(at + 1)) ===
          'invalid'
        );
      }),
    );
  });

  it('a header and a body of any other shape are refused without throwing', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 300 }), (header, bytes) => {
        expect(verdict(Buffer.from(bytes), header)).not.toBe('valid');
      }),
    );
  });
});
