import type { Intent } from '../understanding.ts';
import type { Patterns } from '../pattern-schemas.ts';
import type { LinearModel } from './linear-model.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Intents whose messages fall into groups, each with a classifier of its own: cards, categories, kinds. */
export const GROUPED_INTENTS = [
  'procedure_info',
  'vneid_help',
  'complaint_file',
  'formal_complaint',
  'emergency',
] as const satisfies readonly Intent[];

export type GroupedIntent = (typeof GROUPED_INTENTS)[number];

/** What a step of a form waits for: a yes, a no or a choice; or words, a number, a name. */
export const STEP_KINDS = ['choice', 'words'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** All that was learnt from the example files. */
export interface UnderstandingModel {
  /** The phrases of the same files: what the model was learnt with and has to be used with. */
  readonly patterns: Patterns;
  readonly vocabulary: Vocabulary;
  readonly intents: LinearModel;
  /** What a message in an open form is, by what the step waits for: a command of the form, or an answer. */
  readonly forms: Readonly<Record<StepKind, LinearModel>>;
  /** Which card, category or kind, once the intent is known. */
  readonly groups: Readonly<Record<GroupedIntent, LinearModel>>;
}
