import { z } from 'zod';

/**
 * The parts of a webhook body this program reads, and nothing else. Every field but the name is optional, and one of
 * the wrong type counts as absent: an event must never be lost over a field nobody needs. Shapes are those of the
 * Zalo OA docs, webhook pages, read 2026-11-22, with the variants other connectors have reported.
 *
 * Sample:
 * `{"app_id":"4021…","sender":{"id":"7120…"},"recipient":{"id":"2871…"},"event_name":"user_send_text",`
 * `"message":{"text":"Giờ làm việc của xã?","msg_id":"9f3c…"},"timestamp":"1795312800123"}`
 */
const text = z.string().optional().catch(undefined);
const textOrNumber = z.union([z.string(), z.number()]).optional().catch(undefined);
const numericId = z.int().nonnegative().transform(String);
// Ids end up in unique keys and in logs, so they are kept to what ids are made of.
const idText = z.string().regex(/^[\w-]{1,64}$/);
// `This is message id` is the id of the console's test message, hence the blanks.
const messageIdText = z.string().regex(/^[\w -]{1,128}$/);
const id = z.union([idText, numericId]).optional().catch(undefined);
const messageId = z.union([messageIdText, numericId]).optional().catch(undefined);

const party = z.object({ id, admin_id: id }).optional().catch(undefined);

const coordinates = z
  .object({
    latitude: textOrNumber,
    longitude: textOrNumber,
    lat: textOrNumber,
    long: textOrNumber,
    lng: textOrNumber,
    lon: textOrNumber,
  })
  .optional()
  .catch(undefined);

const attachment = z.object({
  payload: z
    .object({
      url: text,
      thumbnail: text,
      name: text,
      size: textOrNumber,
      id: textOrNumber,
      coordinates,
    })
    .optional()
    .catch(undefined),
});

const attachments = z.array(attachment.catch({})).optional().catch(undefined);

const message = z
  .object({
    text,
    msg_id: messageId,
    mid: messageId,
    msg_ids: z.array(messageId).optional().catch(undefined),
    quote_msg_id: messageId,
    react_icon: text,
    tracking_id: z.unknown().optional(),
    delivery_time: z.unknown().optional(),
    attachments,
    location: coordinates,
  })
  .optional()
  .catch(undefined);

export const webhookBodySchema = z.object({
  event_name: z.string().regex(/^\w{1,64}$/),
  timestamp: textOrNumber,
  app_id: id,
  oa_id: id,
  oaId: id,
  user_id: id,
  sender: party,
  recipient: party,
  follower: party,
  message,
  attachments,
  info: z.object({ name: text, phone: textOrNumber }).optional().catch(undefined),
  data: z.object({ user_id: id }).optional().catch(undefined),
});

export type WebhookBody = z.infer<typeof webhookBodySchema>;
export type WebhookAttachment = z.infer<typeof attachment>;
export type WebhookCoordinates = NonNullable<z.infer<typeof coordinates>>;
