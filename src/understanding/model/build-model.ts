import { createConceptFinder } from '../concepts.ts';
import type { Example, LearningMaterial, Patterns } from '../pattern-schemas.ts';
import { toWords } from '../text/words.ts';
import { countFeatures, toVector } from './features.ts';
import { lessonsForForms, lessonsForGroups, lessonsForIntents } from './lessons.ts';
import type { SeenExample } from './lessons.ts';
import { GROUPED_INTENTS, STEP_KINDS } from './model.ts';
import type { UnderstandingModel } from './model.ts';
import { train } from './training.ts';
import type { Lesson } from './training.ts';
import { learnVocabulary } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Groups and commands are learnt from fewer examples: a smaller model is as good. */
const SMALL_SIZE = 12_000;
/** Measured on the development set, which no training sees (`npm run evaluate -- dev`). */
const INTENT_TEMPERATURE = 2;
const GROUP_TEMPERATURE = 2;
const FORM_TEMPERATURE = 2;

/** Learns everything from the example sentences of the pattern files. Deterministic; takes about half a minute. */
export function buildModel({ examples, ...patterns }: LearningMaterial): UnderstandingModel {
  const { seen, vocabulary } = look(examples, patterns);
  const size = vocabulary.hashes.length;
  return {
    patterns,
    vocabulary,
    intents: train(lessonsForIntents(seen), { size, temperature: INTENT_TEMPERATURE }),
    forms: recordOf(STEP_KINDS, (kind) => trainSmall(lessonsForForms(seen, kind), FORM_TEMPERATURE)),
    groups: recordOf(GROUPED_INTENTS, (intent) =>
      trainSmall(lessonsForGroups(seen, intent), GROUP_TEMPERATURE),
    ),
  };
}

function look(
  examples: readonly Example[],
  patterns: Patterns,
): {
  readonly seen: readonly SeenExample[];
  readonly vocabulary: Vocabulary;
} {
  const findConcepts = createConceptFinder(patterns);
  const counted = examples.map((example) => {
    const words = toWords(example.text, patterns.shorthand);
    return { example, counts: countFeatures(words, findConcepts(words)) };
  });
  const vocabulary = learnVocabulary(counted.map(({ counts }) => counts));
  return {
    seen: counted.map(({ example, counts }) => ({ ...example, vector: toVector(counts, vocabulary) })),
    vocabulary,
  };
}

function trainSmall(lessons: readonly Lesson[], temperature: number) {
  return train(lessons, { size: SMALL_SIZE, temperature });
}

function recordOf<K extends string, T>(keys: readonly K[], valueOf: (key: K) => T): Readonly<Record<K, T>> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Readonly<Record<K, T>>;
}
