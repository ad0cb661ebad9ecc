import { listOf, spellingsOf, WORD_END, WORD_START } from './spellings.ts';

/** How people and what they are called are introduced; a capital letter behind makes it a name. */
const TITLES = listOf(
  'ông,bà,anh,chị,cô,chú,bác,em,cháu,dì,cậu,mợ,thím,cụ,bé,tên,tên là,tôi là,em là,mình là,' +
    'cháu là,con là,bác là,con của,họ tên,họ và tên,tôi,mình,con,vợ,chồng,bố,mẹ,mr,mrs,ms,' +
    'i am,name is',
);
/** Behind these a name is expected even in small letters. */
const SAYS_NAME = listOf(
  'tên tôi,tên em,tên mình,tên cháu,tên con,tên bác,tên anh,tên chị,tên chồng,tên vợ,' +
    'tôi tên,em tên,mình tên,cháu tên,con tên,bác tên,họ tên,họ và tên',
);
/** And behind these it can hardly be anything else. */
const SAYS_NAME_FOR_SURE = ['tên là', ...SAYS_NAME.map((phrase) => `${phrase} là`), 'my name is', 'name is'];
/** Surnames that are no everyday words; two capitals in a row beginning with one are a name without any title. */
const SURNAMES = listOf('nguyễn,trần,phạm,hoàng,huỳnh,phan,đặng,bùi,đỗ,ngô,vũ,võ,lê,đinh,trịnh');

const GAP = String.raw`\s*[:\p{Pd}]?\s*`;
const CAPITALISED = String.raw`\p{Lu}[\p{L}\p{M}'’]*`;
const CAPITALISED_WORDS = String.raw`${CAPITALISED}(?:\s+${CAPITALISED}){0,3}`;
const ANY_WORDS = String.raw`\p{L}[\p{L}\p{M}'’]*(?:[ \t]+\p{L}[\p{L}\p{M}'’]*){0,3}`;

const BEHIND_TITLE = new RegExp(
  String.raw`(${WORD_START}${spellingsOf(TITLES)}${WORD_END}${GAP})(${CAPITALISED_WORDS})`,
  'gu',
);
const BEHIND_NAME_WORD = new RegExp(
  String.raw`(${WORD_START}${spellingsOf(SAYS_NAME)}${WORD_END}${GAP})(${ANY_WORDS})`,
  'gu',
);
const BEHIND_SURE_WORD = new RegExp(
  String.raw`(${WORD_START}${spellingsOf(SAYS_NAME_FOR_SURE)}${WORD_END}${GAP})(${ANY_WORDS})`,
  'gu',
);
/** Streets, schools and markets are called after people too, and are needed to see what was asked. */
const NO_PERSON = spellingsOf(['đường', 'phố', 'trường', 'cầu', 'chợ', 'thôn', 'xã', 'phường']);
const WITH_SURNAME = new RegExp(
  String.raw`(?<!${NO_PERSON}\s)${WORD_START}${spellingsOf(SURNAMES)}(?:\s+${CAPITALISED}){1,3}`,
  'gu',
);
const STARTS_WITH_CAPITAL = /^\p{Lu}/u;

/** Capitalised words that are nobody's name. */
const NOT_NAMES: ReadonlySet<string> = new Set(
  listOf(
    'vneid,cccd,cmnd,cmt,ubnd,hđnd,bhyt,bhxh,bhtn,zalo,otp,sim,qr,nfc,app,tôi,muốn,xin,cho,' +
      'cần,làm,không,có,bị,đang,đi,và,ở,là,hỏi,toi,muon,khong,va,la,hoi',
  ),
);

/** Where a name in small letters ends. Names without accents (nam, thi, dang) are not among them. */
const NOT_IN_NAMES: ReadonlySet<string> = new Set(
  listOf(
    'ở,tại,trong,trên,bị,sai,muốn,muon,cần,xin,hỏi,sinh,năm,số,và,với,voi,làm,' +
      'đang,có,co,thì,cho,đến,đi,về,nhà,nay,đã,chưa,chua,được,duoc,không,' +
      'khong,ko,phải,theo,của,cua,khi,rồi,roi,nhưng,nhung,vừa,mới,cũ,khác,đúng,ơi,ạ,' +
      'nhé,thôn,khu,xã,xóm,là,la,để,từ,mà,trùng,and,from,in,at,i,my',
  ),
);
/** "Tên em là gì" asks; it tells no name. */
const QUESTION_WORDS: ReadonlySet<string> = new Set(listOf('gì,gi,ai,chi,sao,nào,nao,j'));

export function maskNames(text: string): string {
  return text
    .replace(
      BEHIND_SURE_WORD,
      (_whole, before: string, words: string) => before + maskFirst(words, isNamePart, true),
    )
    .replace(
      BEHIND_NAME_WORD,
      (_whole, before: string, words: string) => before + maskFirst(words, isNamePart),
    )
    .replace(BEHIND_TITLE, (_whole, before: string, words: string) => before + maskFirst(words, isNotCommon))
    .replace(WITH_SURNAME, (words) => maskFirst(words, isNotCommon));
}

/** Masks the words from the first one to the last that can be part of a name; `sure`: the first one is. */
function maskFirst(words: string, canBe: (word: string) => boolean, sure = false): string {
  const parts = words.split(/(\s+)/);
  const isName = parts
    .filter((_part, at) => at % 2 === 0)
    .map((word, at) => (at === 0 && sure ? isAnswer(word) : canBe(word)));
  const end = isName.includes(false) ? isName.indexOf(false) : isName.length;
  if (end === 0) return words;
  return `[tên]${parts.slice(end * 2 - 1).join('')}`;
}

function isAnswer(word: string): boolean {
  return !QUESTION_WORDS.has(word.toLowerCase());
}

function isNotCommon(word: string): boolean {
  return !NOT_NAMES.has(word.toLowerCase());
}

function isNamePart(word: string): boolean {
  const lower = word.toLowerCase();
  if (STARTS_WITH_CAPITAL.test(word)) return isNotCommon(lower);
  return !NOT_IN_NAMES.has(lower) && !QUESTION_WORDS.has(lower);
}
