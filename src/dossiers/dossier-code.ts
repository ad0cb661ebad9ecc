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
 * Residents copy codes from paper and speak them: any of dot, blank, underscore and dash stands for any other, the
 * letter O for zero, l and I for one. So the patterns read single characters loosely and the structure strictly.
 */
const DIGIT = '[0-9OIL]';
const SEPARATOR = String.raw`[\s.,_\p{Pd}\u2212]{1,6}`;
const DASH = String.raw`\s{0,3}[\p{Pd}\u2212]\s{0,3}`;
// Ministries have G and provinces H; O, I and L are left out because here they are digits.
const LETTER_GROUP = `[A-HJKMNP-Z]${DIGIT}{2}`;
const GROUP = `${DIGIT}{2,3}`;
const DATE = `${DIGIT}{8}|${DIGIT}{6}`;
/** Before a letter that belongs to the next word (`0012ok`) the serial ends with the last real digit. */
const SERIAL = `${DIGIT}{4,7}(?![A-Z0-9])|${DIGIT}{3,6}[0-9](?![0-9])`;
const LETTER_LAST = `(?<![A-Z0-9])${DIGIT}{3}(?:${SEPARATOR}${GROUP}){1,3}${SEPARATOR}${LETTER_GROUP}`;
const LETTER_FIRST = `(?<![0-9])${LETTER_GROUP}(?:${SEPARATOR}${GROUP}){0,4}`;

const WHOLE_CODE = pattern(
  `(?:(${LETTER_LAST})|(${LETTER_FIRST}))${SEPARATOR}(${DATE})${SEPARATOR}(${SERIAL})`,
);
/** An office and a date, but nothing behind them that could be the serial. */
const WITHOUT_SERIAL = pattern(
  `(?<![A-Z0-9])${LETTER_GROUP}(?:(?:${SEPARATOR}${GROUP}){1,4}${SEPARATOR}|${DASH})(${DATE})(?![0-9])`,
);
/** Three dotted groups are an office and nothing else; what follows is no date. */
const OFFICE_ONLY = pattern(String.raw`(?<![A-Z0-9])${LETTER_GROUP}(?:[._]${GROUP}){2,4}(?![A-Z0-9])`);
/** The end of a code behind something that is no office. */
const WITHOUT_OFFICE = pattern(
  `(?<![A-Z0-9])[A-Z0-9]{1,5}(?:[._]${GROUP}){1,4}${DASH}(${DATE})${DASH}(${SERIAL})`,
);

/** Finds the first dossier code in a text, normalised: `h49 23 10 – 251OO1 – 0012` gives `H49.23.10-251001-0012`. */
export function parseDossierCode(text: string): DossierCodeReading {
  // NFKC also makes plain characters of full-width ones, and one letter of an `ạ` that was sent as two.
  const readable = text.normalize('NFKC').toUpperCase();
  const candidates = [...readable.matchAll(WHOLE_CODE)];
  for (const [, letterLast, letterFirst = '', date = '', serial = ''] of candidates) {
    if (!isPlausibleDate(toDigits(date))) continue;
    const office = letterLast === undefined ? toOffice(letterFirst, 'first') : toOffice(letterLast, 'last');
    return { kind: 'code', code: `${office}-${toDigits(date)}-${toDigits(serial)}` };
  }
  const [badDate] = candidates[0] ?? [];
  if (badDate !== undefined) return { kind: 'invalid', part: 'date', text: badDate };
  return findAttempt(readable);
}

/** The code when there is one; for callers who do not tell people what is wrong with theirs. */
export function findDossierCode(text: string): string | undefined {
  const reading = parseDossierCode(text);
  return reading.kind === 'code' ? reading.code : undefined;
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
  const dated = [...readable.matchAll(attempt)].find(([, date = '']) => isPlausibleDate(toDigits(date)));
  return dated?.[0];
}

function pattern(source: string): RegExp {
  return new RegExp(source, 'gu');
}

function toDigits(written: string): string {
  return written.replaceAll('O', '0').replace(/[IL]/g, '1');
}

function toOffice(written: string, letterGroup: 'first' | 'last'): string {
  const groups = written.split(new RegExp(SEPARATOR, 'u'));
  const letterAt = letterGroup === 'first' ? 0 : groups.length - 1;
  return groups
    .map((group, at) => (at === letterAt ? `${group.charAt(0)}${toDigits(group.slice(1))}` : toDigits(group)))
    .join('.');
}

/** Electronic dossiers exist since the mid-2010s; a year far outside is a slip of the finger. */
const FIRST_YEAR = 2010;
const LAST_YEAR = 2049;

function isPlausibleDate(digits: string): boolean {
  const full = digits.length === 6 ? `20${digits}` : digits;
  const [year, month, day] = [full.slice(0, 4), full.slice(4, 6), full.slice(6)].map(Number) as [
    number,
    number,
    number,
  ];
  if (year < FIRST_YEAR || year > LAST_YEAR) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
