import { createHash } from 'node:crypto';

/** Gives a verifier of 43 characters, the length Zalo's OAuth v4 page (read 2026-11-22) asks for. */
export const VERIFIER_BYTES = 32;

/** The secret half of PKCE (RFC 7636 §4.1), from random bytes: `VERIFIER_BYTES` of them. */
export function toVerifier(randomBytes: Buffer): string {
  return randomBytes.toString('base64url');
}

/** The half that may be seen: base64url of SHA-256, unpadded. Zalo knows this method only and is not told its name. */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url');
}
