import type { Example } from '../pattern-schemas.ts';
import type { Intent } from '../understanding.ts';
import type { Vector } from './features.ts';
import type { StepKind } from './model.ts';
import type { Lesson } from './training.ts';

/** An example as the model sees it. */
export interface SeenExample extends Example {
  readonly vector: Vector;
}

const COMMANDS: Readonly<Record<StepKind, readonly Intent[]>> = {
  choice: ['yes', 'no', 'cancel', 'back', 'human', 'help'],
  words: ['no', 'cancel', 'back', 'human', 'help'],
};
/** Outside a form help is asked for in whole sentences; inside, the same words are mostly part of a story. */
const ONLY_AS_TYPED_IN_FORMS: readonly Intent[] = ['help'];
/** Reports are what a step that waits for words hears all day; to one that waits for a yes they are the exception. */
const REPORTS_USED: Readonly<Record<StepKind, number>> = { choice: 1 / 5, words: 1 };

/**
 * What is learnt for a step that waits for a choice, or for words: its commands, and everything else as `form_answer`.
 * An example's group may name the step it belongs to (`form:text`); without one it holds for both.
 */
export function lessonsForForms(seen: readonly SeenExample[], kind: StepKind): readonly Lesson[] {
  return seen.flatMap(({ vector, intent, group }, at) => {
    if (!belongs(group, kind)) return [];
    const isTyped = group?.startsWith('form') === true;
    if (ONLY_AS_TYPED_IN_FORMS.includes(intent) && !isTyped) return [];
    if (COMMANDS[kind].includes(intent)) return [{ vector, label: intent }];
    const isTold =
      intent === 'form_answer' || (intent === 'complaint_file' && at % (1 / REPORTS_USED[kind]) === 0);
    return isTold ? [{ vector, label: 'form_answer' }] : [];
  });
}

function belongs(group: string | undefined, kind: StepKind): boolean {
  if (group?.startsWith('form') !== true) return true;
  return (group === 'form' || group === 'form:confirm') === (kind === 'choice');
}

/** What is learnt to tell the groups of one intent apart: cards, categories, kinds. */
export function lessonsForGroups(seen: readonly SeenExample[], intent: Intent): readonly Lesson[] {
  return seen.flatMap(({ vector, group, intent: own }) =>
    own === intent && group !== undefined ? [{ vector, label: group }] : [],
  );
}

/**
 * What is learnt to tell intents apart. The commands of forms are among them, so that "nhầm rồi" is not taken for
 * something else; outside a form they are left out when the message is read. Answers to questions may be about anything.
 */
export function lessonsForIntents(seen: readonly SeenExample[]): readonly Lesson[] {
  return seen
    .filter(({ intent }) => intent !== 'form_answer')
    .map(({ vector, intent }) => ({ vector, label: intent }));
}
