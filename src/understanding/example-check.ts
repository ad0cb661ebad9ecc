import { foldVietnamese } from '../kernel/vietnamese.ts';
import { findPhone } from './entities/phone.ts';
import type { Example } from './pattern-schemas.ts';

/** Something an editor should mend, or at least look at. */
export interface ExampleProblem {
  /** `contradiction` and `personal_data` must be mended; the others only cost quality. */
  readonly kind: 'contradiction' | 'personal_data' | 'duplicate' | 'near_duplicate' | 'unknown_group';
  readonly example: Example;
  /** The sentence it clashes with. */
  readonly other?: Example;
}

/** Below these a sentence is too short for its likeness to say anything. */
const ENOUGH_LETTERS = 16;
const NEAR = 0.8;
const PIECE = 4;
/** Made-up numbers for examples begin so; nobody has them. */
const MADE_UP_PHONE = /^09(?:0{3,}|12345678|87654321)|(\d)\1{4}/;
const CITIZEN_ID = /(?<!\d)0\d{11}(?!\d)/;

/** The same words with the same accents, in whatever case and punctuation, after the same question of a form. */
export function sameWordsKey({ text, group, intent }: Example): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+|\p{Extended_Pictographic}/gu) ?? [text];
  const asked = group?.startsWith('form') === true ? group : IN_FORMS.includes(intent) ? 'form' : 'free';
  return `${asked}|${words.join(' ')}`;
}

const IN_FORMS: readonly string[] = ['yes', 'no', 'cancel', 'back', 'form_answer'];

/** Sentences that two intents claim: a program that learns from both learns nothing. */
export function findContradictions(examples: readonly Example[]): readonly ExampleProblem[] {
  const owners = new Map<string, Example>();
  return examples.flatMap((example): ExampleProblem[] => {
    const key = sameWordsKey(example);
    const other = owners.get(key);
    if (!other) owners.set(key, example);
    return other && other.intent !== example.intent ? [{ kind: 'contradiction', example, other }] : [];
  });
}

/** Everything worth reporting, in the order of the files. `groups` names the known groups of the intents that have any. */
export function checkExamples(
  examples: readonly Example[],
  groups: Readonly<Record<string, readonly string[]>>,
): readonly ExampleProblem[] {
  return [
    ...findContradictions(examples),
    ...examples
      .filter(({ text }) => holdsPersonalData(text))
      .map((example) => problem('personal_data', example)),
    ...examples
      .filter((example) => hasUnknownGroup(example, groups))
      .map((example) => problem('unknown_group', example)),
    ...findDuplicates(examples),
    ...findNearDuplicates(examples),
  ];
}

function problem(kind: ExampleProblem['kind'], example: Example): ExampleProblem {
  return { kind, example };
}

/** A telephone number somebody may have, or a citizen number. */
function holdsPersonalData(text: string): boolean {
  const phone = findPhone(text);
  return CITIZEN_ID.test(text) || (phone !== undefined && !MADE_UP_PHONE.test(phone));
}

function hasUnknownGroup(
  { intent, group }: Example,
  groups: Readonly<Record<string, readonly string[]>>,
): boolean {
  if (group === undefined || group.startsWith('form')) return false;
  return groups[intent]?.includes(group) !== true;
}

function findDuplicates(examples: readonly Example[]): readonly ExampleProblem[] {
  const first = new Map<string, Example>();
  return examples.flatMap((example): ExampleProblem[] => {
    const key = `${example.intent}|${sameWordsKey(example)}`;
    const other = first.get(key);
    if (!other) first.set(key, example);
    return other ? [{ kind: 'duplicate', example, other }] : [];
  });
}

/** Pairs of different intents that share nearly all letters; within an intent likeness is only repetition. */
function findNearDuplicates(examples: readonly Example[]): readonly ExampleProblem[] {
  const long = examples.filter(({ text }) => text.length >= ENOUGH_LETTERS);
  const likeness = createLikeness(
    long.map(({ text }) => text),
    NEAR,
  );
  return long.flatMap((example, at): ExampleProblem[] =>
    likeness
      .like(example.text)
      .filter((each) => each < at && long[each]?.intent !== example.intent)
      .slice(0, 1)
      .flatMap((each) => {
        const other = long[each];
        return other && sameWordsKey(other) !== sameWordsKey(example)
          ? [{ kind: 'near_duplicate' as const, example, other }]
          : [];
      }),
  );
}

/** Finds the texts that share at least a given part of all letter pieces with another one (Jaccard, four letters a piece). */
export interface Likeness {
  /** Positions in the list, ascending. */
  like(text: string): readonly number[];
}

/**
 * Two sets that share so much must share one of the few rarest pieces of each, so only those are looked up (the prefix
 * filter of Chaudhuri et al., ICDE 2006).
 */
export function createLikeness(texts: readonly string[], least: number): Likeness {
  const sets = texts.map(piecesOf);
  const frequency = countPieces(sets);
  const rarest = (pieces: ReadonlySet<string>): readonly string[] => {
    const inOrder = [...pieces].sort(
      (a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0) || (a < b ? -1 : 1),
    );
    return inOrder.slice(0, pieces.size - Math.ceil(least * pieces.size) + 1);
  };
  const holders = new Map<string, number[]>();
  sets.forEach((pieces, at) => {
    for (const piece of rarest(pieces)) {
      const known = holders.get(piece);
      if (known) known.push(at);
      else holders.set(piece, [at]);
    }
  });
  return {
    like: (text) => {
      const own = piecesOf(text);
      const candidates = new Set(rarest(own).flatMap((piece) => holders.get(piece) ?? []));
      return [...candidates].filter((at) => isLike(own, sets[at] ?? own, least)).sort((a, b) => a - b);
    },
  };
}

function countPieces(sets: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const pieces of sets) for (const piece of pieces) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return counts;
}

/** Sets of too different size cannot share enough, whatever is in them. */
function isLike(one: ReadonlySet<string>, other: ReadonlySet<string>, least: number): boolean {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  return small.size >= least * large.size && shareOfPieces(small, large) >= least;
}

function shareOfPieces(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const piece of one) if (other.has(piece)) shared += 1;
  return shared / (one.size + other.size - shared);
}

function piecesOf(text: string): ReadonlySet<string> {
  const plain = foldVietnamese(text).replace(/[^a-z0-9]+/g, '_');
  const pieces = new Set<string>();
  for (let at = 0; at + PIECE <= plain.length; at += 1) pieces.add(plain.slice(at, at + PIECE));
  return pieces;
}
