import { isBareSyllable, isSyllable } from './syllables.ts';
import type { Word } from './words.ts';

/** Words people write in the middle of Vietnamese, or to somebody who may know English, that are no syllables. */
const FOREIGN = new Set(
  (
    'vneid otp nfc qr app apk zalo facebook fb google gmail email mail wifi web website www http https link sms ' +
    'internet online offline ok oke okay oki hello hi hey bye thank thanks please sorry yes no stop help menu start ' +
    'chat bot ai chatgpt admin covid shipper ship video clip camera karaoke taxi grab momo shopee tiktok youtube ' +
    'haha hehe hihi huhu hic kaka kkk lol test the is are was were does did how what where when who why can could ' +
    'my me you your it this that of for from in on at and or not with have has need want there if papers birth ' +
    'death marriage certificate register registration passport visa card number address office police street light ' +
    'road phone code application status report complaint officer person human talk speak english vietnamese language ' +
    'data delete news'
  ).split(' '),
);
/** Where fewer of the words than this can be words, fingers only ran over the keys. */
const ENOUGH = 0.34;

/** "asdfgh", "hjkhkj 123": nothing in it could be a word. Digits and pictures say nothing either way. */
export function looksLikeNonsense(words: readonly Word[]): boolean {
  const written = words.filter(({ folded }) => /\p{L}/u.test(folded));
  if (written.length === 0) return false;
  return written.filter(couldBeAWord).length < written.length * ENOUGH;
}

function couldBeAWord({ exact, folded }: Word): boolean {
  return FOREIGN.has(folded) || (exact === folded ? isBareSyllable(folded) : isSyllable(exact));
}
