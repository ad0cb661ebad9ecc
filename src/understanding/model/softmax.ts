import type { Vector } from './features.ts';
import { createRandom, shuffle } from './random.ts';

export interface SoftmaxOptions {
  /** Places of the vocabulary. */
  readonly size: number;
  readonly classes: number;
  readonly rounds: number;
  readonly rate: number;
  /** Shrinks weights towards 0; the larger, the less is learnt by heart. */
  readonly decay: number;
  readonly seed: number;
}

/**
 * Multinomial logistic regression by AdaGrad (Duchi et al., JMLR 2011), one example at a time, with one learning rate a
 * place. Deterministic. The result is row-major, `weights[place * classes + class]`; the last row is the bias.
 */
export function trainSoftmax(
  vectors: readonly Vector[],
  labels: readonly number[],
  options: SoftmaxOptions,
): Float32Array {
  const { size, classes, rounds, seed } = options;
  const weights = new Float32Array((size + 1) * classes);
  const squares = new Float32Array(size + 1);
  const random = createRandom(seed);
  const order = Uint32Array.from(vectors.keys());
  const gradient = new Float64Array(classes);
  for (let round = 0; round < rounds; round += 1) {
    shuffle(order, random);
    for (const index of order) {
      const vector = vectors[index] as Vector;
      probabilitiesInto(gradient, weights, size, vector);
      const label = labels[index] as number;
      gradient[label] = (gradient[label] as number) - 1;
      descend(weights, squares, gradient, vector, options);
    }
  }
  return weights;
}

function descend(
  weights: Float32Array,
  squares: Float32Array,
  gradient: Float64Array,
  { places, values }: Vector,
  { size, classes, rate, decay }: SoftmaxOptions,
): void {
  const steepness = gradient.reduce((sum, each) => sum + each * each, 0) / classes;
  for (let at = 0; at <= places.length; at += 1) {
    const isBias = at === places.length;
    const place = isBias ? size : (places[at] as number);
    const value = isBias ? 1 : (values[at] as number);
    const square = (squares[place] as number) + steepness * value * value;
    squares[place] = square;
    const pace = rate / (Math.sqrt(square) + 1e-3);
    const row = place * classes;
    for (let each = 0; each < classes; each += 1) {
      const weight = weights[row + each] as number;
      weights[row + each] = weight - pace * ((gradient[each] as number) * value + decay * weight);
    }
  }
}

function probabilitiesInto(
  result: Float64Array,
  weights: Float32Array,
  size: number,
  { places, values }: Vector,
): void {
  const classes = result.length;
  for (let each = 0; each < classes; each += 1) result[each] = weights[size * classes + each] as number;
  for (let at = 0; at < places.length; at += 1) {
    const row = (places[at] as number) * classes;
    const value = values[at] as number;
    for (let each = 0; each < classes; each += 1)
      result[each] = (result[each] as number) + (weights[row + each] as number) * value;
  }
  // The largest is taken off first, so that nothing overflows.
  const largest = result.reduce((a, b) => Math.max(a, b), -Infinity);
  let total = 0;
  for (let each = 0; each < classes; each += 1) {
    result[each] = Math.exp((result[each] as number) - largest);
    total += result[each] as number;
  }
  for (let each = 0; each < classes; each += 1) result[each] = (result[each] as number) / total;
}
