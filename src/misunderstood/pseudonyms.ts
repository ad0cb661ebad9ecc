import { createHmac, hkdfSync } from 'node:crypto';

/** Names for rows and owners that nobody can compute without `ENCRYPTION_KEY`. The same input gives the same name. */
export interface Pseudonyms {
  /** Short enough to type: it stands in the list that staff label from. */
  ofEvent(eventKey: string): string;
  /** Only for finding a resident's rows when they are to be deleted. */
  ofResident(oaId: string, residentId: string): string;
}

/** 48 bits: among 5,000 rows two do not meet. */
const ID_CHARS = 12;
const KEY_BYTES = 32;

/** `keyHex` is `ENCRYPTION_KEY`; each purpose gets a key of its own, so that one name says nothing about another. */
export function createPseudonyms(keyHex: string): Pseudonyms {
  const rowKey = deriveKey(keyHex, 'misunderstood row');
  const ownerKey = deriveKey(keyHex, 'misunderstood owner');
  return {
    ofEvent: (eventKey) => named(rowKey, eventKey).slice(0, ID_CHARS),
    ofResident: (oaId, residentId) => named(ownerKey, `${oaId}:${residentId}`),
  };
}

function deriveKey(keyHex: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), '', purpose, KEY_BYTES));
}

function named(key: Buffer, value: string): string {
  return createHmac('sha256', key).update(value, 'utf8').digest('hex');
}
