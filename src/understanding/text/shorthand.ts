/** Abbreviations and teencode, as the staff's file has them: `ko` → `không`. Keys are lower-case, compared with their accents. */
export interface Shorthand {
  readonly abbreviations: Readonly<Record<string, string>>;
  /** Short forms with several meanings, decided by the words around them. */
  readonly ambiguous: Readonly<Record<string, AmbiguousForm>>;
}

export interface AmbiguousForm {
  /** Meaning → words that speak for it when one stands within three words. */
  readonly near: Readonly<Record<string, readonly string[]>>;
  readonly otherwise: string;
}

const NEIGHBOURS = 3;

/** What the word at a place stands for, or undefined when it stands for itself. */
export function writeOut(words: readonly string[], at: number, shorthand: Shorthand): string | undefined {
  const word = words[at] ?? '';
  if (Object.hasOwn(shorthand.abbreviations, word)) return shorthand.abbreviations[word];
  const form = Object.hasOwn(shorthand.ambiguous, word) ? shorthand.ambiguous[word] : undefined;
  if (!form) return undefined;
  const before = words.slice(Math.max(0, at - NEIGHBOURS), at);
  const around = ` ${[...before, '|', ...words.slice(at + 1, at + 1 + NEIGHBOURS)].join(' ')} `;
  const meaning = Object.entries(form.near).find(([, near]) =>
    near.some((each) => around.includes(` ${each} `)),
  );
  return meaning?.[0] ?? form.otherwise;
}
