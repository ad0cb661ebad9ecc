import { CODE_DIGIT, CODE_SEPARATOR, toCodeDigits, toCodeText } from '../../kernel/typed-code.ts';

const START = String.raw`(?<![\p{L}\p{N}])PA`;
/** With a mark before it the number may have lost its zeros; glued to the date it must be whole. */
const NUMBER = `(?:${CODE_SEPARATOR}(${CODE_DIGIT}{1,6})|(${CODE_DIGIT}{4,6}))`;
const CODE = new RegExp(`${START}(?:${CODE_SEPARATOR})?(${CODE_DIGIT}{6})${NUMBER}(?![0-9A-Z])`, 'gu');
/** Somebody meant one, even when its date or number is not right. */
const ATTEMPT = new RegExp(`${START}(?:${CODE_SEPARATOR})?(?=${CODE_DIGIT}*[0-9])${CODE_DIGIT}{4,}`, 'u');
/** As the store writes it: more digits only when a day has had 9,999 reports. */
const NUMBER_DIGITS = 4;

/** A report's own code as it is stored, `PA-261124-0007`, however it was typed; undefined when there is none. */
export function findFeedbackCode(text: string): string | undefined {
  for (const [, day = '', apart, glued] of toCodeText(text).matchAll(CODE)) {
    const number = toCodeDigits(apart ?? glued ?? '');
    if (isDay(toCodeDigits(day))) return `PA-${toCodeDigits(day)}-${number.padStart(NUMBER_DIGITS, '0')}`;
  }
  return undefined;
}

/** Is a report's code meant, right or not? To a tolerant parser it can look like a dossier code. */
export function hasFeedbackCode(text: string): boolean {
  return ATTEMPT.test(toCodeText(text));
}

/** `yymmdd` as a day that exists. */
function isDay(digits: string): boolean {
  const iso = `20${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4)}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
