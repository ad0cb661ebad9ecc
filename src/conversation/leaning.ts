import { foldVietnamese } from '../kernel/vietnamese.ts';
import { namedPart } from './card-parts.ts';
import type { CardPart } from './commands.ts';

/** A short message that only means something after what was said before. */
export type Leaning =
  /** "Còn phí?", "mất bao lâu": a part of the same card. */
  | { readonly kind: 'part'; readonly part: CardPart }
  /** "Thế khai tử thì sao?": the same about something else. */
  | { readonly kind: 'other'; readonly words: string; readonly part?: CardPart }
  /** "Nhầm rồi, ý mình là thường trú": what was meant. */
  | { readonly kind: 'correction'; readonly words: string; readonly part?: CardPart }
  /** "Cái kia cơ": not this one. */
  | { readonly kind: 'another' };

/** Words that name no matter of their own, folded: a message of nothing else is about what was spoken of before. */
const LEANING_WORDS = new Set(
  (
    'a ad ah anh ay bac ban bao bi bn bnhieu bua can cai cac cau chau cho chi chiu cho chu co con cu cua cung da dang dau ' +
    'dc day di dien dieu dinh do dong du duoc em fee fees gi gia giay gio gom gui ha han het ho hok hom hong how i is it j ' +
    'k kho khi khong kia ko lam lau la lm le long long luat mang mat may mien minh moi much muc nao nay ngay nha nhe nhi ' +
    'nhieu nhung nhu noi nop nua o oi onl online phai phi qua quy roi sao so sau tai te the theo thi thoai thoi thu ' +
    'tien to toi ton tra tren truc tu tuan tuc tui tuyen u uh um van vay va vang viec voi xin xong z what where papers ' +
    'documents do need cost does take the days price and about legal law time'
  ).split(' '),
);
/** "Thế à", "vậy thì sao": nothing is asked about. */
const EMPTY_WORDS = new Set(
  'a ah ha nao thi sao gi day do kia nay the vay lam khong ko con duoc la'.split(' '),
);
const MAX_PART_WORDS = 10;

const WRONG = String.raw`(?:(?:dạ|ơ|à|ừ|ôi)[\s,]+)?(?:nhầm|nham|lộn|lon|sai|không phải|khong phai|ko phải|ko phai|k phải|k phai|hok phai|hổng phải|hong phai|chưa đúng|chua dung|không|khong|ko|no|not that)(?:\s+(?:rồi|roi|r|cái|cai|này|nay|đó|do|đấy|day|kia|ạ|a|mà|ma|vậy|vay|thế|the))*`;
const WHO = String.raw`(?:mình|minh|tôi|toi|em|bác|bac|tui|cháu|chau|con|anh|chị|chi|mk|t|e)`;
const MEANT = String.raw`(?:(?:ý|y)\s+${WHO}\s+(?:là|la|muốn|muon|hỏi|hoi|nói|noi)(?:\s+(?:hỏi|hoi|nói|noi|về|ve|là|la))*|${WHO}\s+(?:muốn\s+|muon\s+)?(?:hỏi|hoi)(?:\s+(?:về|ve|là|la))?|i mean(?:t)?)`;
const RATHER = String.raw`(?:\s+(?:cơ mà|co ma|cơ|co|kia|mà|ma|chứ|chu))?`;
const CORRECTION = new RegExp(
  String.raw`^(?:${WRONG}[\s,.!:–-]+${MEANT}|${MEANT}|${WRONG}\s*[,.!:–-])[\s,:]+(?<words>.+?)${RATHER}[\s?.!ạ]*$`,
  'iu',
);
/** "Không phải đăng ký xe cơ": the comma left out, the last word says it. */
const CORRECTION_RATHER = new RegExp(String.raw`^${WRONG}\s+(?<words>.+?)\s+(?:cơ mà|cơ|co)[\s?.!ạ]*$`, 'iu');
const MAX_CORRECTION_WORDS = 10;

const ANOTHER =
  /^(?:(?:da|o|a|u) )?(?:(?:nham|lon|sai|khong phai|ko phai|k phai|hong phai)(?: roi| r)? ?)?(?:(?:cai|viec|cau|thu tuc) (?:kia|khac|nay|do|ay|day)|the khac|khac|nham roi|sai roi|lon roi|khong phai|ko phai|k phai)(?: (?:co ma|co|ma|a|co a|nua|khong|ko|di|chu|vay|the))*$/;
/** "Cái này" alone points at what is shown, it does not turn it down. */
const POINTS_AT_THIS = /^(?:cai|viec|cau|thu tuc) (?:nay|do|ay|day)/;

const START = String.raw`(?:(?:à|a|ừ|u|dạ|da|ok)\s+)?(?<start>(?:thế|the|vậy|vay|v|z|rồi|roi)?\s*(?:còn|con)|thế|the|vậy|vay|what about|how about)\s+`;
const HOW = String.raw`(?:\s+(?:thì\s+|thi\s+)?(?<how>(?:làm\s+|lam\s+)?(?:sao|thế nào|the nao|như nào|nhu nao|ntn))|\s+tsao)?`;
const TAIL = String.raw`(?:\s+(?:ạ|a|nhỉ|nhi|hả|ha|vậy|vay|em|ad|nhé|nhe|z|v))*[\s?.!]*`;
const OTHER = new RegExp(`^${START}(?<words>.+?)${HOW}${TAIL}$`, 'iu');
const HOW_ABOUT = new RegExp(
  String.raw`^(?<words>.+?)\s+(?:thì|thi)\s+(?:sao|thế nào|the nao)${TAIL}$`,
  'iu',
);
const MAX_OTHER_WORDS = 6;
/** Without "thì sao" only so short a message leans: "còn tạm trú?", "thế khai tử?". */
const MAX_BARE_WORDS = 4;

/** How a message leans on the one before; nothing when it stands on its own. Pure. */
export function readLeaning(text: string): Leaning | undefined {
  const typed = text.trim().replace(/\s+/g, ' ');
  const plain = foldVietnamese(typed.replace(/[^\p{L}\p{N}]+/gu, ' '));
  if (plain === '') return undefined;
  if (ANOTHER.test(plain) && !POINTS_AT_THIS.test(plain)) return { kind: 'another' };
  return readCorrection(typed) ?? readPart(typed, plain) ?? readOther(typed);
}

function readCorrection(typed: string): Leaning | undefined {
  const words = (CORRECTION.exec(typed) ?? CORRECTION_RATHER.exec(typed))?.groups?.['words'];
  return words === undefined || countWords(words) > MAX_CORRECTION_WORDS
    ? undefined
    : { kind: 'correction', words, ...partIn(words) };
}

function readPart(typed: string, plain: string): Leaning | undefined {
  if (plain.split(' ').length > MAX_PART_WORDS || !isMadeOf(LEANING_WORDS, plain)) return undefined;
  const part = namedPart(typed);
  return part && { kind: 'part', part };
}

function readOther(typed: string): Leaning | undefined {
  const groups = OTHER.exec(typed)?.groups ?? HOW_ABOUT.exec(typed)?.groups;
  const words = groups?.['words'];
  if (groups === undefined || words === undefined) return undefined;
  if (isMadeOf(EMPTY_WORDS, words)) return undefined;
  const isBare = groups['start'] !== undefined && groups['how'] === undefined;
  return countWords(words) > (isBare ? MAX_BARE_WORDS : MAX_OTHER_WORDS)
    ? undefined
    : { kind: 'other', words, ...partIn(words) };
}

function isMadeOf(known: ReadonlySet<string>, words: string): boolean {
  const folded = foldVietnamese(words.replace(/[^\p{L}\p{N}]+/gu, ' '));
  return folded.split(' ').every((word) => word === '' || known.has(word));
}

function partIn(words: string): { readonly part?: CardPart } {
  const part = namedPart(words);
  return part === undefined ? {} : { part };
}

function countWords(text: string): number {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).length;
}
