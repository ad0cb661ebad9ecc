import { InvalidInputError } from '../kernel/errors.ts';
import type { Button, OutgoingMessage } from '../kernel/messages.ts';
import { MAX_TEXT_CHARS, splitText } from './text-split.ts';

// Zalo OA docs, consultation message page, read 2026-11-22.
const MAX_BUTTONS = 5;
const MAX_TITLE_CHARS = 100;
const MAX_PAYLOAD_CHARS = 1000;

/** Written-out buttons longer than this leave too little of the message for its words. */
const MAX_WRITTEN_BUTTONS_CHARS = 1500;
const LINES_APART = '\n\n';

export type WireButton =
  | { readonly title: string; readonly type: 'oa.query.show' | 'oa.query.hide'; readonly payload: string }
  | { readonly title: string; readonly type: 'oa.open.url'; readonly payload: { readonly url: string } }
  | {
      readonly title: string;
      readonly type: 'oa.open.phone';
      readonly payload: { readonly phone_code: string };
    };

/**
 * The `message` of a send, the same in both API generations:
 * `{"text":"…","attachment":{"type":"template","payload":{"buttons":[{"title":"…","type":"oa.query.hide","payload":"#tthc"}]}}}`
 */
export interface WireMessage {
  readonly text: string;
  readonly attachment?: {
    readonly type: 'template';
    readonly payload: { readonly buttons: readonly WireButton[] };
  };
}

/**
 * Makes messages that Zalo accepts in one call each: long text is split, buttons go with the last part, and what
 * cannot be buttons is written out as text. The part with buttons also fits when they are written out, so that it
 * can be said again as plain text. Throws `InvalidInputError` for a message without words.
 */
export function toParts(message: OutgoingMessage): OutgoingMessage[] {
  const text = message.text.normalize('NFC').trim();
  if (text === '') {
    throw new InvalidInputError('A message needs words.', { code: 'message.empty' });
  }
  const buttons = message.buttons ?? [];
  if (buttons.length === 0) return splitText(text).map(toTextPart);

  const whole = { text, buttons };
  if (!canBeButtons(buttons)) return splitText(toPlainText(whole).text).map(toTextPart);
  return splitBeforeButtons(whole);
}

/** The same message with its buttons as lines: addresses and numbers written out, and what can be typed named. */
export function toPlainText(message: OutgoingMessage): OutgoingMessage {
  const text = message.text.normalize('NFC').trim();
  const lines = missingLines(text, message.buttons ?? []);
  return { text: lines.length === 0 ? text : `${text}${LINES_APART}${lines.join('\n')}` };
}

/** The body Zalo expects for one part. */
export function toWire(part: OutgoingMessage): WireMessage {
  const text = part.text.normalize('NFC');
  const buttons = (part.buttons ?? []).map(toWireButton);
  if (buttons.length === 0) return { text };
  return { text, attachment: { type: 'template', payload: { buttons } } };
}

/** `0912 345 678` → `84912345678`; short numbers such as 113 and 1900… have no country code and stay. */
export function toPhoneCode(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.startsWith('0') ? `84${digits.slice(1)}` : digits;
}

function toTextPart(text: string): OutgoingMessage {
  return { text };
}

function canBeButtons(buttons: readonly Button[]): boolean {
  if (buttons.length > MAX_BUTTONS || !buttons.every(fitsButton)) return false;
  return writtenChars(buttons) <= MAX_WRITTEN_BUTTONS_CHARS;
}

function fitsButton(button: Button): boolean {
  if (button.title.trim() === '') return false;
  if (button.kind === 'send') return fitsPayload(button.payload);
  return button.kind === 'call' || fitsPayload(button.url);
}

function fitsPayload(payload: string): boolean {
  return payload !== '' && payload.length <= MAX_PAYLOAD_CHARS;
}

function splitBeforeButtons({ text, buttons }: Required<OutgoingMessage>): OutgoingMessage[] {
  const parts = splitText(text);
  const last = parts.pop() ?? text;
  const fits = toPlainText({ text: last, buttons }).text.length <= MAX_TEXT_CHARS;
  const tail = fits ? [last] : splitText(last, MAX_TEXT_CHARS - writtenChars(buttons));
  const end = { text: tail.pop() ?? last, buttons };
  return [...[...parts, ...tail].map(toTextPart), end];
}

/** A choice that the text lists with its number is not said twice. */
function missingLines(text: string, buttons: readonly Button[]): string[] {
  const listed = text.split('\n').flatMap((line) => /^\d+\. (.+)$/.exec(line.trim())?.[1] ?? []);
  return buttons.filter((button) => !isListed(button, listed)).map(toLine);
}

/** A button's title may be the shortened name of what the text says in full. */
function isListed({ kind, title }: Button, listed: readonly string[]): boolean {
  if (kind !== 'send') return false;
  const name = title.normalize('NFC').trim();
  if (!name.endsWith('…')) return listed.includes(name);
  return listed.some((line) => line.startsWith(name.slice(0, -1)));
}

/** Only the conversation gives numbers: one made up here would mean something else when it is typed. */
function toLine(button: Button): string {
  const title = button.title.normalize('NFC').trim();
  if (button.kind === 'link') return `${title}: ${button.url}`;
  if (button.kind === 'call') return `${title}: ${button.phone}`;
  return `– ${title}`;
}

function writtenChars(buttons: readonly Button[]): number {
  return `${LINES_APART}${buttons.map(toLine).join('\n')}`.length;
}

function toWireButton(button: Button): WireButton {
  const title = shortTitle(button.title);
  switch (button.kind) {
    case 'send':
      return { title, type: tapKind(button.payload), payload: button.payload.normalize('NFC') };
    case 'link':
      return { title, type: 'oa.open.url', payload: { url: button.url } };
    case 'call':
      return { title, type: 'oa.open.phone', payload: { phone_code: toPhoneCode(button.phone) } };
  }
}

function shortTitle(title: string): string {
  const clean = title.normalize('NFC').trim();
  if (clean.length <= MAX_TITLE_CHARS) return clean;
  const [start = ''] = splitText(clean, MAX_TITLE_CHARS - 1);
  return `${start}…`;
}

/**
 * A shown payload stands in the chat as if the resident had typed it; nobody should read `#tthc khai-sinh` under
 * her own name. Hidden ones reach us all the same, as ordinary text (Zalo OA docs, button types, read 2026-11-22).
 */
function tapKind(payload: string): 'oa.query.show' | 'oa.query.hide' {
  return payload.startsWith('#') ? 'oa.query.hide' : 'oa.query.show';
}
