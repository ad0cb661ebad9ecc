import { signBody, type SignatureKeys } from '../../src/zalo/signature.ts';

/** Made-up ids, of the length and alphabet of real ones. */
export const APP_ID = '4021557788990012345';
export const OA_SECRET_KEY = 'kQ7uXnV2sLr9TzEwB4pY';
export const OA_ID = '2871100223344556677';
export const RESIDENT_ID = '7120345566778899001';
export const ADMIN_ID = '6644120398811223300';
export const MESSAGE_ID = '9f3c1d7ab5e04268c1d0';
export const SENT_AT = '1795312800123';

export const KEYS: SignatureKeys = { appId: APP_ID, secretKey: OA_SECRET_KEY };

type Fields = Readonly<Record<string, unknown>>;

/** An event in which a resident writes to the page; `fields` replace or add, `undefined` removes. */
export function anEvent(eventName: string, fields: Fields = {}): Fields {
  return {
    app_id: APP_ID,
    sender: { id: RESIDENT_ID },
    user_id_by_app: '5567788990011223344',
    recipient: { id: OA_ID },
    event_name: eventName,
    timestamp: SENT_AT,
    ...fields,
  };
}

export function aTextEvent(message: Fields = {}, fields: Fields = {}): Fields {
  return anEvent('user_send_text', {
    message: { text: 'Giờ làm việc của xã?', msg_id: MESSAGE_ID, ...message },
    ...fields,
  });
}

export function aMediaEvent(eventName: string, payload: Fields, message: Fields = {}): Fields {
  return anEvent(eventName, {
    message: { msg_id: MESSAGE_ID, attachments: [{ type: 'any', payload }], ...message },
  });
}

/** An event in which the page wrote to a resident. */
export function aPageEvent(eventName: string, fields: Fields = {}): Fields {
  return anEvent(eventName, { sender: { id: OA_ID }, recipient: { id: RESIDENT_ID }, ...fields });
}

/** An event about a follower, as `follow` and `unfollow` come. */
export function aFollowerEvent(eventName: string): Fields {
  return anEvent(eventName, {
    sender: undefined,
    recipient: undefined,
    oa_id: OA_ID,
    follower: { id: RESIDENT_ID },
  });
}

/** A flat event that names page and resident at the top, as `user_click_chatnow` comes. */
export function aFlatEvent(eventName: string, fields: Fields = { user_id: RESIDENT_ID }): Fields {
  return anEvent(eventName, { sender: undefined, recipient: undefined, oa_id: OA_ID, ...fields });
}

export function toBytes(event: unknown): Buffer {
  return Buffer.from(JSON.stringify(event), 'utf8');
}

/** The headers Zalo sends with these bytes. */
export function zaloHeaders(rawBody: Buffer, keys: SignatureKeys = KEYS): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'X-ZEvent-Server': 'OA OpenAPI',
    'X-ZEvent-Signature': signBody(keys, rawBody),
  };
}
