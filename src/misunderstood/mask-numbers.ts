/** Codes, telephone and identity numbers, dates of birth. Amounts of money in groups of three may stay. */

const START = String.raw`(?<![\p{L}\p{N}])`;
const END = String.raw`(?![\p{L}\p{N}])`;
const CODE_SEPARATOR = String.raw`[\s.,_\p{Pd}]{1,3}`;
/** Digits as they are mistyped in codes. */
const LOOSE = '[0-9OILoil]';

// An office is a letter and two digits with groups before or behind it; half a code is masked like a whole one.
const DOSSIER_CODE = new RegExp(
  String.raw`${START}(?:[0-9O]{3}(?:${CODE_SEPARATOR}[0-9O]{2,3}){0,3}${CODE_SEPARATOR})?[A-Za-z](?:[0-9]${LOOSE}|[OILoil][0-9])(?:${CODE_SEPARATOR}[0-9]${LOOSE}{1,8})+`,
  'gu',
);
const FEEDBACK_CODE = new RegExp(
  String.raw`${START}PA[\s.\p{Pd}]{0,3}\d{6}(?:[\s.\p{Pd}]{0,3}\d{1,5})?`,
  'giu',
);
/** Other codes of letters and digits: announcements, insurance cards, number plates. */
const LETTERED_CODE = new RegExp(
  String.raw`${START}(?:[A-Z]{1,4}[\p{Pd}.]?\d{4,}(?:[.\p{Pd}]\d+)*|\d{2}[A-Z]{1,2}\d?[\s.\p{Pd}]{0,2}\d{3}\.?\d{2})${END}`,
  'gu',
);

/** Up to three signs between the digits of one number, as in `(0912) 345-678`. */
const BETWEEN = String.raw`[\s.\p{Pd}()/]{0,3}`;
const PHONE = new RegExp(
  String.raw`(?<!\p{N}${BETWEEN})\(?(?:(?:\+\s?)?84|0)(?:${BETWEEN}\p{Nd}){8,10}(?!${BETWEEN}\p{Nd})`,
  'gu',
);
const DIGIT_WORD =
  '(?:không|khong|một|mot|mốt|hai|ba|bốn|bon|tư|tu|năm|nam|lăm|lam|sáu|sau|bảy|bay|bẩy|tám|tam|chín|chin|zero|one|two|three|four|five|six|seven|eight|nine)';
/** A number read aloud: nobody says seven of these words in a row about anything else. */
const SPOKEN_NUMBER = new RegExp(
  String.raw`${START}${DIGIT_WORD}(?:[\s,.\p{Pd}]{1,3}${DIGIT_WORD}){6,}${END}`,
  'giu',
);

const DATE =
  /(?<!\p{N})\p{Nd}{1,2}\s?[/.\p{Pd}]\s?\p{Nd}{1,2}\s?[/.\p{Pd}]\s?(?:\p{Nd}{4}|\p{Nd}{2})(?!\p{N})/gu;
const SPOKEN_DATE = new RegExp(
  String.raw`(?:ng[àa]y\s+)?(?<!\p{N})\p{Nd}{1,2}\s+th[áa]ng\s+\p{Nd}{1,2}(?:\s+n[ăa]m)?\s+(?:\p{Nd}{2}|\p{Nd}{4}|\[số\])(?!\p{N})`,
  'giu',
);
/** Whatever digits follow a word for being born. */
const BIRTH = new RegExp(
  String.raw`(${START}(?:sinh|sn|ns|born|dob|birthday)(?:[\s:.]+(?:ngày|ngay|năm|nam|vào|vao|in|on|date|nhật|nhat))*[\s:.]*)\p{Nd}[\p{Nd}\s./\p{Pd}]*(?:th[áa]ng\s*\p{Nd}{1,2})?`,
  'giu',
);

const MONEY_GROUPS = /^[1-9]\d{0,2}(?:[.,]\d{3})+$/;
/** Seven digits or more are a number of somebody's, however they are grouped. */
const SEPARATED = new RegExp(String.raw`(?<!\p{N})\p{Nd}(?:${BETWEEN}\p{Nd}){6,}`, 'gu');
const LONG_RUN = /\p{Nd}{4,}/gu;

export function maskNumbers(text: string): string {
  return text
    .replace(DOSSIER_CODE, '[mã]')
    .replace(FEEDBACK_CODE, '[mã]')
    .replace(LETTERED_CODE, '[mã]')
    .replace(PHONE, '[sđt]')
    .replace(SPOKEN_DATE, '[số]')
    .replace(DATE, '[số]')
    .replace(SPOKEN_NUMBER, '[sđt]')
    .replace(BIRTH, (_whole, before: string) => `${before}[số]`)
    .replace(SEPARATED, (number) => (MONEY_GROUPS.test(number) ? number : '[số]'))
    .replace(LONG_RUN, '[số]');
}
