/**
 * Which letter sequences can be a Vietnamese syllable: an onset, a rime, and a tone that the final consonant allows.
 * Used to tell left-overs of a keyboard (`hoof`) from words, never to refuse anything.
 * Source of the table: the regular orthography taught in schools; the rare `oong` and `ooc` are left out, being Telex for ông and ôc.
 */

const ONSETS = 'b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ');

/** Rimes without their tone. */
const RIMES = new Set(
  [
    'a ac ach ai am an ang anh ao ap at au ay',
    'ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây',
    'e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu',
    'i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu',
    'o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay',
    'oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt',
    'u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn uông uôt',
    'uy uya uych uyn uynh uyp uyt uyu uyên uyêt',
    'ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu',
    'y ych yêm yên yêng yêt yêu ynh yt',
  ]
    .join(' ')
    .split(' '),
);
/** Behind `qu` the u belongs to the onset. */
const RIMES_AFTER_QU = new Set(
  'a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât ây e en eo et ê ên ênh êt êu i ia ich in inh it iu o ơ y ych yên yêt ynh yt ôc'.split(
    ' ',
  ),
);
/** Behind `gi` the i belongs to the onset; `gì`, `giếng` and `gìn` write one i for two. */
const RIMES_AFTER_GI = new Set(
  'a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt âc âm ân âng âp ât âu ây e em en eo ep et ê êm ên êng êt êu o oc oi om on ong op ot ô ôc ôi ông ôp ơ ơi ơn u uc um un ung up ư ưa ưng ưt ươc ương ươi ươn uôc uôm'.split(
    ' ',
  ),
);
const LONGEST_ONSET = 3;

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
/** Sắc and nặng: the only tones before a stop consonant. */
const STOP_TONES = /^[\u0301\u0323]$/;
const STOP_FINAL = /(?:ch|c|p|t)$/;

/** A syllable split into what it sounds like without its tone, and the tone as a combining mark ('' for level). */
export function splitTone(syllable: string): { readonly base: string; readonly tone: string } {
  const decomposed = syllable.normalize('NFD');
  const tones = decomposed.match(TONES) ?? [];
  return { base: decomposed.replace(TONES, '').normalize('NFC'), tone: tones.join('') };
}

/** True for a well-formed lower-case syllable with its diacritics, such as `được`. `duoc` is none, `an` is one. */
export function isSyllable(word: string): boolean {
  const { base, tone } = splitTone(word);
  if (tone.length > 1) return false;
  if (STOP_FINAL.test(base) && tone !== '' && !STOP_TONES.test(tone)) return false;
  if (RIMES.has(base)) return true;
  for (let length = 1; length <= LONGEST_ONSET && length <= base.length; length += 1) {
    const onset = base.slice(0, length);
    if (ONSETS.includes(onset) && fits(onset, base.slice(length))) return true;
  }
  return false;
}

/** The same for a word without its diacritics: could `duoc` be a syllable once they are put back? */
export function isBareSyllable(word: string): boolean {
  return BARE.has(word);
}

function fits(onset: string, rime: string): boolean {
  if (onset === 'qu') return RIMES_AFTER_QU.has(rime);
  if (onset === 'gi') return rime === '' || RIMES_AFTER_GI.has(rime);
  return RIMES.has(rime);
}

function bare(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd');
}

const BARE: ReadonlySet<string> = new Set(
  ['', ...ONSETS].flatMap((onset) => {
    const rimes = onset === 'qu' ? RIMES_AFTER_QU : onset === 'gi' ? RIMES_AFTER_GI : RIMES;
    return [...rimes, ...(onset === 'gi' ? [''] : [])].map((rime) => bare(onset + rime));
  }),
);
