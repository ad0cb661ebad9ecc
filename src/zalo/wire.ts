import { z } from 'zod';

/** Ids are text however Zalo writes them; `parseJsonKeepingIds` has kept their digits. */
const id = z.union([z.string().min(1), z.number().transform(String)]);
const optionalText = z.string().optional().catch(undefined);

/**
 * Around every answer: `{"data":{…},"error":0,"message":"Success"}`. The HTTP status is 200 even for a refusal, and
 * `error` is a number or a string.
 */
export const envelope = z.looseObject({
  error: z.union([z.number(), z.string().trim().min(1)]),
  message: optionalText,
  data: z.unknown().optional(),
});

/** Sample: `{"message_id":"44c09be1d7a85f26e3b1","user_id":"7120345566778899001","sent_time":"1795312999001"}` */
export const sentMessage = z.looseObject({ message_id: id });

/** `getoa`; the docs say `oaid`, some answers `oa_id`. */
export const oaAnswer = z.looseObject({
  oaid: id.optional(),
  oa_id: id.optional(),
  name: z.string().catch(''),
  oa_type: z.coerce.number().int().optional().catch(undefined),
  package_name: optionalText,
  package_valid_through_date: optionalText,
});

export type OaAnswer = z.infer<typeof oaAnswer>;

/**
 * One message of `conversation`:
 * `{"src":0,"time":1795312999001,"type":"text","message":"Chào bác","message_id":"44c09be1d7a85f26e3b1","from_id":"…"}`
 */
export const historyMessage = z.looseObject({
  /** 0 the page, 1 the resident. */
  src: z.coerce.number(),
  time: z.coerce.number().int().positive(),
  message: z.string().catch(''),
  message_id: id,
});

export type HistoryMessage = z.infer<typeof historyMessage>;
export const history = z.array(historyMessage);
