import { z } from 'zod';
import type { ResidentContent } from '../types.ts';

const text = z.string().min(1);
const media = text.exactOptional();
const coordinate = z.union([z.number(), text]);

/** Bodies of the control API. */
export const newResident = z.object({
  displayName: z.string().trim().min(1).max(80),
  follows: z.boolean().default(true),
});

export const content: z.ZodType<ResidentContent> = z.strictObject({
  text: media,
  quoteMsgId: media,
  image: z.object({ url: media, thumbnail: media }).exactOptional(),
  gif: z.object({ url: text, thumbnail: media }).exactOptional(),
  video: z.object({ url: text, thumbnail: media, description: media }).exactOptional(),
  audio: z.object({ url: media }).exactOptional(),
  sticker: z.object({ id: text, url: media }).exactOptional(),
  location: z.object({ latitude: coordinate, longitude: coordinate }).exactOptional(),
  file: z
    .object({
      url: media,
      name: text,
      size: z.union([z.number(), text]).exactOptional(),
      checksum: media,
      type: media,
    })
    .exactOptional(),
  link: z.object({ url: text, description: media, thumbnail: media }).exactOptional(),
  businessCard: z.object({ phone: text, url: media }).exactOptional(),
});

export const tap = z.object({ title: text });
export const adminReply = z.object({ text });
export const block = z.object({ kind: z.enum(['invitation', 'message_type']).nullable() });
export const clockMove = z.object({ advanceMs: z.number().nonnegative() });
export const webhook = z.object({
  url: z.union([z.url(), z.null()]).exactOptional(),
  subscribed: z.boolean().exactOptional(),
});
export const faults = z.record(z.string(), z.union([z.number(), z.boolean(), z.string()]));
