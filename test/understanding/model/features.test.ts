import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HASHES } from '../../../src/understanding/model/counts.ts';
import type { Counts } from '../../../src/understanding/model/counts.ts';
import { countFeatures, toVector } from '../../../src/understanding/model/features.ts';
import type { Vector } from '../../../src/understanding/model/features.ts';
import { learnVocabulary } from '../../../src/understanding/model/vocabulary.ts';
import { toWords, withoutAccents } from '../../../src/understanding/text/words.ts';

const NO_SHORTHAND = { abbreviations: {}, ambiguous: {} };

function count(text: string, concepts: readonly string[] = []): Counts {
  return countFeatures(toWords(text, NO_SHORTHAND), concepts);
}

/** What is counted, as sets that can be compared. */
function hashesOf(counts: Counts): readonly (readonly number[])[] {
  return counts.map(({ hashes }) => [...hashes].sort((a, b) => a - b));
}

function vocabularyOf(...documents: readonly Counts[]) {
  return learnVocabulary(Array.from({ length: 20 }, () => documents).flat());
}

/** The length of each block of a message all of which is known. */
function blockLengths(counts: Counts, { values }: Vector): readonly number[] {
  let at = 0;
  return counts.map(({ hashes }) => {
    const block = values.slice(at, (at += hashes.length));
    return Math.sqrt(block.reduce((sum, value) => sum + value * value, 0));
  });
}

describe('what is counted in a message', () => {
  it('is the same for the same words', () => {
    expect(hashesOf(count('hồ sơ, đến đâu?'))).toEqual(hashesOf(count('Hồ sơ đến đâu')));
  });

  it('depends on the order of the words, through pairs', () => {
    const [one, other] = [count('chó cắn người'), count('người cắn chó')];
    const shared = (block: number): number =>
      hashesOf(one)[block]!.filter((hash) => hashesOf(other)[block]!.includes(hash)).length;

    expect(hashesOf(one)).not.toEqual(hashesOf(other));
    // The letters of single words know no order.
    expect(hashesOf(one)[0]).toEqual(hashesOf(other)[0]);
    expect(shared(1)).toBeGreaterThanOrEqual(3);
  });

  it('depends on accents where they can be believed', () => {
    expect(hashesOf(count('nhà cháy'))).not.toEqual(hashesOf(count('nhà chạy')));
    expect(hashesOf(count('nhà cháy'))[0]).toEqual(hashesOf(count('nhà chạy'))[0]);
  });

  it('does not depend on accents where they cannot', () => {
    const guessed = countFeatures(withoutAccents(toWords('nhà cháy', NO_SHORTHAND)), []);

    expect(hashesOf(guessed)).toEqual(hashesOf(count('nha chay')));
  });

  it('does not depend on the digits of long numbers, and does on those of short ones', () => {
    const wordsOf = (text: string): readonly number[] => hashesOf(count(text))[1]!;

    expect(wordsOf('số 0912345678')).toEqual(wordsOf('số 0987654321'));
    expect(wordsOf('mức 2')).not.toEqual(wordsOf('mức 3'));
  });

  it('depends on the phrases that were found, in whatever order', () => {
    expect(hashesOf(count('x', ['a', 'b']))).toEqual(hashesOf(count('x', ['b', 'a', 'a'])));
    expect(hashesOf(count('x', ['a', 'b']))).not.toEqual(hashesOf(count('x', ['a', 'c'])));
  });

  it('is bounded for endless words and any number of phrases', () => {
    const [letters] = count('x'.repeat(50) + 'abcdefgh'.repeat(400));
    const concepts = count(
      '',
      Array.from({ length: 500 }, (_, at) => `c${at}`),
    ).at(-1);

    expect(letters!.hashes.length).toBeLessThan(100);
    expect(concepts!.hashes.length).toBeLessThanOrEqual(500);
  });

  it('has a name below the number of names, each once in its block', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.array(fc.string()), (text, concepts) => {
        for (const { hashes, times } of count(text, concepts)) {
          expect(hashes.every((hash) => hash < HASHES)).toBe(true);
          expect(new Set(hashes).size).toBe(hashes.length);
          expect(times).toHaveLength(hashes.length);
          expect(times.every((each) => each > 0)).toBe(true);
        }
      }),
    );
  });
});

describe('a message as the model sees it', () => {
  it('says as much in each block, however long it is', () => {
    const short = count('đèn hỏng', ['lamp']);
    const long = count('đèn đường ở đầu thôn hỏng đã ba tuần nay chưa ai sửa', ['lamp', 'road', 'time']);
    const vocabulary = vocabularyOf(short, long);

    const lengths = [short, long].map((counts) => blockLengths(counts, toVector(counts, vocabulary)));

    expect(lengths[0]!.every((length) => length > 0)).toBe(true);
    lengths[0]!.forEach((length, block) => expect(lengths[1]![block]).toBeCloseTo(length, 5));
  });

  it('hears a word said twice louder than once, and not twice as loud', () => {
    const [once, twice] = [count('đèn hỏng'), count('đèn hỏng đèn hỏng')];
    const vocabulary = vocabularyOf(once, twice);

    expect(toVector(twice, vocabulary).values.length).toBeGreaterThan(
      toVector(once, vocabulary).values.length,
    );
    expect([...toVector(twice, vocabulary).values].every(Number.isFinite)).toBe(true);
  });

  it('has no place for what is not known', () => {
    const vocabulary = vocabularyOf(count('đèn đường hỏng'));

    expect(toVector(count('qwz xkcp'), vocabulary).places).toHaveLength(0);
    expect(toVector(count(''), vocabulary).values).toHaveLength(0);
  });

  it('has the places of what is known only, within the vocabulary', () => {
    const vocabulary = vocabularyOf(count('đèn đường hỏng'));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('đèn', 'đường', 'hỏng', 'rác', '🔥', '12'), { maxLength: 9 }),
        (words) => {
          const { places, values } = toVector(count(words.join(' ')), vocabulary);

          expect(places).toHaveLength(values.length);
          expect(places.every((place) => place < vocabulary.hashes.length)).toBe(true);
          expect(values.every((value) => value > 0 && value <= 1)).toBe(true);
        },
      ),
    );
  });

  it('does not change when words are added that nobody knows, but for the letters they share', () => {
    const vocabulary = vocabularyOf(count('đèn đường hỏng'));

    expect([...toVector(count('đèn đường hỏng'), vocabulary).places]).toEqual(
      expect.arrayContaining([...toVector(count('đèn đường qwzx'), vocabulary).places]),
    );
  });
});
