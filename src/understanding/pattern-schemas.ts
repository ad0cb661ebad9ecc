import { z } from 'zod';
import { FEEDBACK_CATEGORIES } from '../feedback/feedback.ts';
import type { FeedbackCategory } from '../feedback/feedback.ts';
import type { Language } from '../kernel/messages.ts';
import { phraseProblem } from './phrases.ts';
import type { Shorthand } from './text/shorthand.ts';
import type { EmergencyKind, Intent } from './understanding.ts';

/** Intents with a file of the common shape; emergencies and formal complaints have files of their own shape. */
export const KEYWORD_INTENTS = [
  'greeting',
  'help',
  'procedure_status',
  'procedure_info',
  'vneid_help',
  'complaint_file',
  'complaint_status',
  'subscribe',
  'unsubscribe',
  'announcements',
  'contact_info',
  'human',
  'language_switch',
  'delete_data',
  'thanks',
  'goodbye',
  'yes',
  'no',
  'cancel',
  'back',
  'out_of_scope',
] as const satisfies readonly Intent[];

export type KeywordIntent = (typeof KEYWORD_INTENTS)[number];

const phrase = z.string().check((context) => {
  const problem = phraseProblem(context.value);
  if (problem)
    context.issues.push({ code: 'custom', message: `"${context.value}" ${problem}`, input: context.value });
});
const phrases = z.array(phrase).default([]);
const sentences = z.array(z.string().trim().min(1).max(1000));
/** Whole messages to learn from: a list, or lists by group (a card, a category, a kind of danger, appeal or denunciation). */
const examples = z.union([sentences, z.record(z.string(), sentences)]).default([]);
/** For the people who edit the file; the program does not read it. */
const note = z.string().optional();

/**
 * `whole`: the message is exactly this, apart from polite words. `sure`: enough to act on. `hint`: two hints make an
 * answer, one makes an offer. `against`: takes a hint away.
 */
export const intentFileSchema = z.strictObject({
  note,
  whole: phrases,
  sure: phrases,
  hint: phrases,
  against: phrases,
  examples,
});

/** `decisions` are words that show an appeal is meant in the law's sense and not as "I complain about the noise". */
export const formalFileSchema = z.strictObject({
  note,
  appeal: phrases,
  denunciation: phrases,
  decisions: phrases,
  against: phrases,
  examples,
});

/** Answers to the questions of forms, by the step that asked: `form:text`, `form:phone`, `form:village`. Nothing but examples. */
export const formAnswerFileSchema = z.strictObject({ note, examples });

const listName = /^@[a-z-]+$/;
const phraseOrList = z.union([z.string().regex(listName), phrase]);
const pair = z.strictObject({
  act: z.array(phraseOrList).min(1),
  with: z.array(phraseOrList).min(1),
  /** Words allowed in between. */
  within: z.int().min(0).max(12).default(5),
});
const dangerSchema = z.strictObject({ sure: phrases, pairs: z.array(pair).default([]) });
const EMPTY_DANGER = { sure: [], pairs: [] };
const danger = dangerSchema.default(EMPTY_DANGER);

const dangerKinds = {
  fire: danger,
  medical: danger,
  crime: danger,
  child: danger,
  disaster: danger,
  self_harm: danger,
  electricity: danger,
  drowning: danger,
} satisfies Readonly<Record<EmergencyKind, typeof danger>>;

/** See `emergency.ts` for how the parts work together. */
export const emergencyFileSchema = z
  .strictObject({
    note,
    lists: z.record(z.string(), z.array(phrase)).default({}),
    kinds: z.strictObject(dangerKinds),
    cries: phrases,
    idioms: phrases,
    calm: phrases,
    urgent: phrases,
    examples,
  })
  .check((context) => {
    const { lists, kinds } = context.value;
    const used = Object.values(kinds).flatMap((kind) =>
      kind.pairs.flatMap((each) => [...each.act, ...each.with]),
    );
    for (const name of used.filter((word) => listName.test(word) && !(word.slice(1) in lists))) {
      context.issues.push({ code: 'custom', message: `there is no list "${name.slice(1)}"`, input: name });
    }
  });

const categoryPhrases = Object.fromEntries(FEEDBACK_CATEGORIES.map((id) => [id, phrases])) as Record<
  FeedbackCategory,
  typeof phrases
>;
export const categoriesFileSchema = z.strictObject({ note, categories: z.strictObject(categoryPhrases) });

const shortForm = z.string().regex(/^[\p{L}\p{N}]+$/u, 'one word, lower case');
const meaning = z.string().min(1);
/** See `Shorthand` for what the two lists do. */
export const abbreviationsFileSchema = z.strictObject({
  note,
  abbreviations: z.record(shortForm, meaning),
  ambiguous: z
    .record(
      shortForm,
      z.strictObject({ near: z.record(meaning, z.array(meaning).min(1)), otherwise: meaning }),
    )
    .default({}),
});

/** Polite words that may stand before or after a whole message without changing it. */
export const fillersFileSchema = z.strictObject({ note, before: phrases, after: phrases });

/** A sentence somebody could write, and what it means. */
export interface Example {
  readonly text: string;
  readonly intent: Intent;
  /** A card, a category, a kind of danger, `appeal` or `denunciation`; absent where no group was given. */
  readonly group?: string;
  readonly language: Language;
}

export type IntentPatterns = Omit<z.infer<typeof intentFileSchema>, 'note' | 'examples'>;
export type FormalPatterns = Omit<z.infer<typeof formalFileSchema>, 'note' | 'examples'>;
export type FillerPatterns = Omit<z.infer<typeof fillersFileSchema>, 'note'>;
export type EmergencyPatterns = Omit<z.infer<typeof emergencyFileSchema>, 'examples'> & {
  readonly language: Language;
};

/** All pattern files together. A resident may mix languages, so every language is always listened to. */
export interface Patterns {
  readonly intents: Readonly<Record<KeywordIntent, IntentPatterns>>;
  readonly formal: FormalPatterns;
  readonly emergency: readonly EmergencyPatterns[];
  readonly categories: Readonly<Record<FeedbackCategory, readonly string[]>>;
  readonly shorthand: Shorthand;
  readonly fillers: FillerPatterns;
}

/** The patterns with the sentences the model is learnt from; at run time only the patterns are needed. */
export interface LearningMaterial extends Patterns {
  readonly examples: readonly Example[];
}
