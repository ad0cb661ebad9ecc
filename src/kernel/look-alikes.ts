/** Letters of other alphabets that look like Latin ones; keyboards and copied texts mix them in. */
const LATIN_FOR: ReadonlyMap<string, string> = new Map([
  // Cyrillic
  ...pairs('авсеіјкмнорѕтухԁһ', 'abceijkmhopstyxdh'),
  ...pairs('АВСЕІЈКМНОРЅТУХҺ', 'ABCEIJKMHOPSTYXH'),
  // Greek: small eta looks like n, capital eta like H.
  ...pairs('αβεηικνορτυχ', 'abenikvoptux'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
]);

/** Replaces look-alikes, so that `һồ ѕơ` with Cyrillic letters is read as `hồ sơ`. Length stays the same. */
export function latinLookAlikes(text: string): string {
  return text.replace(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, (letter) => LATIN_FOR.get(letter) ?? letter);
}

function pairs(foreign: string, latin: string): readonly (readonly [string, string])[] {
  return Array.from(foreign).map((letter, at) => [letter, latin.charAt(at)] as const);
}
