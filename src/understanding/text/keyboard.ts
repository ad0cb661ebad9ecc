import { isBareSyllable, isSyllable, splitTone } from './syllables.ts';

/**
 * Undoes what is left in a text when the Vietnamese keyboard was off: Telex (`hoof sow`) and VNI (`ho62 so7`).
 * Source of the rules: the key tables of the two methods, as all keyboards of Windows, Android and iOS have them.
 */

const ACUTE = '\u0301';
const GRAVE = '\u0300';
const HOOK = '\u0309';
const TILDE = '\u0303';
const DOT = '\u0323';

const TELEX_TONES: Readonly<Record<string, string>> = { s: ACUTE, f: GRAVE, r: HOOK, x: TILDE, j: DOT };
const VNI_TONES: Readonly<Record<string, string>> = { 1: ACUTE, 2: GRAVE, 3: HOOK, 4: TILDE, 5: DOT };

/** Nobody types longer words; bounds the work. */
const MAX_WORD = 12;
/** A message is decoded when so many of its words, or so large a share, only make sense as keys. */
const ENOUGH_WORDS = 2;
const ENOUGH_SHARE = 0.3;
/** Two of these make it English, where `how` and `does` are not keys. */
const ENGLISH = new Set(
  'the is are was were do does did how what where when who why can could i my me you your it this that of to for from in on at and or not with have has please need want help hello there if'.split(
    ' ',
  ),
);

/** Loan words and kinds of licence or paper that would decode to a syllable: "rò gas" and "SOS" are cries for help. */
const NOT_KEYS = new Set(
  (
    'gas sos visa taxi sofa momo moto data photo test reset root post pos host list bus bar car air pass bass mess miss ' +
    'boss max mix tax sex box room boot off wa a1 a2 a3 a4 e5'
  ).split(' '),
);

/**
 * The words of a message with the left-overs decoded, in place. Words must be lower-case.
 * Left alone: words that are syllables as they stand, English sentences, and single accidental look-alikes.
 */
export function decodeKeys(words: readonly string[]): readonly string[] {
  if (words.filter((word) => ENGLISH.has(word)).length >= ENOUGH_WORDS) return words;
  const decoded = words.map(decodeWord);
  const count = decoded.filter((word) => word !== undefined).length;
  const letters = words.filter((word) => /\p{L}/u.test(word)).length;
  if (count === 0 || (count < ENOUGH_WORDS && count < letters * ENOUGH_SHARE)) return words;
  return words.map((word, at) => decoded[at] ?? word);
}

/** What a word was meant to be, or undefined when it is no left-over. */
export function decodeWord(word: string): string | undefined {
  if (word.length < 2 || word.length > MAX_WORD || !/^[a-z0-9]+$/.test(word)) return undefined;
  if (isBareSyllable(word) || NOT_KEYS.has(word)) return undefined;
  const read = /[0-9]/.test(word) ? readKeys(word, vniKey) : readKeys(word, telexKey);
  return read !== undefined && isSyllable(read) && read !== word ? read : undefined;
}

interface Typed {
  readonly letters: string;
  readonly tone: string;
}

type Key = (typed: Typed, key: string) => Typed | undefined;

function readKeys(word: string, press: Key): string | undefined {
  let typed: Typed = { letters: '', tone: '' };
  for (const key of word) {
    const next = press(typed, key);
    if (!next) return undefined;
    typed = next;
  }
  // Both keyboards make ươ of "uwo" once a letter follows, and leave uơ at the end: "thuowr".
  const letters = typed.letters.replace('ưo', 'ươ').replace(/ươ$/, 'uơ');
  return withTone({ ...typed, letters });
}

function telexKey(typed: Typed, key: string): Typed {
  const { letters } = typed;
  const tone = TELEX_TONES[key];
  if (tone !== undefined && hasVowel(letters)) return { letters, tone };
  if (key === 'w') return { ...typed, letters: horn(letters) ?? `${letters}ư` };
  if ('aeo'.includes(key)) {
    const at = letters.lastIndexOf(key);
    if (at >= 0) return { ...typed, letters: replaceAt(letters, at, { a: 'â', e: 'ê', o: 'ô' }[key] ?? key) };
  }
  if (key === 'd' && letters.startsWith('d')) return { ...typed, letters: `đ${letters.slice(1)}` };
  return { ...typed, letters: letters + key };
}

function vniKey(typed: Typed, key: string): Typed | undefined {
  const { letters } = typed;
  if (!/[0-9]/.test(key)) return { ...typed, letters: letters + key };
  const tone = VNI_TONES[key];
  if (tone !== undefined) return hasVowel(letters) ? { letters, tone } : undefined;
  if (key === '9') return letters.startsWith('d') ? { ...typed, letters: `đ${letters.slice(1)}` } : undefined;
  const marked =
    key === '6'
      ? circumflex(letters)
      : key === '7'
        ? horn(letters)
        : key === '8'
          ? breve(letters)
          : undefined;
  return marked === undefined ? undefined : { ...typed, letters: marked };
}

/** `uo` becomes `ươ` at once, `ua` and `uu` become `ưa` and `ưu`; else the last u, o or a takes the mark. */
function horn(letters: string): string | undefined {
  if (/(?<!q)[uư][oơ]/.test(letters)) return letters.replace(/[uư][oơ]/, 'ươ');
  if (/(?<!q)u[au]/.test(letters)) return letters.replace(/u(?=[au])/, 'ư');
  const at = Math.max(letters.lastIndexOf('u'), letters.lastIndexOf('o'), letters.lastIndexOf('a'));
  if (at < 0) return undefined;
  return replaceAt(letters, at, { u: 'ư', o: 'ơ', a: 'ă' }[letters.charAt(at)] ?? '');
}

function circumflex(letters: string): string | undefined {
  const at = Math.max(letters.lastIndexOf('a'), letters.lastIndexOf('e'), letters.lastIndexOf('o'));
  return at < 0 ? undefined : replaceAt(letters, at, { a: 'â', e: 'ê', o: 'ô' }[letters.charAt(at)] ?? '');
}

function breve(letters: string): string | undefined {
  const at = letters.lastIndexOf('a');
  return at < 0 ? undefined : replaceAt(letters, at, 'ă');
}

function replaceAt(text: string, at: number, letter: string): string {
  return text.slice(0, at) + letter + text.slice(at + 1);
}

function hasVowel(letters: string): boolean {
  return /[aăâeêioôơuưy]/.test(letters);
}

/** Puts the tone where schools put it: on the marked vowel, else by the shape of the rime. */
function withTone({ letters, tone }: Typed): string {
  if (tone === '') return letters;
  const at = tonePlace(letters);
  return (letters.slice(0, at + 1) + tone + letters.slice(at + 1)).normalize('NFC');
}

function tonePlace(letters: string): number {
  const marked = Math.max(...Array.from('ăâêôơư', (vowel) => letters.lastIndexOf(vowel)));
  if (marked >= 0) return letters.includes('ươ') ? letters.indexOf('ươ') + 1 : marked;
  const start = /^(?:qu|gi(?=[aeouy]))/.test(letters) ? 2 : 0;
  const vowels = [...letters.matchAll(/[aeiouy]/g)]
    .map(({ index }) => index)
    .filter((index) => index >= start);
  const endsInVowel = vowels.at(-1) === letters.length - 1;
  if (vowels.length >= 3) return vowels[1] ?? 0;
  if (vowels.length === 2 && !endsInVowel) return vowels[1] ?? 0;
  return vowels[0] ?? Math.max(letters.search(/[aeiouy]/), 0);
}

/** Two spellings of one syllable, wherever the tone mark stands. */
export function isSameSyllable(one: string, other: string): boolean {
  const [a, b] = [splitTone(one), splitTone(other)];
  return a.base === b.base && a.tone === b.tone;
}
