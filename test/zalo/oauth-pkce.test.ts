import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { challengeOf, toVerifier, VERIFIER_BYTES } from '../../src/zalo/oauth-pkce.ts';

describe('PKCE', () => {
  it('gives the verifier and the challenge of RFC 7636, appendix B', () => {
    const bytes = [116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186];
    const more = [22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121];

    const verifier = toVerifier(Buffer.from([...bytes, ...more]));

    expect(verifier).toBe('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
    expect(challengeOf(verifier)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('makes verifiers of 43 characters that Zalo allows, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: VERIFIER_BYTES, maxLength: VERIFIER_BYTES }), (bytes) => {
        const verifier = toVerifier(Buffer.from(bytes));
        expect(verifier).toMatch(/^[A-Za-z0-9._~-]{43}$/);
        expect(challengeOf(verifier)).toMatch(/^[A-Za-z0-9_-]{43}$/);
      }),
    );
  });

  it('gives another challenge for another verifier', () => {
    const challenges = [1, 2].map(() => challengeOf(toVerifier(randomBytes(VERIFIER_BYTES))));

    expect(challenges[0]).not.toBe(challenges[1]);
  });
});
