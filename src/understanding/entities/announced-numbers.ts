import { foldVietnamese } from '../../kernel/vietnamese.ts';

/*
 * Ten digits can also be a tax code or an account. What a number is, its owner says right before it, or right behind.
 * Words are compared without accents.
 */

/** Always followed by its own number, whatever words come between. */
const NUMBERED =
  'ma so thue|mst|ma thue|so tai khoan|so tk|stk|tai khoan ngan hang|tk ngan hang|chuyen khoan|so the|the atm|the ngan hang|ma don(?: hang)?|don hang|(?:ma )?van don|(?:ma |so )?hoa don|hop dong|ma khach hang|ma kh|seri|serial|imei|bhyt|bhxh|bao hiem (?:y te|xa hoi)|ma giao dich|ma tham chieu|otp|ma xac (?:thuc|nhan)';
/** Often only the topic of the message, so that no other words than the usual may come between. */
const OFTEN_A_TOPIC =
  'ma|tai khoan|tk|cccd|can cuoc|cmnd|cmt|chung minh|ho chieu|passport|so dinh danh|ma so|ma ho so|so ho so|bien nhan|gplx|bang lai|so khung|cong to|ma vach|ma qr|hoc sinh';
const BETWEEN =
  'so|cua|toi|em|minh|la|chau|con|anh|chi|ong|ba|bac|bo|me|chong|vo|cong dan|nhan dan|thu|nay|day|cu|moi';
const PHONE =
  'sdt|dt|dien thoai|goi|lien he|lien lac|lh|zalo|phone|tel|hotline|di dong|so may|alo|nhan tin|call|mobile|sim';

const WINDOW = 80;
const MAX_WORDS_BETWEEN = 8;
const LAST_WORD = new RegExp(
  `(?:^|.*[^a-z0-9])(?:(${NUMBERED})|(${OFTEN_A_TOPIC})|(?:${PHONE}))(?![a-z0-9])(.*)$`,
  's',
);
const ONLY_USUAL = new RegExp(`^[ :.()=-]*(?:(?:${BETWEEN})(?:[ :.()=-]+|$))*$`);
const SAID_BEHIND = new RegExp(
  `^ ?(?:(?:day )?la |\\(|= ?)(?:(?:so|ma) )?(?:${NUMBERED}|${OFTEN_A_TOPIC})(?![a-z0-9])`,
);

/** Do the words before a number (and after the last number) or those behind it say that it is not a phone number? */
export function isAnnouncedAsOther(before: string, behind: string): boolean {
  if (SAID_BEHIND.test(fold(behind.slice(0, WINDOW)))) return true;
  const [, numbered, topic, between = ''] = LAST_WORD.exec(fold(before.slice(-WINDOW))) ?? [];
  if (numbered !== undefined)
    return !endsClause(between) && between.split(' ').length <= MAX_WORDS_BETWEEN + 1;
  return topic !== undefined && ONLY_USUAL.test(between);
}

/** A new line behind a colon goes on with the same thing. */
function endsClause(between: string): boolean {
  return /[,;!?\n]|\. /.test(between.replace(/^ ?: ?\n?/, '').trim());
}

/** Keeps line breaks, which `foldVietnamese` would make blanks. */
function fold(text: string): string {
  return text.split('\n').map(foldVietnamese).join('\n');
}
