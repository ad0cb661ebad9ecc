import { spellingsOf, WORD_END, WORD_START } from './spellings.ts';

const HOUSE = ['số nhà', 'nhà số', 'ngõ', 'ngách', 'hẻm', 'kiệt', 'ngõ số', 'ngách số', 'hẻm số', 'căn hộ'];
const STREET = ['đường', 'phố', 'ngõ', 'ngách', 'hẻm', 'tổ', 'street', 'road'];

const NUMBER = String.raw`(?:\p{Nd}{1,3}|\[số\])[A-Za-z]?(?:\s?[/\p{Pd}]\s?(?:\p{Nd}{1,3}|\[số\])[A-Za-z]?)*`;
/** Capitals go on as long as there are any; in small letters a street has mostly two words. */
const STREET_NAME = String.raw`(?:(?:\p{Lu}[\p{L}\p{M}]*)(?:\s+\p{Lu}[\p{L}\p{M}]*){0,3}|\p{Ll}+(?:\s+\p{Ll}+)?|${NUMBER})`;
const ON_STREET = String.raw`\s*,?\s*${spellingsOf(STREET)}${WORD_END}\s*(?:${spellingsOf(['số'])}\s+)?${STREET_NAME}`;

const WITH_HOUSE_WORD = new RegExp(
  String.raw`${WORD_START}${spellingsOf(HOUSE)}\s*:?\s*${NUMBER}${WORD_END}(?:${ON_STREET})*`,
  'gu',
);
const NUMBER_ON_STREET = new RegExp(
  String.raw`(?:${WORD_START}${spellingsOf(['số', 'nhà', 'no'])}\s*|(?<![\p{L}\p{N}/\].,]))${NUMBER}${WORD_END}(?:${ON_STREET})+`,
  'gu',
);

/** A house number, with the street behind it. A street alone is where a lamp is broken, and stays. */
export function maskAddresses(text: string): string {
  return text.replace(WITH_HOUSE_WORD, '[địa chỉ]').replace(NUMBER_ON_STREET, '[địa chỉ]');
}
