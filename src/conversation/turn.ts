import type { EscalationReason } from '../escalations/escalation.ts';
import type { NewFeedback } from '../feedback/feedback.ts';
import type { EventContent, Language, OutgoingMessage, ResidentEvent } from '../kernel/messages.ts';
import type { Lesson } from '../misunderstood/misunderstood.ts';
import type { Intent } from '../understanding/understanding.ts';
import type { CardPart } from './commands.ts';

/** A numbered choice the resident was offered; typing its number or title, or tapping, sends `payload`. */
export interface Choice {
  readonly title: string;
  readonly payload: string;
}

/** An open form: where it is and what was answered. Answers are kept by step id. */
export interface FormState {
  readonly form: string;
  readonly step: string;
  readonly answers: Readonly<Record<string, unknown>>;
  /** Wrong answers in a row at this step; the third offers a person. */
  readonly misses: number;
  readonly startedAt: string;
}

/** What the resident sent with the last message, held for one turn while we ask what to do with it. */
export interface KeptMaterial {
  readonly photoUrls?: readonly string[];
  readonly latitude?: number;
  readonly longitude?: number;
  /** The words themselves, secrets masked; never of a denunciation or an emergency. */
  readonly text?: string;
  /** The one wish the words belong to; without it they are the question of whatever is chosen. */
  readonly about?: Intent;
}

/** What the conversation was last about. */
export interface LastTopic {
  readonly kind: 'procedure' | 'vneid' | 'dossier';
  readonly id: string;
  /** The part of the card that was asked for: "thế khai tử thì sao?" asks for the same of another card. */
  readonly part?: CardPart;
  /** Cards that could have been meant instead, for "cái kia cơ". */
  readonly others?: readonly string[];
}

/** Whether messages that were not understood may be kept to learn from. Without `consent` nothing is. */
export interface LearningState {
  /** The version of the notice that was agreed to, and when. */
  readonly consent?: { readonly notice: number; readonly at: string };
  readonly askedAt?: string;
  /** Said no, or withdrew: never asked again. */
  readonly stoppedAt?: string;
}

/** The message that was not understood, held for one turn: what a yes, or the choice made next, is about. */
export interface Miss {
  readonly key: string;
  /** Masked; only while a yes to keeping it is awaited. */
  readonly waiting?: Lesson;
}

/** Where one conversation stands. Plain JSON, versioned, so that a release never loses anyone's place. */
export interface SessionState {
  readonly version: 1;
  readonly language: Language;
  /** When the resident was told who this is. */
  readonly introducedAt?: string;
  readonly form?: FormState;
  /** A form set aside for something else (a person, the menu), with its answers, until the resident continues. */
  readonly parked?: FormState;
  /** The last numbered choices shown. */
  readonly choices?: readonly Choice[];
  /** What the choices are about. */
  readonly kept?: KeptMaterial;
  /** What the conversation was last about, for "còn phí?". */
  readonly lastTopic?: LastTopic;
  /** Messages not understood in a row: rephrase, choices, person. */
  readonly misunderstood: number;
  /** A person has the conversation; the bot is quiet until then. */
  readonly quietUntil?: string;
  readonly learning?: LearningState;
  readonly miss?: Miss;
}

export function newSession(language: Language = 'vi'): SessionState {
  return { version: 1, language, misunderstood: 0 };
}

/** Something to change besides the session. Each is applied idempotently under the key `eventKey:n`. */
export type Effect =
  | { readonly kind: 'feedback.create'; readonly feedback: NewFeedback }
  | { readonly kind: 'escalation.open'; readonly reason: EscalationReason; readonly lastText?: string }
  | { readonly kind: 'resident.follow'; readonly following: boolean }
  | { readonly kind: 'resident.language'; readonly language: Language }
  | { readonly kind: 'resident.subscribe'; readonly villageIds: readonly string[] }
  | { readonly kind: 'resident.unsubscribe' }
  | { readonly kind: 'misunderstood.keep'; readonly lesson: Lesson }
  /** The suggestion that was taken after the message with this event key. */
  | { readonly kind: 'misunderstood.choose'; readonly key: string; readonly intent: Intent }
  | { readonly kind: 'misunderstood.drop'; readonly key: string }
  /** Everything kept of this resident. */
  | { readonly kind: 'misunderstood.forget' };

/** What the conversation gets to decide on. Everything it needs is in here or behind a store. */
export interface Turn {
  readonly event: ResidentEvent;
  readonly content: EventContent;
  readonly session: SessionState;
  readonly now: Date;
}

/** What was decided: data, nothing sent yet. `reason` is a code for the log and for staff, never text of the resident. */
export interface TurnOutcome {
  readonly intent: string;
  readonly reason: string;
  readonly say: readonly OutgoingMessage[];
  readonly session: SessionState;
  readonly effects: readonly Effect[];
}

/** The reason code of an apology: the event is then kept as a dead letter for an operator. */
export const FAILURE_REASON = 'failure.gave_up';

/** The whole conversation as one function: this event, in this state, at this time, gives that outcome. */
export interface Conversation {
  /** Reads stores, changes nothing. May throw: the dispatcher then retries, and in the end apologises. */
  decide(turn: Turn): Promise<TurnOutcome>;
  /** What to say when deciding failed for good: an apology and a way to a person, with `FAILURE_REASON`. */
  apologise(turn: Turn): TurnOutcome;
}
