import { foldVietnamese } from '../kernel/vietnamese.ts';
import type { CardPart } from './commands.ts';

/** Words by which a follow-up names one part of the card just shown ("còn phí?"), folded. */
const PART_WORDS: readonly (readonly [CardPart, RegExp])[] = [
  ['le-phi', /\b(?:le phi|phi|bao nhieu tien|het bao nhieu|mat tien|tien|gia|fees?|cost|how much|price)\b/],
  ['giay-to', /\b(?:giay to|ho so gom|can gi|can nhung gi|mang gi|mang theo|papers?|documents?|bring)\b/],
  ['thoi-gian', /\b(?:bao lau|may ngay|thoi gian|khi nao xong|thoi han|how long|days|time)\b/],
  ['truc-tuyen', /\b(?:online|truc tuyen|qua mang|tren mang|o nha)\b/],
  ['noi-nop', /\b(?:o dau|nop dau|cho nao|noi nop|dia chi|nop o|where)\b/],
  ['can-cu', /\b(?:can cu|luat nao|van ban|quy dinh nao|legal|law)\b/],
];

/** A longer message is a question of its own, not the end of the last one. */
const MAX_FOLLOW_UP_WORDS = 7;

/** The part of the last card a short message asks for; nothing when it asks for something else. */
export function findCardPart(text: string): CardPart | undefined {
  const folded = foldVietnamese(text);
  if (folded.split(' ').length > MAX_FOLLOW_UP_WORDS) return undefined;
  return PART_WORDS.find(([, words]) => words.test(folded))?.[0];
}
