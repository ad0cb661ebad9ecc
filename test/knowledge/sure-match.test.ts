import { describe, expect, it } from '@jest/globals';
import { findSureMatch } from '../../src/knowledge/sure-match.ts';

function found(...scores: readonly number[]): string | undefined {
  return findSureMatch(scores.map((score, index) => ({ card: `card ${String(index)}`, score })))?.card;
}

describe('the card that is surely meant', () => {
  it('is the best one from a half on', () => {
    expect(found(0.5, 0.2)).toBe('card 0');
    expect(found(0.49, 0.2)).toBeUndefined();
    expect(found()).toBeUndefined();
  });

  it('is none when another is nearly as likely', () => {
    expect(found(0.8, 0.71)).toBeUndefined();
    expect(found(0.8, 0.7)).toBe('card 0');
  });

  it('is the one that was named exactly, whatever is near', () => {
    expect(found(1, 0.95)).toBe('card 0');
  });
});
