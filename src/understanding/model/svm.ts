import type { Vector } from './features.ts';
import { shuffle } from './random.ts';
import { createRandom } from './random.ts';

export interface SvmOptions {
  /** Places of the vocabulary; the result has one weight more, the bias. */
  readonly size: number;
  readonly rounds: number;
  readonly seed: number;
}

/**
 * One linear support vector machine by dual coordinate descent with shrinking (squared hinge loss), as Hsieh et al.
 * describe it (ICML 2008, "A dual coordinate descent method for large-scale linear SVM"). Deterministic: the order of
 * examples comes from a seeded generator. `cost` is how dear a mistake at an example is; above 0.
 */
export function trainSvm(
  vectors: readonly Vector[],
  isMember: (index: number) => boolean,
  cost: (index: number) => number,
  { size, rounds, seed }: SvmOptions,
): Float32Array {
  const weights = new Float32Array(size + 1);
  const alpha = new Float64Array(vectors.length);
  const signs = Int8Array.from(vectors, (_, index) => (isMember(index) ? 1 : -1));
  const ridge = Float64Array.from(vectors, (_, index) => 0.5 / cost(index));
  const diagonal = Float64Array.from(
    vectors,
    (vector, index) => squaredLength(vector) + 1 + (ridge[index] ?? 0),
  );
  const random = createRandom(seed);
  let active = Uint32Array.from(vectors.keys());
  let worst = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    shuffle(active, random);
    const kept: number[] = [];
    let worstNow = 0;
    for (const index of active) {
      const vector = vectors[index] as Vector;
      const sign = signs[index] as number;
      const before = alpha[index] as number;
      const gradient = sign * scoreOf(weights, size, vector) - 1 + before * (ridge[index] as number);
      // Far on the right side of the border and of no weight: it will not come back.
      if (before === 0 && gradient > worst) continue;
      kept.push(index);
      if (before === 0 && gradient >= 0) continue;
      worstNow = Math.max(worstNow, Math.abs(gradient));
      const after = Math.max(before - gradient / (diagonal[index] as number), 0);
      alpha[index] = after;
      move(weights, size, vector, (after - before) * sign);
    }
    worst = worstNow;
    active = Uint32Array.from(kept);
  }
  return weights;
}

function scoreOf(weights: Float32Array, size: number, { places, values }: Vector): number {
  let sum = weights[size] as number;
  for (let at = 0; at < places.length; at += 1)
    sum += (weights[places[at] as number] as number) * (values[at] as number);
  return sum;
}

function move(weights: Float32Array, size: number, { places, values }: Vector, by: number): void {
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] as number;
    weights[place] = (weights[place] as number) + by * (values[at] as number);
  }
  weights[size] = (weights[size] as number) + by;
}

function squaredLength({ values }: Vector): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
