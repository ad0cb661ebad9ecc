import { createHash } from 'node:crypto';
import type { SignatureStyle } from './faults.ts';

export interface SigningKey {
  readonly appId: string;
  /** Of the Webhook page; not the App Secret. */
  readonly oaSecretKey: string;
}

/**
 * `X-ZEvent-Signature`: plain SHA-256 of app id + body + time stamp + key, not an HMAC.
 * Source: Zalo OA docs, webhook page, read 2026-11-22.
 */
export function signatureHeader(
  { appId, oaSecretKey }: SigningKey,
  rawBody: string,
  timestamp: string,
  style: SignatureStyle = 'normal',
): string {
  const key = style === 'wrong' ? `${oaSecretKey}x` : oaSecretKey;
  const mac = createHash('sha256')
    .update(appId + rawBody + timestamp + key)
    .digest('hex');
  const written: Readonly<Record<SignatureStyle, string>> = {
    normal: `mac=${mac}`,
    wrong: `mac=${mac}`,
    bare: mac,
    spaced: `mac = ${mac}`,
    uppercase: `mac=${mac.toUpperCase()}`,
  };
  return written[style];
}
