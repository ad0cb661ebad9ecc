import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigError } from '../../src/kernel/errors.ts';
import { appsecretProof } from '../../src/zalo/appsecret-proof.ts';
import { createTokenCipher } from '../../src/zalo/token-cipher.ts';

const KEY = 'a1'.repeat(32);
const cipher = createTokenCipher(KEY);

describe('sealed tokens', () => {
  it('open to what was sealed, for the same page and key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (secret) => {
        expect(cipher.open(cipher.seal(secret, 'oa-1'), 'oa-1')).toBe(secret);
      }),
    );
  });

  it('look different every time and never show the token', () => {
    const sealed = [cipher.seal('AT-visible', 'oa-1'), cipher.seal('AT-visible', 'oa-1')];

    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed.join()).not.toContain('AT-visible');
    expect(sealed[0]).toMatch(/^v1\.[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it('do not open with another key; the message names the setting', () => {
    const sealed = cipher.seal('AT', 'oa-1');
    const other = createTokenCipher('b2'.repeat(32));

    expect(() => other.open(sealed, 'oa-1')).toThrow(ConfigError);
    expect(() => other.open(sealed, 'oa-1')).toThrow(/ENCRYPTION_KEY/);
  });

  it.each<[string, (sealed: string) => string]>([
    ['a changed byte', (sealed) => sealed.replace(/.(?=.{10}$)/, (c) => (c === 'A' ? 'B' : 'A'))],
    ['a cut-off tag', (sealed) => sealed.slice(0, -8)],
    ['no tag', (sealed) => sealed.split('.').slice(0, 3).join('.')],
    ['another version', (sealed) => sealed.replace('v1', 'v2')],
    ['nothing sealed at all', () => 'AT-plain'],
  ])('with %s do not open', (_damage, damage) => {
    expect(() => cipher.open(damage(cipher.seal('AT', 'oa-1')), 'oa-1')).toThrow(
      expect.objectContaining({ code: 'config.encryption_key_wrong' }),
    );
  });

  it('of one page do not open as those of another', () => {
    expect(() => cipher.open(cipher.seal('AT', 'oa-1'), 'oa-2')).toThrow(ConfigError);
  });

  it.each(['', 'short', 'g'.repeat(64), 'a'.repeat(63), ` ${'a'.repeat(64)}`])(
    'need a real key, not %j',
    (key) => {
      expect(() => createTokenCipher(key)).toThrow(
        expect.objectContaining({ code: 'config.encryption_key_invalid' }),
      );
    },
  );
});

it('the proof of the App Secret matches the published example', () => {
  expect(appsecretProof('accessTokenDemo456', 'appSecretDemo123')).toBe(
    'f4c1398600f76979a2ea6174bb6548f98cd751775ffc8d71e054d1b9c5bdb54f',
  );
});
