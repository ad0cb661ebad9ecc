import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ConfigError } from '../kernel/errors.ts';

/** Seals secrets for storage. What is sealed for one owner cannot be opened as another's. */
export interface TokenCipher {
  /** Gives `v1.<nonce>.<ciphertext>.<tag>`, different at every call. */
  seal(secret: string, ownerId: string): string;
  /** Throws `ConfigError` when the text was sealed with another key, for another owner, or was changed. */
  open(sealed: string, ownerId: string): string;
}

const ALGORITHM = 'aes-256-gcm';
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** `keyHex` is `ENCRYPTION_KEY`: 64 hexadecimal digits. Throws `ConfigError` for anything else. */
export function createTokenCipher(keyHex: string): TokenCipher {
  const key = parseKey(keyHex);
  return {
    seal(secret, ownerId) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(ownerId));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const fields = [nonce, sealed, cipher.getAuthTag()].map((bytes) => bytes.toString('base64url'));
      return [VERSION, ...fields].join('.');
    },
    open(sealed, ownerId) {
      const [version, ...fields] = sealed.split('.');
      const [nonce, body, tag] = fields.map((field) => Buffer.from(field, 'base64url'));
      if (version !== VERSION || !nonce || !body || !tag) throw cannotOpen();
      try {
        const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
        decipher.setAAD(boundTo(ownerId));
        decipher.setAuthTag(tag);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch (error) {
        throw cannotOpen(error);
      }
    },
  };
}

function parseKey(keyHex: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(keyHex)) return Buffer.from(keyHex, 'hex');
  throw new ConfigError(
    'ENCRYPTION_KEY must be 64 hexadecimal digits: make one with `openssl rand -hex 32`.',
    {
      code: 'config.encryption_key_invalid',
    },
  );
}

/** Naming the purpose keeps other things sealed with the same key from passing as a token. */
function boundTo(ownerId: string): Buffer {
  return Buffer.from(`zalo-token:${ownerId}`, 'utf8');
}

function cannotOpen(cause?: unknown): ConfigError {
  return new ConfigError(
    'The stored Zalo tokens cannot be opened: ENCRYPTION_KEY or ZALO_OA_ID is not the one they were stored with. ' +
      'Put the former values back, or let an OA administrator grant the app again at /zalo/oauth/start.',
    { code: 'config.encryption_key_wrong', cause },
  );
}
