/** Keeps secrets people type by mistake (one-time codes, passwords, citizen ID numbers) out of everything we store. */

export type SecretKind = 'one_time_code' | 'password' | 'citizen_id';

export interface Guarded {
  /** The text with the secrets replaced; safe to keep and to hand to staff. */
  readonly text: string;
  readonly found: readonly SecretKind[];
}

const MASK = '***';

const CODE_WORD = String.raw`(?:otp|mã\s+(?:xác\s*(?:thực|nhận|minh)|kích\s+hoạt)|ma\s+(?:xac\s*(?:thuc|nhan|minh)|kich\s+hoat)|verification\s+code)`;
const PASSWORD_WORD = String.raw`(?:mật\s*khẩu|mat\s*khau|password|passcode|pass\s*code|mã\s+pin|ma\s+pin|\bpin\b|\bmk\b)`;
/** What may stand between such a word and its digits: a few words without digits. */
const GAP = String.raw`[^\d\n]{0,24}?`;
const BEFORE_DIGITS = String.raw`(?<![\dA-Za-z])`;
const AFTER_DIGITS = String.raw`(?![\dA-Za-z])`;

// Six digits is VNeID's and the banks' length; a little around it costs nothing beside the word itself.
const CODE = new RegExp(
  String.raw`(${CODE_WORD}${GAP})${BEFORE_DIGITS}\d(?:[ .-]?\d){3,7}${AFTER_DIGITS}`,
  'giu',
);
const CODE_BEFORE_WORD = new RegExp(
  String.raw`${BEFORE_DIGITS}\d(?:[ .-]?\d){3,7}${AFTER_DIGITS}([^\d\n]{0,12}${CODE_WORD})`,
  'giu',
);
// A password is any one word with a digit in it after "mật khẩu là", or a run of digits near the word.
const PASSWORD = new RegExp(
  String.raw`(${PASSWORD_WORD}(?:[^\d\n]{0,16}?(?:\s(?:là|la|is)|:|=))?\s+|${PASSWORD_WORD}\s*[:=]\s*)(?!(?:\+?84|0)\d{9}(?!\d))(?=\S*\d)\S{4,}`,
  'giu',
);
const PASSWORD_DIGITS = new RegExp(
  String.raw`(${PASSWORD_WORD}${GAP})${BEFORE_DIGITS}\d{4,12}${AFTER_DIGITS}`,
  'giu',
);
// Circular 59/2021/TT-BCA: a citizen number is 12 digits beginning with 0. Any 12 digits alone are treated so; the
// digits of a dossier code touch letters, dots or dashes.
const CITIZEN_ID = /(?<![\dA-Za-z.+-])\d(?:[ .]?\d){11}(?![\dA-Za-z]|-\d|\.\d)/gu;

/** Masks secrets. Phone numbers and dossier codes stay: staff need them to help. Masking twice changes nothing. */
export function guardSecrets(text: string): Guarded {
  const found = new Set<SecretKind>();
  let masked = text;
  // One code may stand behind another ("otp 123456, 654321"): each pass uncovers the next, and there are few.
  for (let before = ''; before !== masked;) {
    before = masked;
    masked = maskOnce(before, found);
  }
  return { text: masked, found: [...found] };
}

function maskOnce(text: string, found: Set<SecretKind>): string {
  const note = (kind: SecretKind, replacement: string): string => {
    found.add(kind);
    return replacement;
  };
  return text
    .replace(CITIZEN_ID, () => note('citizen_id', MASK))
    .replace(CODE, (_whole, before: string) => note('one_time_code', `${before}${MASK}`))
    .replace(CODE_BEFORE_WORD, (_whole, after: string) => note('one_time_code', `${MASK}${after}`))
    .replace(PASSWORD, (_whole, before: string) => note('password', `${before}${MASK}`))
    .replace(PASSWORD_DIGITS, (_whole, before: string) => note('password', `${before}${MASK}`));
}

/** The masked text alone. */
export function maskSecrets(text: string): string {
  return guardSecrets(text).text;
}

/** True when nothing but secrets and the words around them was sent, so there is nothing else to answer. */
export function isOnlySecret(guarded: Guarded): boolean {
  if (guarded.found.length === 0) return false;
  const rest = guarded.text
    .replaceAll(MASK, ' ')
    .replace(new RegExp(`${CODE_WORD}|${PASSWORD_WORD}`, 'giu'), ' ')
    .match(/\p{L}{2,}/gu);
  return (rest ?? []).length <= 4;
}
