import type { OfficeCalendar } from '../calendar/calendar.ts';
import type { DossierStore } from '../dossiers/dossier.ts';
import type { FeedbackStore } from '../feedback/feedback.ts';
import type { Commune } from '../kernel/commune.ts';
import type { Wording, WordingValues } from '../kernel/i18n.ts';
import type { Button, Language, OutgoingMessage, ResidentEvent } from '../kernel/messages.ts';
import type { KnowledgeBase } from '../knowledge/knowledge.ts';
import type { AnnouncementArchive } from '../residents/resident.ts';
import type { Understander, Understanding } from '../understanding/understanding.ts';
import type { Choice, Effect, SessionState } from './turn.ts';

/** Everything the conversation may ask; it only reads. */
export interface ConversationDeps {
  readonly wording: Wording;
  readonly understander: Understander;
  readonly knowledge: KnowledgeBase;
  readonly dossiers: DossierStore;
  readonly feedback: FeedbackStore;
  readonly archive: AnnouncementArchive;
  readonly calendar: OfficeCalendar;
  readonly commune: Commune;
}

/** One moment of one conversation, as handlers see it. */
export interface Scene {
  readonly event: ResidentEvent;
  readonly now: Date;
  readonly session: SessionState;
  readonly language: Language;
  /** The resident's words with secrets masked; empty for a tap on a button or a picture. */
  readonly text: string;
  /** What the words mean; absent where nothing was said in words. */
  readonly understanding?: Understanding;
  /** A sentence of `locales/`, in the resident's language. */
  say(key: string, values?: WordingValues): string;
}

/** A message before numbers and buttons are put on it. */
export interface Reply {
  readonly text: string;
  /** A line below the numbers. */
  readonly footnote?: string;
  /** Numbered in the text, and buttons where they fit; what the next number or title means. */
  readonly choices?: readonly Choice[];
  /** How many of the choices become buttons: all when there are at most five, else none, unless said here. */
  readonly featured?: number;
  /** Buttons before the choices: calls, links, the main action. */
  readonly buttons?: readonly Button[];
  /** Unnumbered buttons after the choices, as far as there is room: the words that always work. */
  readonly controls?: readonly Choice[];
}

/** Changes to the session; `undefined` removes. */
export type SessionChanges = { readonly [K in keyof SessionState]?: SessionState[K] | undefined };

/** What a handler decides. */
export interface Answer {
  /** A code for the log and for staff. */
  readonly reason: string;
  readonly replies: readonly Reply[];
  readonly session?: SessionChanges;
  readonly effects?: readonly Effect[];
  /** The choices are the point of the answer, so an open form steps aside for them. */
  readonly awaits?: boolean;
}

// Zalo OA docs, message templates, read 2026-11-22: at most five buttons a message, titles up to 100 characters.
const MAX_BUTTONS = 5;
const MAX_TITLE_CHARS = 60;

/** Puts the numbers into the text and the payloads onto buttons. */
export function renderReply(reply: Reply): OutgoingMessage {
  const lines = (reply.choices ?? []).map((choice, index) => `${index + 1}. ${choice.title}`);
  const text = paragraphs(reply.text, lines.join('\n'), reply.footnote);
  const buttons = allButtons(reply);
  return buttons.length > 0 ? { text, buttons: buttons.slice(0, MAX_BUTTONS) } : { text };
}

/** Whether one more button would be seen. */
export function hasRoom(reply: Reply): boolean {
  return allButtons(reply).length < MAX_BUTTONS;
}

function allButtons({ buttons = [], choices = [], featured, controls = [] }: Reply): readonly Button[] {
  const asButtons = choices.slice(0, featured ?? (choices.length <= MAX_BUTTONS ? MAX_BUTTONS : 0));
  return [...buttons, ...[...asButtons, ...controls].map(toButton)];
}

/** The session after an answer. What was offered one message ago is gone unless offered again. */
export function nextSession(session: SessionState, answer: Answer): SessionState {
  const offered = answer.replies.findLast((reply) => reply.choices !== undefined)?.choices;
  const merged: Record<string, unknown> = {
    ...session,
    misunderstood: 0,
    kept: undefined,
    miss: undefined,
    choices: offered,
    ...answer.session,
  };
  return Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== undefined),
  ) as unknown as SessionState;
}

/** The session with some of its optional parts removed. */
export function without(
  session: SessionState,
  ...keys: readonly ('form' | 'parked' | 'choices' | 'quietUntil' | 'miss')[]
): SessionState {
  const rest = { ...session };
  // The spread is a copy of our own: nobody else sees it change.
  for (const key of keys) Reflect.deleteProperty(rest, key);
  return rest;
}

/** Joins paragraphs, leaving out what does not apply. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n');
}

/** Joins lines, leaving out what does not apply. */
export function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join('\n');
}

/** Cuts at a word border; for titles and previews, never for what a resident must read whole. */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const cut = text.slice(0, maxChars - 1);
  const border = cut.lastIndexOf(' ');
  return `${(border > maxChars / 2 ? cut.slice(0, border) : cut).trimEnd()}…`;
}

function toButton({ title, payload }: Choice): Button {
  return { kind: 'send', title: shorten(title, MAX_TITLE_CHARS), payload };
}
