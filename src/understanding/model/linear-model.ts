import type { Vector } from './features.ts';

/**
 * Weights of one linear classifier, a byte each: `weights[place * classes + class] * scales[class]` is the real one.
 * Several linear models trained on the same vectors add up to one, so an ensemble costs no more than this.
 */
export interface LinearModel {
  readonly labels: readonly string[];
  /** Places; those of a larger vocabulary are folded onto these. */
  readonly size: number;
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
  /** Scores are divided by this before they become probabilities; measured when the model is built. */
  readonly temperature: number;
}

export interface Scored {
  readonly label: string;
  /** 0 to 1; all of a message's add up to 1. */
  readonly probability: number;
}

/** Every label, best first; equal ones in the model's order. */
export function classify(model: LinearModel, vector: Vector): readonly Scored[] {
  const probabilities = softmax(scoresOf(model, vector), model.temperature);
  return model.labels
    .map((label, at) => ({ label, probability: probabilities[at] ?? 0 }))
    .sort((a, b) => b.probability - a.probability);
}

/** Raw scores in the order of the labels. */
export function scoresOf({ size, weights, scales, bias }: LinearModel, vector: Vector): Float64Array {
  const classes = bias.length;
  const sums = new Float64Array(classes);
  const { places, values } = vector;
  for (let at = 0; at < places.length; at += 1) {
    const row = ((places[at] as number) % size) * classes;
    const value = values[at] as number;
    for (let each = 0; each < classes; each += 1)
      sums[each] = (sums[each] as number) + (weights[row + each] as number) * value;
  }
  return sums.map((sum, each) => sum * (scales[each] ?? 0) + (bias[each] ?? 0));
}

export function softmax(scores: Float64Array, temperature: number): Float64Array {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - largest) / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** A real-valued model, row-major with the bias as its last row, rounded to bytes. */
export function quantise(
  labels: readonly string[],
  size: number,
  real: Float32Array,
  temperature: number,
): LinearModel {
  const classes = labels.length;
  const scales = Float32Array.from(labels, (_, each) => largestOf(real, each, classes, size) / 127 || 1);
  const weights = new Int8Array(size * classes);
  for (let at = 0; at < weights.length; at += 1)
    weights[at] = Math.round((real[at] as number) / (scales[at % classes] as number));
  return { labels, size, weights, scales, bias: real.slice(size * classes), temperature };
}

function largestOf(real: Float32Array, each: number, classes: number, size: number): number {
  let largest = 0;
  for (let row = 0; row < size; row += 1)
    largest = Math.max(largest, Math.abs(real[row * classes + each] as number));
  return largest;
}
