import { CODE_DASH, CODE_DIGIT, CODE_SEPARATOR, toCodeDigits, toCodeText } from '../kernel/typed-code.ts';
import { isPlausibleDate } from './code-date.ts';

/** What a text says about a dossier code (mã hồ sơ). */
export type DossierCodeReading =
  | { readonly kind: 'code'; readonly code: string }
  /** Somebody tried to write one; `text` is what was read, `part` is the first part that cannot be right. */
  | { readonly kind: 'invalid'; readonly part: 'office' | 'date' | 'serial'; readonly text: string }
  | { readonly kind: 'none' };

/*
 * A code is `<office>-<date>-<serial>` (TT 01/2018/TT-VPCP, Điều 19), for example `H49.23.10-251001-0012`, in the older
 * order `000.00.16.H49-230515-0012`, or with a long date and serial `G09.20-20260609-0092637`. TT 03/2025/TT-VPCP issued
 * the rules anew; codes made under it have not been compared with this yet. In every code seen one group of the office
 * is a letter with two digits; insisting on it is what keeps telephone numbers and dates from being read as codes.
 *
 * Residents copy codes from paper and speak them, so the patterns read single characters and separators loosely
 * (`typed-code.ts`) and the structure strictly.
 */
const DIGIT = CODE_DIGIT;
const SEPARATOR = CODE_SEPARATOR;
// Ministries have G and provinces H; O, I and L are left out because here they are digits.
const LETTER_GROUP = `[A-HJKMNP-Z]${DIGIT}{2}`;
const GROUP = `${DIGIT}{2,3}`;
const DATE = `${DIGIT}{8}|${DIGIT}{6}`;
/** Before a letter that belongs to the next word (`0012ok`) the serial ends with the last real digit. */
const SERIAL = `${DIGIT}{4,7}(?![A-Z0-9])|${DIGIT}{3,6}[0-9](?![0-9])`;
const LETTER_LAST = `(?<![A-Z0-9])${DIGIT}{3}(?:${SEPARATOR}${GROUP}){1,3}${SEPARATOR}${LETTER_GROUP}`;
const LETTER_FIRST = `(?<![0-9])${LETTER_GROUP}(?:${SEPARATOR}${GROUP}){0,4}`;
/** What cannot be anything but an office: a letter of the state's, or more than one group. */
const SURE_OFFICE = `(${LETTER_LAST})|(${LETTER_FIRST}(?<=${DIGIT}${SEPARATOR}${GROUP})|(?<![0-9])[GH]${DIGIT}{2})`;
/** Nothing that would make the digits before it a part of something longer. */
const NO_MORE_DIGITS = String.raw`(?![A-Z0-9]|\s{0,2}[.,/\p{Pd}\u2212]?\s{0,2}[0-9])`;
/** A mark right between the digits, or a dash with nothing but the end of the line or a mark behind the serial. */
const SHORT_SERIAL =
  String.raw`[._/\p{Pd}\u2212](${DIGIT}{0,2}[0-9])${NO_MORE_DIGITS}` +
  String.raw`|${CODE_DASH}(${DIGIT}{0,2}[0-9])${NO_MORE_DIGITS}(?=\s*(?:$|[.,;:!?)\n]))`;

const WHOLE_CODE = pattern(
  `(?:(${LETTER_LAST})|(${LETTER_FIRST}))${SEPARATOR}(${DATE})${SEPARATOR}(${SERIAL})`,
);
/** Other ways to write a whole code, surer to be misread: office and date, or date and serial in one, zeros left out. */
const LOOSE_CODES = [
  pattern(
    `(?:(${LETTER_LAST})|(${LETTER_GROUP}(?:${SEPARATOR}${GROUP}){0,3}${SEPARATOR}${DIGIT}{2}))(${DIGIT}{6})${SEPARATOR}(${SERIAL})`,
  ),
  pattern(`(?:${SURE_OFFICE})${SEPARATOR}(${DIGIT}{6})(${DIGIT}{4})(?![A-Z0-9])`),
  pattern(`(?:${SURE_OFFICE})${SEPARATOR}(${DATE})(?:${SHORT_SERIAL})`),
];
const SERIAL_DIGITS = 4;
/** An office and a date, but nothing behind them that could be the serial. */
const WITHOUT_SERIAL = pattern(
  `(?<![A-Z0-9])${LETTER_GROUP}(?:(?:${SEPARATOR}${GROUP}){1,4}${SEPARATOR}|${CODE_DASH})(${DATE})(?![0-9])`,
);
/** Three dotted groups are an office and nothing else; what follows is no date. */
const OFFICE_ONLY = pattern(String.raw`(?<![A-Z0-9])${LETTER_GROUP}(?:[._]${GROUP}){2,4}(?![A-Z0-9])`);
/** The end of a code behind something that is no office. */
const WITHOUT_OFFICE = pattern(
  `(?<![A-Z0-9])[A-Z0-9]{1,5}(?:[._]${GROUP}){1,4}${CODE_DASH}(${DATE})${CODE_DASH}(${SERIAL})`,
);

/** Finds the first dossier code in a text, normalised: `h49 23 10 – 251OO1 – 0012` gives `H49.23.10-251001-0012`. */
export function parseDossierCode(text: string): DossierCodeReading {
  const readable = toReadable(text);
  const code = [WHOLE_CODE, ...LOOSE_CODES].map((way) => firstCode(readable, way)).find(Boolean);
  if (code !== undefined) return { kind: 'code', code };
  const [badDate] = readable.match(WHOLE_CODE) ?? [];
  if (badDate !== undefined) return { kind: 'invalid', part: 'date', text: badDate };
  return findAttempt(readable);
}

/** The code when there is one; for callers who do not tell people what is wrong with theirs. */
export function findDossierCode(text: string): string | undefined {
  const reading = parseDossierCode(text);
  return reading.kind === 'code' ? reading.code : undefined;
}

function firstCode(readable: string, way: RegExp): string | undefined {
  for (const [, letterLast, letterFirst = '', date = '', ...serials] of readable.matchAll(way)) {
    if (!isPlausibleDate(toCodeDigits(date))) continue;
    const office = letterLast === undefined ? toOffice(letterFirst, 'first') : toOffice(letterLast, 'last');
    const serial = toCodeDigits(serials.find(Boolean) ?? '');
    return `${office}-${toCodeDigits(date)}-${serial.padStart(SERIAL_DIGITS, '0')}`;
  }
  return undefined;
}

function findAttempt(readable: string): DossierCodeReading {
  const withoutSerial = firstWithDate(readable, WITHOUT_SERIAL);
  if (withoutSerial !== undefined) return { kind: 'invalid', part: 'serial', text: withoutSerial };

  const [officeOnly] = readable.match(OFFICE_ONLY) ?? [];
  if (officeOnly !== undefined) return { kind: 'invalid', part: 'date', text: officeOnly };

  const withoutOffice = firstWithDate(readable, WITHOUT_OFFICE);
  if (withoutOffice !== undefined) return { kind: 'invalid', part: 'office', text: withoutOffice };
  return { kind: 'none' };
}

function firstWithDate(readable: string, attempt: RegExp): string | undefined {
  const dated = [...readable.matchAll(attempt)].find(([, date = '']) => isPlausibleDate(toCodeDigits(date)));
  return dated?.[0];
}

/** `H 49` put together, and S and B made digits where everything round them in the word is one. */
function toReadable(text: string): string {
  return toCodeText(text)
    .replace(/(?<![\p{L}\p{N}])([GH])[\s.]{1,2}(?=[0-9OIL]{2}(?![A-Z0-9]))/gu, '$1')
    .replace(
      /(?<![\p{L}\p{N}])(?:[GH](?=[0-9SB]{2}(?![A-Z0-9])))?[0-9SB]{2,8}(?![\p{L}\p{N}])/gu,
      digitsForLetters,
    );
}

function digitsForLetters(word: string): string {
  const realDigits = word.replace(/\D/g, '').length;
  const letters = word.replace(/[^SB]/g, '').length;
  // `B49` and `S12` are letter groups of an office themselves.
  if (letters === 0 || realDigits < letters || /^[SB].{0,2}$/.test(word)) return word;
  return word.replaceAll('S', '5').replaceAll('B', '8');
}

function pattern(source: string): RegExp {
  return new RegExp(source, 'gu');
}

function toOffice(written: string, letterGroup: 'first' | 'last'): string {
  const groups = written.split(new RegExp(SEPARATOR, 'u'));
  const letterAt = letterGroup === 'first' ? 0 : groups.length - 1;
  return groups
    .map((group, at) =>
      at === letterAt ? `${group.charAt(0)}${toCodeDigits(group.slice(1))}` : toCodeDigits(group),
    )
    .join('.');
}
