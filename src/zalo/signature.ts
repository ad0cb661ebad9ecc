import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The seal Zalo puts on every webhook: plain SHA-256 (not HMAC) of `app_id + rawBody + timestamp + OA secret key`,
 * as lower-case hex in `X-ZEvent-Signature: mac=…`. The OA secret key stands on the app's Webhook page; it is not
 * the App Secret. Source: Zalo OA docs, webhook page, read 2026-11-22; the order was checked against a real event.
 */
export interface SignatureKeys {
  readonly appId: string;
  readonly secretKey: string;
}

export interface SignedRequest extends SignatureKeys {
  /** The bytes as they arrived. JSON that was parsed and written again has another seal. */
  readonly rawBody: Buffer;
  readonly header: string | undefined;
}

export type SignatureVerdict = 'valid' | 'invalid' | 'missing';

const HEADER = /^\s*(?:mac\s*=\s*)?([0-9a-f]{64})\s*$/i;
const TIMESTAMP = /"timestamp"\s*:\s*(?:"([^"\\]{0,32})"|(\d{1,32}))/g;
const MAX_TIMESTAMPS = 4;

/** Says whether the bytes carry Zalo's seal. Never throws: a header or body of any shape gets a verdict. */
export function verifySignature({ appId, secretKey, rawBody, header }: SignedRequest): SignatureVerdict {
  if (!header?.trim()) return 'missing';
  const hex = HEADER.exec(header)?.[1];
  // Without a key anybody could compute the seal, so an empty one never matches.
  if (hex === undefined || !secretKey) return 'invalid';
  const given = Buffer.from(hex, 'hex');
  const matches = timestampsIn(rawBody).some((timestamp) =>
    timingSafeEqual(given, seal({ appId, secretKey }, rawBody, timestamp)),
  );
  return matches ? 'valid' : 'invalid';
}

/** The header Zalo would send with this body: for the simulator and for tests. */
export function signBody({ appId, secretKey }: SignatureKeys, rawBody: Buffer): string {
  const [timestamp = ''] = timestampsIn(rawBody);
  return `mac=${seal({ appId, secretKey }, rawBody, timestamp).toString('hex')}`;
}

function seal({ appId, secretKey }: SignatureKeys, rawBody: Buffer, timestamp: string): Buffer {
  return createHash('sha256').update(appId).update(rawBody).update(timestamp).update(secretKey).digest();
}

/**
 * The time stamp exactly as written. It is searched for in the text rather than parsed, because nothing of the body
 * is trusted yet and a number must keep its digits. Quotes inside a resident's words are escaped, so words cannot
 * imitate the field; should Zalo ever nest a second one, each of the first few is tried. None at all signs as empty.
 */
function timestampsIn(rawBody: Buffer): readonly string[] {
  const found: string[] = [];
  for (const [, text, digits] of rawBody.toString('latin1').matchAll(TIMESTAMP)) {
    if (found.push(text ?? digits ?? '') === MAX_TIMESTAMPS) break;
  }
  return found.length > 0 ? found : [''];
}
