import { BUCKETS } from './features.ts';
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
  /** A power of two, at most `BUCKETS`. */
  readonly buckets: number;
  /** See `LinearModel`. */
  readonly temperature: number;
}

/** Mistakes at the examples of a label cost more than at the many others; found by cross-validation. */
const MEMBER_COST = 1;
const OTHER_COST = 0.5;
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
export function train(lessons: readonly Lesson[], { buckets, temperature }: TrainingOptions): LinearModel {
  const labels = [...new Set(lessons.map(({ label }) => label))].sort();
  const vectors = lessons.map(({ vector }) => fold(vector, buckets));
  const classes = labels.length;
  const sum = trainSoftmax(
    vectors,
    lessons.map(({ label }) => labels.indexOf(label)),
    { size: buckets, classes, ...SOFTMAX },
  ).map((weight) => weight * SOFTMAX_SHARE);
  labels.forEach((label, each) => {
    const isMember = (index: number): boolean => lessons[index]?.label === label;
    const cost = (index: number): number => (isMember(index) ? MEMBER_COST : OTHER_COST);
    const options = { size: buckets, rounds: SVM_ROUNDS, seed: FIRST_SEED + each };
    trainSvm(vectors, isMember, cost, options).forEach((weight, row) => {
      const at = row * classes + each;
      sum[at] = (sum[at] as number) + SVM_SHARE * weight;
    });
  });
  return quantise(labels, buckets, sum, temperature);
}

/** The same vector for a smaller model: buckets that coincide there stand twice, and so add up. */
function fold({ buckets, values }: Vector, size: number): Vector {
  return size === BUCKETS ? { buckets, values } : { buckets: buckets.map((bucket) => bucket & (size - 1)), values };
}
