import { describe, expect, it } from '@jest/globals';
import { countFeatures } from '../../../src/understanding/model/features.ts';
import type { Counts } from '../../../src/understanding/model/counts.ts';
import { RARITY_STEP, learnVocabulary, toVocabulary } from '../../../src/understanding/model/vocabulary.ts';
import { toPatternWords } from '../../../src/understanding/text/words.ts';

function documentsOf(hashes: readonly number[], count: number): readonly Counts[] {
  return Array.from({ length: count }, () => [
    { hashes: Uint32Array.from(hashes), times: Uint16Array.from(hashes, () => 1) },
  ]);
}

describe('a vocabulary', () => {
  it('knows what many examples share and not what stands in one', () => {
    const { hashes, placeOf } = learnVocabulary([...documentsOf([7, 900], 20), ...documentsOf([5], 1)]);

    expect([...hashes]).toEqual([7, 900]);
    expect([placeOf[7], placeOf[900], placeOf[5], placeOf[0]]).toEqual([1, 2, 0, 0]);
  });

  it('counts an example once, however often something stands in it', () => {
    const often: Counts = [
      { hashes: Uint32Array.from([3, 3, 3, 3, 3, 3, 3, 3, 3, 3]), times: new Uint16Array(10).fill(200) },
      { hashes: Uint32Array.from([3]), times: Uint16Array.from([1]) },
    ];

    expect(learnVocabulary([often]).hashes).toHaveLength(0);
  });

  it('finds rarer what fewer examples have, in whole steps', () => {
    const { rarity, placeOf } = learnVocabulary([
      ...documentsOf([1, 2], 10),
      ...documentsOf([2], 200),
      ...documentsOf([4], 50),
    ]);
    const rarityOf = (hash: number): number => rarity[(placeOf[hash] ?? 0) - 1] ?? 0;

    expect(rarityOf(1)).toBeGreaterThan(rarityOf(4));
    expect(rarityOf(4)).toBeGreaterThan(rarityOf(2));
    expect([...rarity].filter((each) => !Number.isInteger(each / RARITY_STEP))).toEqual([]);
  });

  it('of no examples is empty', () => {
    expect(learnVocabulary([]).hashes).toHaveLength(0);
  });

  it('finds the place of each of its hashes again', () => {
    const documents = Array.from({ length: 20 }, () =>
      countFeatures(toPatternWords('đèn đường hỏng'), ['lamp']),
    );
    const { hashes, rarity } = learnVocabulary(documents);

    const { placeOf } = toVocabulary(hashes, rarity);

    expect(hashes.length).toBeGreaterThan(20);
    expect([...hashes].map((hash) => placeOf[hash])).toEqual([...hashes].map((_, place) => place + 1));
    expect([...hashes]).toEqual([...hashes].sort((a, b) => a - b));
  });
});
