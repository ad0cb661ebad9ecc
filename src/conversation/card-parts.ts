import { foldVietnamese } from '../kernel/vietnamese.ts';
import type { CardPart } from './commands.ts';

/** Words by which people name one part of a card ("còn phí?"), folded; the first that fits counts. */
const PART_WORDS: readonly (readonly [CardPart, RegExp])[] = [
  [
    'thoi-gian',
    /\b(?:(?:bao|bn) (?:lau|ngay)|bao nhieu (?:ngay|lau)|may (?:ngay|hom|bua|tuan)|thoi gian|khi nao xong|thoi han|how long|days|time)\b/,
  ],
  [
    'le-phi',
    /\b(?:le phi|phi(?! nong)|bao nhieu tien|bn tien|bao nhieu$|(?:het|mat|ton|tra|dong|nop) (?:bao nhieu|bn)|bnhieu|(?<!(?:nhan|thuan|bat|giay) )tien(?! (?:the|loi|ich))|gia (?:ca|bao nhieu|bn)|fees?|cost|how much|price)\b/,
  ],
  [
    'giay-to',
    /\b(?:giay to|ho so gom|can (?:gi|j|giay)|can nhung (?:gi|j)|giay (?:gi|j)|mang (?:gi|j)|mang theo|papers?|documents?|bring)\b/,
  ],
  ['truc-tuyen', /\b(?:online|onl|truc tuyen|qua mang|tren mang|tren dien thoai|o nha)\b/],
  ['noi-nop', /\b(?:o dau|dau vay|nop dau|lam dau|cho nao|noi nop|dia chi|nop o|where)\b/],
  ['can-cu', /\b(?:can cu(?! tru)|luat nao|van ban|quy dinh nao|legal|law)\b/],
];

/** A longer message is a question of its own, not the end of the last one. */
const MAX_FOLLOW_UP_WORDS = 7;

/** The part of a card that a message names, whatever else it says. */
export function namedPart(text: string): CardPart | undefined {
  const folded = foldVietnamese(text.replace(/[^\p{L}\p{N}]+/gu, ' '));
  return PART_WORDS.find(([, words]) => words.test(folded))?.[0];
}

/** The part of the last card a short message asks for; nothing when it asks for something else. */
export function findCardPart(text: string): CardPart | undefined {
  return foldVietnamese(text).split(' ').length > MAX_FOLLOW_UP_WORDS ? undefined : namedPart(text);
}
