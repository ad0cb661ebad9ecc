import { createEmergencyDetector } from './emergency.ts';
import { KEYWORD_INTENTS } from './pattern-schemas.ts';
import type { Patterns } from './pattern-schemas.ts';
import { createPhraseFinder } from './phrases.ts';
import type { PhraseEntry } from './phrases.ts';
import type { Word } from './text/words.ts';

/** Names of the phrase groups that stand in a message: what people know about words, as evidence for the model. */
export type ConceptFinder = (words: readonly Word[]) => readonly string[];

const ONLY_IN_FORMS: readonly string[] = ['yes', 'no', 'cancel', 'back'];

/** Every list of phrases in the pattern files is one concept; a danger is one, too. */
export function createConceptFinder(patterns: Patterns): ConceptFinder {
  const { appeal, denunciation, decisions, against } = patterns.formal;
  const finder = createPhraseFinder([
    ...intentEntries(patterns),
    ...entriesOf('formal', { appeal, denunciation, decisions, against }),
    ...entriesOf('category', patterns.categories),
    ...patterns.emergency.flatMap(({ idioms, calm, urgent }) =>
      entriesOf('danger', { idioms, calm, urgent }),
    ),
  ]);
  const emergency = createEmergencyDetector(patterns.emergency);
  return (words) => {
    const danger = emergency.detect(words);
    const found = finder.find(words).map(({ value }) => value);
    return danger ? [...found, 'danger', `danger:${danger}`] : found;
  };
}

function intentEntries({ intents }: Patterns): PhraseEntry<string>[] {
  return KEYWORD_INTENTS.filter((intent) => !ONLY_IN_FORMS.includes(intent)).flatMap((intent) => {
    const { whole, sure, hint } = intents[intent];
    return entriesOf(intent, { whole, sure, hint });
  });
}

function entriesOf(
  prefix: string,
  lists: Readonly<Record<string, readonly string[]>>,
): PhraseEntry<string>[] {
  return Object.entries(lists).flatMap(([name, phrases]) =>
    phrases.map((phrase) => ({ phrase, value: `${prefix}:${name}` })),
  );
}
