import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRandom, shuffle } from '../../../src/understanding/model/random.ts';

function take(count: number, seed: number): readonly number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, random);
}

describe('random numbers', () => {
  it('are from 0 up to 1, for any seed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(take(50, seed).every((number) => number >= 0 && number < 1)).toBe(true);
      }),
    );
  });

  it('are the same for the same seed, on every machine', () => {
    expect(take(50, 7)).toEqual(take(50, 7));
    expect(take(3, 1)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });

  it('are others for another seed', () => {
    expect(take(5, 1)).not.toEqual(take(5, 2));
  });

  it('fall into all parts of the range about as often', () => {
    const counts = new Array<number>(10).fill(0);
    for (const number of take(10_000, 3)) counts[Math.floor(number * 10)]! += 1;

    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1150);
  });
});

describe('shuffling', () => {
  it('keeps every number, and gives the same order for the same seed', () => {
    fc.assert(
      fc.property(fc.uint32Array({ maxLength: 40 }), fc.integer(), (numbers, seed) => {
        const [one, other] = [numbers.slice(), numbers.slice()];

        shuffle(one, createRandom(seed));
        shuffle(other, createRandom(seed));

        expect(one).toEqual(other);
        expect(one.slice().sort()).toEqual(numbers.slice().sort());
      }),
    );
  });

  it('brings every number to every place', () => {
    const random = createRandom(5);
    const seen = new Set<string>();
    for (let round = 0; round < 500; round += 1) {
      const numbers = Uint32Array.from([0, 1, 2, 3]);
      shuffle(numbers, random);
      numbers.forEach((number, place) => seen.add(`${number}@${place}`));
    }

    expect(seen.size).toBe(16);
  });
});
