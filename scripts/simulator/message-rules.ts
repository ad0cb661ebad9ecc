import type { ChatButton, MessageKind } from './types.ts';
import { invalid, refusal, type ZaloAnswer } from './zalo-errors.ts';

/**
 * What Zalo accepts in the `message` of a send, the same on v2 and v3.
 * Limits: Zalo OA docs, consultation message page, read 2026-11-22.
 */
const MAX_TEXT_CHARS = 2000;
const MAX_BUTTONS = 5;
const MAX_ELEMENTS = 5;
const MAX_TITLE_CHARS = 100;
const MAX_SUBTITLE_CHARS = 500;
const MAX_PAYLOAD_CHARS = 1000;
const MAX_SMS_CHARS = 160;

type Json = Readonly<Record<string, unknown>>;

/** A message the page may send, ready to be shown. */
export interface AcceptedMessage {
  readonly kind: MessageKind;
  readonly text: string;
  readonly buttons: readonly ChatButton[];
  readonly media?: Json;
  readonly quoteMsgId?: string;
  /** How Zalo's echo of it is called. */
  readonly echo: string;
}

/** Either what to show, or why Zalo says no. */
export type MessageVerdict = { readonly ok: AcceptedMessage } | { readonly refused: ZaloAnswer };

export function judgeMessage(message: unknown): MessageVerdict {
  if (!isObject(message)) return refused(invalid('message'));
  const quote = message['quote_message_id'];
  if (quote !== undefined && !isText(quote)) return refused(invalid('quote_message_id'));
  const verdict =
    message['attachment'] === undefined
      ? judgeText(message['text'])
      : judgeAttachment(message['attachment'], message['text']);
  if ('refused' in verdict || quote === undefined) return verdict;
  return { ok: { ...verdict.ok, quoteMsgId: quote } };
}

function judgeText(text: unknown): MessageVerdict {
  const problem = textProblem(text);
  if (problem) return refused(problem);
  return { ok: { kind: 'text', text: text as string, buttons: [], echo: 'oa_send_text' } };
}

function judgeAttachment(attachment: unknown, text: unknown): MessageVerdict {
  if (!isObject(attachment) || !isObject(attachment['payload'])) return refused(invalid('attachment'));
  const { type, payload } = attachment as { readonly type: unknown; readonly payload: Json };
  if (type === 'file') return judgeFile(payload, text);
  if (type !== 'template') return refused(refusal('-233'));
  switch (payload['template_type']) {
    case undefined:
    case 'button':
      return judgeButtonTemplate(payload, text);
    case 'list':
      return judgeList(payload, text);
    case 'media':
      return judgeMedia(payload, text);
    case 'request_user_info':
      return judgeInfoRequest(payload);
    default:
      return refused(refusal('-233'));
  }
}

function judgeFile(payload: Json, text: unknown): MessageVerdict {
  if (text !== undefined) return refused(invalid('text'));
  if (!isText(payload['token'])) return refused(invalid('token'));
  return { ok: { kind: 'file', text: '', buttons: [], media: payload, echo: 'oa_send_file' } };
}

/** The text stands beside the attachment, or inside the payload in the older shape. */
function judgeButtonTemplate(payload: Json, outerText: unknown): MessageVerdict {
  const text = outerText ?? payload['text'];
  const problem = textProblem(text) ?? buttonsProblem(payload['buttons']);
  if (problem) return refused(problem);
  const buttons = payload['buttons'] as readonly ChatButton[];
  return { ok: { kind: 'text', text: text as string, buttons, echo: 'oa_send_template' } };
}

function judgeList(payload: Json, text: unknown): MessageVerdict {
  const problem =
    (text === undefined ? undefined : textProblem(text)) ??
    elementsProblem(payload['elements'], MAX_ELEMENTS) ??
    (payload['buttons'] === undefined ? undefined : buttonsProblem(payload['buttons']));
  if (problem) return refused(problem);
  const elements = payload['elements'] as readonly Json[];
  if (!isText(elements[0]?.['subtitle'])) return refused(invalid('subtitle'));
  return {
    ok: {
      kind: 'list',
      text: (text as string | undefined) ?? '',
      buttons: (payload['buttons'] as readonly ChatButton[] | undefined) ?? [],
      media: { elements },
      echo: 'oa_send_list',
    },
  };
}

const MEDIA_ECHO: Readonly<Record<string, { readonly kind: MessageKind; readonly echo: string }>> = {
  image: { kind: 'image', echo: 'oa_send_image' },
  gif: { kind: 'gif', echo: 'oa_send_gif' },
  sticker: { kind: 'sticker', echo: 'oa_send_sticker' },
};

function judgeMedia(payload: Json, text: unknown): MessageVerdict {
  const elements = payload['elements'];
  if (!Array.isArray(elements) || elements.length !== 1) return refused(invalid('elements'));
  const element: unknown = elements[0];
  if (!isObject(element)) return refused(invalid('elements'));
  const known = MEDIA_ECHO[String(element['media_type'])];
  if (!known) return refused(invalid('media_type'));
  const byId = isText(element['attachment_id']);
  if (byId === isHttpUrl(element['url'])) return refused(invalid('attachment_id'));
  if (known.kind === 'gif' && !(isNumber(element['width']) && isNumber(element['height']))) {
    return refused(invalid('width'));
  }
  const problem = text === undefined ? undefined : textProblem(text);
  if (problem) return refused(problem);
  return { ok: { ...known, text: (text as string | undefined) ?? '', buttons: [], media: element } };
}

function judgeInfoRequest(payload: Json): MessageVerdict {
  const problem = elementsProblem(payload['elements'], 1);
  if (problem) return refused(problem);
  const [element] = payload['elements'] as readonly Json[];
  return {
    ok: {
      kind: 'request_user_info',
      text: String(element?.['title']),
      buttons: [],
      media: element ?? {},
      echo: 'oa_send_template',
    },
  };
}

function elementsProblem(elements: unknown, max: number): ZaloAnswer | undefined {
  if (!Array.isArray(elements) || elements.length === 0 || elements.length > max) return invalid('elements');
  for (const element of elements as readonly unknown[]) {
    if (!isObject(element) || !isText(element['title'], MAX_TITLE_CHARS)) return invalid('title');
    const subtitle = element['subtitle'];
    if (subtitle !== undefined && !isText(subtitle, MAX_SUBTITLE_CHARS)) return invalid('subtitle');
    const action = element['default_action'];
    if (action !== undefined && !isFlatLink(action)) return invalid('default_action');
  }
  return undefined;
}

function textProblem(text: unknown): ZaloAnswer | undefined {
  if (!isText(text)) return invalid('text');
  return text.normalize('NFC').length > MAX_TEXT_CHARS ? refusal('-210') : undefined;
}

function buttonsProblem(buttons: unknown): ZaloAnswer | undefined {
  if (!Array.isArray(buttons) || buttons.length === 0 || buttons.length > MAX_BUTTONS)
    return invalid('buttons');
  for (const button of buttons as readonly unknown[]) {
    const problem = buttonProblem(button);
    if (problem) return problem;
  }
  return undefined;
}

function buttonProblem(button: unknown): ZaloAnswer | undefined {
  if (!isObject(button)) return invalid('buttons');
  if (!isText(button['title'], MAX_TITLE_CHARS)) return invalid('title');
  const isValidPayload = PAYLOAD_RULES[String(button['type'])];
  if (!isValidPayload) return refusal('-233');
  return isValidPayload(button['payload']) ? undefined : invalid('payload');
}

const PAYLOAD_RULES: Readonly<Record<string, ((payload: unknown) => boolean) | undefined>> = {
  'oa.open.url': (payload) => isObject(payload) && isHttpUrl(payload['url']),
  'oa.query.show': (payload) => isText(payload, MAX_PAYLOAD_CHARS),
  'oa.query.hide': (payload) => isText(payload, MAX_PAYLOAD_CHARS),
  'oa.open.phone': (payload) => isObject(payload) && isPhone(payload['phone_code']),
  'oa.open.sms': (payload) =>
    isObject(payload) && isText(payload['content'], MAX_SMS_CHARS) && isPhone(payload['phone_code']),
};

function isFlatLink(action: unknown): boolean {
  return isObject(action) && action['type'] === 'oa.open.url' && isHttpUrl(action['url']);
}

function refused(answer: ZaloAnswer): MessageVerdict {
  return { refused: answer };
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown, maxChars = Number.POSITIVE_INFINITY): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= maxChars;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isPhone(value: unknown): boolean {
  return typeof value === 'string' && /^\+?\d{3,15}$/.test(value);
}

function isHttpUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\/[^\s/]+/.test(value) && URL.canParse(value);
}
