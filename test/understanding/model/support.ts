import type { Vector } from '../../../src/understanding/model/features.ts';
import type { LinearModel } from '../../../src/understanding/model/linear-model.ts';

/** A message as places and how much each weighs: `aVector({ 0: 1, 3: 0.5 })`. */
export function aVector(weights: Readonly<Record<number, number>>): Vector {
  return {
    places: Uint32Array.from(Object.keys(weights), Number),
    values: Float32Array.from(Object.values(weights)),
  };
}

/** All that a model was learnt to, as plain values that can be compared. */
export function contentOf({ weights, scales, bias, ...rest }: LinearModel): unknown {
  return { ...rest, weights: [...weights], scales: [...scales], bias: [...bias] };
}
