import { foldVietnamese, hasDiacritics } from '../kernel/vietnamese.ts';

/**
 * Turns words into what the index compares. One text gives three kinds of term:
 * - folded words (`khai`, `tu`): match whether or not somebody types accents;
 * - pairs of neighbours (`khai_tu`): Vietnamese words are mostly two syllables, and *khai sinh* is not *sinh*;
 * - accented words (`tu~` plus its marks), only from text that carries accents: tell *tử* from *tự*.
 */
export type TermKind = 'word' | 'pair' | 'accented';

/** Words and phrases that are in every question and tell nothing about its topic; folded. */
const FILLER_PHRASES = [
  'nhu the nao',
  'la cai gi',
  'the nao',
  'lam sao',
  'lam gi',
  'o dau',
  'bao nhieu',
  'bao lau',
  'khi nao',
  'can nhung gi',
  'giay to',
  'thu tuc',
  'cho hoi',
  'xin hoi',
  'muon hoi',
  'how do i',
  'how to',
].map((phrase) => phrase.split(' '));

/**
 * Folded fillers that are no content word under any accent. `the` (thẻ), `sao` (sao y), `to` (tố cáo), `can`
 * (căn cước), `do` (sổ đỏ), `ban` (bản sao) and `minh` (chứng minh thư) look like fillers and must stay.
 */
const FILLER_WORDS = new Set(
  (
    'a ah ak oi nhe nha ad admin toi em chau bac voi thi roi nao gi j muon giup duoc dc ko k khong la xin ' +
    'lam nop i my an is are of for with need want papers documents please what where how when'
  ).split(' '),
);

/** Short forms residents and officials use alike, written out so that either finds the other. */
const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['dk', 'đăng ký'],
  ['cccd', 'căn cước'],
  ['bhyt', 'bảo hiểm y tế'],
  ['bhxh', 'bảo hiểm xã hội'],
  ['asxh', 'an sinh xã hội'],
  ['gplx', 'bằng lái xe'],
  ['mk', 'mật khẩu'],
  ['sdt', 'số điện thoại'],
  ['dt', 'điện thoại'],
  ['gpxd', 'giấy phép xây dựng'],
  ['qsdd', 'quyền sử dụng đất'],
  ['app', 'ứng dụng'],
  ['dvc', 'dịch vụ công'],
  ['lltp', 'lý lịch tư pháp'],
]);

/** Distinct terms of a text, in order. Empty for a text of fillers only. */
export function toTerms(text: string): string[] {
  const words = contentWords(text.normalize('NFC').toLowerCase());
  const folded = words.map(foldWord);
  const pairs = folded.slice(1).map((word, index) => `${folded[index] ?? ''}_${word}`);
  const accented = hasDiacritics(text) ? words.filter(hasDiacritics).map(toAccentedTerm) : [];
  return [...new Set([...folded, ...pairs, ...accented])];
}

export function termKind(term: string): TermKind {
  if (term.includes('~')) return 'accented';
  return term.includes('_') ? 'pair' : 'word';
}

function contentWords(text: string): string[] {
  const words = dropFillerPhrases(text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
  return words.flatMap((word) => {
    const plain = foldVietnamese(word);
    const written = SHORT_FORMS.get(plain);
    if (written !== undefined) return written.split(' ');
    return FILLER_WORDS.has(plain) ? [] : [word];
  });
}

function dropFillerPhrases(words: readonly string[]): string[] {
  const folded = words.map(foldVietnamese);
  const kept: string[] = [];
  let at = 0;
  while (at < words.length) {
    const filler = FILLER_PHRASES.find((phrase) =>
      phrase.every((part, offset) => folded[at + offset] === part),
    );
    if (filler === undefined) kept.push(words[at] ?? '');
    at += filler?.length ?? 1;
  }
  return kept;
}

/** Tone marks move between spellings (xóa, xoá) and i stands for y (kí, ký): neither makes another word. */
function foldWord(word: string): string {
  return foldVietnamese(word).replace(/^([hklmstv])y$/, '$1i');
}

function toAccentedTerm(word: string): string {
  const marks = (word.normalize('NFD').match(/[\u0300-\u036fđ]/g) ?? []).sort();
  return `${foldWord(word)}~${marks.join('')}`;
}
