import { randomBytes } from 'node:crypto';

/** Where ids and chances come from. */
export interface Random {
  /** 0 ≤ x < 1. */
  fraction(): number;
  /** A person's id: 19 decimal digits, far above 2^53, so that a JavaScript number would lose some. */
  userId(): string;
  /** A message's id: 20 hex characters. */
  messageId(): string;
  /** Unguessable whatever the seed. */
  token(prefix: string): string;
}

/** With a seed the ids and chances repeat from run to run. */
export function createRandom(seed?: number): Random {
  const fraction = seed === undefined ? Math.random : seededFraction(seed);
  const pick = (alphabet: string): string => alphabet.charAt(Math.floor(fraction() * alphabet.length));
  const string = (length: number, alphabet: string): string => {
    let out = '';
    for (let i = 0; i < length; i += 1) out += pick(alphabet);
    return out;
  };
  return {
    fraction,
    // The first digit stays below 9, so that the id also fits a signed 64-bit integer.
    userId: () => pick('12345678') + string(18, '0123456789'),
    messageId: () => string(20, '0123456789abcdef'),
    token: (prefix) => prefix + randomBytes(48).toString('base64url'),
  };
}

/** mulberry32: small, fast, good enough for ids of made-up people. */
function seededFraction(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
