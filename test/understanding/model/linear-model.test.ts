import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classify, quantise, scoresOf, softmax } from '../../../src/understanding/model/linear-model.ts';
import type { LinearModel } from '../../../src/understanding/model/linear-model.ts';
import { aVector } from './support.ts';

const SIZE = 6;
const LABELS = ['road', 'waste', 'noise'];
const weight = fc.float({ min: -50, max: 50, noNaN: true });
const realWeights = fc
  .array(weight, { minLength: (SIZE + 1) * LABELS.length, maxLength: (SIZE + 1) * LABELS.length })
  .map((weights) => Float32Array.from(weights));
const vectors = fc.uniqueArray(fc.nat(SIZE - 1), { maxLength: SIZE }).chain((places) =>
  fc
    .array(fc.float({ min: -1, max: 1, noNaN: true }), {
      minLength: places.length,
      maxLength: places.length,
    })
    .map((values) => ({ places: Uint32Array.from(places), values: Float32Array.from(values) })),
);

function aModel(changes: Partial<LinearModel> = {}): LinearModel {
  return {
    labels: ['road', 'waste'],
    size: 2,
    weights: Int8Array.from([100, 0, 0, 100]),
    scales: Float32Array.from([0.05, 0.05]),
    bias: Float32Array.from([0, 0]),
    temperature: 1,
    ...changes,
  };
}

describe('the labels of a message', () => {
  it('come best first, with probabilities that add up to 1', () => {
    fc.assert(
      fc.property(
        realWeights,
        vectors,
        fc.float({ min: 0.5, max: 10, noNaN: true }),
        (real, vector, temperature) => {
          const scored = classify(quantise(LABELS, SIZE, real, temperature), vector);
          const probabilities = scored.map(({ probability }) => probability);

          expect(probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
          expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
          expect(scored.map(({ label }) => label).sort()).toEqual([...LABELS].sort());
        },
      ),
    );
  });

  it('are the ones with the highest weights', () => {
    expect(classify(aModel(), aVector({ 0: 1 }))[0]?.label).toBe('road');
    expect(classify(aModel(), aVector({ 1: 1 }))[0]?.label).toBe('waste');
  });

  it('come in the order of the model when nothing speaks for any', () => {
    expect(classify(aModel(), aVector({}))).toEqual([
      { label: 'road', probability: 0.5 },
      { label: 'waste', probability: 0.5 },
    ]);
  });

  it('follow the bias where no word is known', () => {
    expect(classify(aModel({ bias: Float32Array.from([0, 1]) }), aVector({}))[0]?.label).toBe('waste');
  });

  it('are less sure with a higher temperature, and in the same order', () => {
    const sure = classify(aModel({ temperature: 1 }), aVector({ 1: 1 }));
    const unsure = classify(aModel({ temperature: 4 }), aVector({ 1: 1 }));

    expect(unsure.map(({ label }) => label)).toEqual(sure.map(({ label }) => label));
    expect(unsure[0]!.probability).toBeLessThan(sure[0]!.probability);
  });

  it('are none for a model that knows none', () => {
    const empty = quantise([], SIZE, new Float32Array(0), 1);

    expect(classify(empty, aVector({ 0: 1 }))).toEqual([]);
  });
});

describe('probabilities', () => {
  it('are numbers however large the scores are', () => {
    expect([...softmax(Float64Array.from([1e6, -1e6, 1e6]), 1)]).toEqual([0.5, 0, 0.5]);
  });
});

describe('weights rounded to bytes', () => {
  it('give nearly the scores of the real ones', () => {
    fc.assert(
      fc.property(realWeights, vectors, (real, vector) => {
        const model = quantise(LABELS, SIZE, real, 1);

        const scores = scoresOf(model, vector);

        LABELS.forEach((_, label) => {
          let exact = real[SIZE * LABELS.length + label]!;
          let heard = 0;
          vector.places.forEach((place, at) => {
            exact += real[place * LABELS.length + label]! * vector.values[at]!;
            heard += Math.abs(vector.values[at]!);
          });
          // Each weight is off by half a step at most.
          const allowed = heard * model.scales[label]! * 0.501 + 1e-4;
          expect(Math.abs(scores[label]! - exact)).toBeLessThanOrEqual(allowed);
        });
      }),
    );
  });

  it('keep the largest weight of each label exactly, however small it is', () => {
    const real = Float32Array.from([1e-6, 40, -1e-6, -30, 0, 0]);

    expect([...quantise(['a', 'b'], 2, real, 1).weights]).toEqual([127, 127, -127, -95]);
  });

  it('of a label that learnt nothing are 0', () => {
    const model = quantise(['a', 'b'], 1, Float32Array.from([0, 1, 0.5, 0]), 1);

    expect([...scoresOf(model, aVector({ 0: 1 }))]).toEqual(
      [0.5, 1].map((score) => expect.closeTo(score, 5)),
    );
  });
});

describe('a model smaller than the vocabulary', () => {
  it('reads a place beyond its size as the one it coincides with', () => {
    fc.assert(
      fc.property(realWeights, vectors, fc.integer({ min: 1, max: 1000 }), (real, vector, rounds) => {
        const model = quantise(LABELS, SIZE, real, 1);
        const farther = { ...vector, places: vector.places.map((place) => place + rounds * SIZE) };

        expect(scoresOf(model, farther)).toEqual(scoresOf(model, vector));
      }),
    );
  });

  it('adds up places that coincide', () => {
    const twice = scoresOf(aModel(), aVector({ 0: 0.5, 2: 0.5 }));

    expect(twice).toEqual(scoresOf(aModel(), aVector({ 0: 1 })));
  });
});
