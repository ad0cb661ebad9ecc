import { createHmac } from 'node:crypto';

/**
 * Proves to Zalo that the caller of an API knows the App Secret: lower-case hex HMAC-SHA256 of the access token.
 * Needed when the app's switch "Yêu cầu kiểm tra app secret proof" is on, accepted otherwise (Zalo developer docs,
 * read 2026-11-22).
 */
export function appsecretProof(accessToken: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(accessToken, 'utf8').digest('hex');
}
