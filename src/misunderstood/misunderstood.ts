/** Messages the bot did not understand, kept masked and only of residents who said yes, so that staff can label them. */
import type { Language } from '../kernel/messages.ts';
import type { Intent } from '../understanding/understanding.ts';

/** What the bot thought it might mean. */
export interface Guess {
  readonly intent: Intent;
  readonly confidence: number;
}

/** A misunderstood message as the conversation hands it on. */
export interface Lesson {
  /** The key of the event that brought it. Stored only as a pseudonym, which makes a repeated turn harmless. */
  readonly key: string;
  /** Masked, see `mask.ts`. */
  readonly text: string;
  readonly language: Language;
  /** The local day and no time: enough to let it expire. */
  readonly day: string;
  /** At most three, best first. */
  readonly guesses: readonly Guess[];
  /** The code of the answer that was given. */
  readonly reason: string;
}

/** What a member of staff said it means. `group`: a card, a category, a kind of danger, appeal or denunciation. */
export interface Label {
  readonly intent: Intent;
  readonly group?: string;
}

/** A kept row, as staff see it: nothing in it leads back to the resident. */
export interface Misunderstood extends Omit<Lesson, 'key'> {
  readonly id: string;
  /** The suggestion the resident took next: a weak label until a person confirms it. */
  readonly chosen?: Intent;
  readonly label?: Label & { readonly at: Date };
}

/** Kept this long, so that a commune can look once a month, and no longer. */
export const KEPT_DAYS = 30;
/** More than staff will ever label; a flood pushes out the oldest. */
export const MAX_ROWS = 5000;

/** What the application does with them. */
export interface MisunderstoodStore {
  /** Idempotent by the lesson's key. */
  keep(lesson: Lesson, oaId: string, residentId: string): Promise<void>;
  /** Notes which suggestion was taken; nothing happens when the row is gone. */
  choose(key: string, intent: Intent): Promise<void>;
  /** Removes one row: what followed showed that it must not be kept. */
  drop(key: string): Promise<void>;
  /** Removes what is due and gives how many rows; MongoDB's own clean-up does not run in the embedded engine. */
  removeExpired(now: Date): Promise<number>;
}

/** What staff do with them. */
export interface LabellingStore {
  /** Newest first. */
  list(): Promise<readonly Misunderstood[]>;
  find(id: string): Promise<Misunderstood | undefined>;
  /** False when there is no such row (any more). */
  label(id: string, label: Label, at: Date): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}
