import { INTENTS, type Intent } from '../understanding/understanding.ts';
import type { Label } from './misunderstood.ts';

/** Sentences of an intent can be sorted into these; an intent without any is not listed. */
export type LabelGroups = Readonly<Partial<Record<Intent, readonly string[]>>>;

/** What a message can mean by itself: the answer to a form's question means nothing outside the form. */
export const LABEL_INTENTS: readonly Intent[] = INTENTS.filter((intent) => intent !== 'form_answer');

export type LabelReading =
  | { readonly kind: 'label'; readonly label: Label }
  /** `possible` are the words that would have been right. */
  | { readonly kind: 'unknown_intent'; readonly possible: readonly string[] }
  | { readonly kind: 'unknown_group'; readonly possible: readonly string[] };

/** Reads what a member of staff typed. */
export function readLabel(intent: string, group: string | undefined, groups: LabelGroups): LabelReading {
  const known = LABEL_INTENTS.find((each) => each === intent);
  if (!known) return { kind: 'unknown_intent', possible: LABEL_INTENTS };
  if (group === undefined) return { kind: 'label', label: { intent: known } };
  const possible = groups[known] ?? [];
  if (!possible.includes(group)) return { kind: 'unknown_group', possible };
  return { kind: 'label', label: { intent: known, group } };
}
