import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classify } from '../../../src/understanding/model/linear-model.ts';
import type { LinearModel } from '../../../src/understanding/model/linear-model.ts';
import { train } from '../../../src/understanding/model/training.ts';
import type { Lesson } from '../../../src/understanding/model/training.ts';
import { aVector, contentOf } from './support.ts';

const OPTIONS = { size: 16, temperature: 2 };
/** Each label has a word of its own; one word is common to all. */
const LESSONS: readonly Lesson[] = ['road', 'waste', 'noise'].flatMap((label, own) =>
  Array.from({ length: 8 }, (_, index) => ({
    label,
    vector: aVector({ [own]: 0.8, 3: 0.5, [4 + ((index + own) % 6)]: 0.3 }),
  })),
);

function best(model: LinearModel, lesson: Pick<Lesson, 'vector'>): string | undefined {
  return classify(model, lesson.vector)[0]?.label;
}

describe('a model', () => {
  it('learns lessons perfectly that can be told apart, and answers of them surely', () => {
    const model = train(LESSONS, OPTIONS);

    expect(LESSONS.filter((lesson) => best(model, lesson) !== lesson.label)).toEqual([]);
    expect(classify(model, aVector({ 1: 1 }))[0]).toMatchObject({ label: 'waste' });
    expect(classify(model, aVector({ 1: 1 }))[0]?.probability).toBeGreaterThan(0.8);
  });

  it('learns any label from a word of its own, in whatever order the lessons come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...LESSONS], { minLength: LESSONS.length }), (lessons) => {
        const model = train(lessons, OPTIONS);

        expect(lessons.filter((lesson) => best(model, lesson) !== lesson.label)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('is the same to the byte for the same lessons', () => {
    expect(contentOf(train(LESSONS, OPTIONS))).toEqual(contentOf(train([...LESSONS], OPTIONS)));
  });

  it('keeps what it says of others when a lesson far away from them is added', () => {
    const far = { label: 'flood', vector: aVector({ 14: 1 }) };

    const model = train([...LESSONS, far], OPTIONS);

    expect(best(model, far)).toBe('flood');
    expect(LESSONS.filter((lesson) => best(model, lesson) !== lesson.label)).toEqual([]);
  });

  it('names its labels in the order of the alphabet', () => {
    expect(train(LESSONS, OPTIONS).labels).toEqual(['noise', 'road', 'waste']);
  });

  it('believes the many when the same message was labelled in two ways', () => {
    const vector = aVector({ 0: 1 });
    const lessons = [
      ...Array.from({ length: 9 }, () => ({ vector, label: 'road' })),
      { vector, label: 'waste' },
    ];

    expect(best(train(lessons, OPTIONS), { vector })).toBe('road');
  });

  it('smaller than the vocabulary still learns, its places being shared', () => {
    const lessons = LESSONS.map(({ label, vector }) => ({
      label,
      vector: { ...vector, places: vector.places.map((place) => place + 160) },
    }));

    const model = train(lessons, OPTIONS);

    expect(lessons.filter((lesson) => best(model, lesson) !== lesson.label)).toEqual([]);
  });

  it('of one label always says that one, and of no lessons says nothing', () => {
    const only = train(LESSONS.slice(0, 3), OPTIONS);

    expect(classify(only, aVector({ 9: 1 }))).toEqual([{ label: 'road', probability: 1 }]);
    expect(classify(train([], OPTIONS), aVector({ 9: 1 }))).toEqual([]);
  });

  it('learns from messages in which it knows no word, too', () => {
    const lessons = [...LESSONS, { label: 'road', vector: aVector({}) }];

    expect(Object.values(train(lessons, OPTIONS).bias).every(Number.isFinite)).toBe(true);
  });
});
