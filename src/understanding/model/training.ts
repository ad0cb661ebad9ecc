import type { Vector } from './features.ts';
import { quantise } from './linear-model.ts';
import type { LinearModel } from './linear-model.ts';
import { trainSoftmax } from './softmax.ts';
import { trainSvm } from './svm.ts';

/** What is learnt from: a message and the one label it has. */
export interface Lesson {
  readonly vector: Vector;
  readonly label: string;
}

export interface TrainingOptions {
  /** At most the size of the vocabulary; less makes a smaller model. */
  readonly size: number;
  /** See `LinearModel`. */
  readonly temperature: number;
}

/** Mistakes at the examples of a label cost more than at the many others; chosen on the development set. */
const MEMBER_COST = 8;
const OTHER_COST = 4;
const SVM_ROUNDS = 12;
const SOFTMAX = { rounds: 5, rate: 0.3, decay: 1e-5, seed: 5 } as const;
/** Shares of the two in the sum. The machine draws sharper borders, the regression better probabilities. */
const SVM_SHARE = 3;
const SOFTMAX_SHARE = 1;
const FIRST_SEED = 11;

/**
 * One classifier from examples: support vector machines, one a label, and a multinomial regression, added up.
 * Deterministic: the same lessons in the same order give the same bytes. Some seconds of work for ten thousand lessons.
 */
export function train(lessons: readonly Lesson[], { size, temperature }: TrainingOptions): LinearModel {
  const labels = [...new Set(lessons.map(({ label }) => label))].sort();
  const vectors = lessons.map(({ vector }) => fold(vector, size));
  const classes = labels.length;
  const sum = trainSoftmax(
    vectors,
    lessons.map(({ label }) => labels.indexOf(label)),
    { size, classes, ...SOFTMAX },
  ).map((weight) => weight * SOFTMAX_SHARE);
  labels.forEach((label, each) => {
    const isMember = (index: number): boolean => lessons[index]?.label === label;
    const cost = (index: number): number => (isMember(index) ? MEMBER_COST : OTHER_COST);
    const options = { size, rounds: SVM_ROUNDS, seed: FIRST_SEED + each };
    trainSvm(vectors, isMember, cost, options).forEach((weight, row) => {
      const at = row * classes + each;
      sum[at] = (sum[at] as number) + SVM_SHARE * weight;
    });
  });
  return quantise(labels, size, sum, temperature);
}

/** The same vector for a smaller model: places that coincide there stand twice, and so add up. */
function fold({ places, values }: Vector, size: number): Vector {
  return { places: places.map((place) => place % size), values };
}
