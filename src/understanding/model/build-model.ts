import { foldVietnamese } from '../../kernel/vietnamese.ts';
import { createConceptFinder } from '../concepts.ts';
import type { Example, Patterns } from '../pattern-schemas.ts';
import { toWords } from '../text/words.ts';
import type { Intent } from '../understanding.ts';
import { BUCKETS, countFeatures, measureRarity, toVector } from './features.ts';
import { lessonsForForms, lessonsForGroups, lessonsForIntents } from './lessons.ts';
import type { SeenExample } from './lessons.ts';
import type { LinearModel } from './linear-model.ts';
import { GROUPED_INTENTS, RARITY_STEP, STEP_KINDS } from './model.ts';
import type { UnderstandingModel } from './model.ts';
import { train } from './training.ts';
import type { Lesson } from './training.ts';

/** Groups and commands are learnt from fewer examples: a smaller model is as good. */
const SMALL_BUCKETS = 1 << 14;
/** Measured on the development set, which no training sees (`npm run evaluate`). */
const INTENT_TEMPERATURE = 2;
const GROUP_TEMPERATURE = 2;
const FORM_TEMPERATURE = 2;

/**
 * Foreign matters are endless and their examples few, so they get a start. Chosen on the development set: about nine of
 * ten foreign messages are recognised then, while fewer than 4 in 100 others are turned away.
 */
const PRIORS: Readonly<Partial<Record<Intent, number>>> = { out_of_scope: 1.6 };

/**
 * Learns everything from the example sentences of the pattern files. Each sentence is also learnt without its
 * diacritics. Deterministic; takes some seconds.
 */
export function buildModel(patterns: Patterns): UnderstandingModel {
  const { seen, rarity } = look(patterns);
  return {
    rarity,
    intents: withPriors(train(lessonsForIntents(seen), { buckets: BUCKETS, temperature: INTENT_TEMPERATURE })),
    forms: recordOf(STEP_KINDS, (kind) => trainSmall(lessonsForForms(seen, kind), FORM_TEMPERATURE)),
    groups: recordOf(GROUPED_INTENTS, (intent) => trainSmall(lessonsForGroups(seen, intent), GROUP_TEMPERATURE)),
  };
}

function look(patterns: Patterns): { readonly seen: readonly SeenExample[]; readonly rarity: Float32Array } {
  const findConcepts = createConceptFinder(patterns);
  const counted = patterns.examples.flatMap(withPlainTwin).map((example) => {
    const words = toWords(example.text, patterns.shorthand);
    return { example, counts: countFeatures(words, findConcepts(words)) };
  });
  const rarity = measureRarity(counted.map(({ counts }) => counts)).map(
    (value) => Math.min(255, Math.round(value / RARITY_STEP)) * RARITY_STEP,
  );
  return { seen: counted.map(({ example, counts }) => ({ ...example, vector: toVector(counts, rarity) })), rarity };
}

function withPriors(model: LinearModel): LinearModel {
  return { ...model, bias: model.bias.map((bias, at) => bias + (PRIORS[model.labels[at] as Intent] ?? 0)) };
}

function trainSmall(lessons: readonly Lesson[], temperature: number) {
  return train(lessons, { buckets: SMALL_BUCKETS, temperature });
}

function withPlainTwin(example: Example): readonly Example[] {
  const plain = foldVietnamese(example.text);
  return plain === example.text.toLowerCase() ? [example] : [example, { ...example, text: plain }];
}

function recordOf<K extends string, T>(keys: readonly K[], valueOf: (key: K) => T): Readonly<Record<K, T>> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Readonly<Record<K, T>>;
}
