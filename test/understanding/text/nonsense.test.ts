import { describe, expect, it } from '@jest/globals';
import { looksLikeNonsense } from '../../../src/understanding/text/nonsense.ts';
import { toPatternWords } from '../../../src/understanding/text/words.ts';

describe('fingers running over the keys', () => {
  it.each(['asdfgh', 'hjkhkj 123', 'qwerty', 'zxcvbn', 'sdfjh kjsdhf wer'])('are seen: %s', (text) => {
    expect(looksLikeNonsense(toPatternWords(text))).toBe(true);
  });

  it.each([
    'làm khai sinh cần gì',
    'lam khai sinh can gi',
    'nghiêng ngả khuya khoắt',
    'quên otp vneid',
    'ok',
    'hihi',
    'what do I need for a birth certificate',
    'xã mình có wifi không',
    'Kỳ lạ',
    '12345',
    '👍👍',
    '....',
    '',
  ])('are not what people say: %s', (text) => {
    expect(looksLikeNonsense(toPatternWords(text))).toBe(false);
  });
});
