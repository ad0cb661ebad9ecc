import type { FeedbackCategory } from '../feedback/feedback.ts';
import type { Village } from '../kernel/commune.ts';
import { createPhraseFinder } from './phrases.ts';
import type { PhraseHit } from './phrases.ts';
import { toPatternWords } from './words.ts';
import type { Word } from './words.ts';

/** Finds something named in a message: a village id, a category id. The longest name wins, then the first one said. */
export type WordEntityFinder<T extends string> = (words: readonly Word[]) => T | undefined;

/** +84 or 0, then nine digits with single blanks, dots or dashes between; not a part of a longer number or a code. */
const PHONE = /(?<![\p{L}\p{N}.-])(?:\+?84[ .-]?|0)([35789](?:[ .-]?\d){8})(?![ .-]?\d)/u;
/** A report's own code, `PA-261124-0007`; it looks like a dossier code to a tolerant parser. */
const FEEDBACK_CODE = /(?<![\p{L}\p{N}])PA[ .-]?\d{6}[ .-]?\d{3,5}(?!\d)/iu;
const PREFIXES = ['thôn', 'khu', 'xóm', 'khu phố', 'tổ'] as const;

/** A Vietnamese mobile number as ten digits beginning with 0. A twelve-digit ID number is not one. */
export function findPhone(text: string): string | undefined {
  const digits = PHONE.exec(text)?.[1]?.replace(/\D/g, '');
  return digits === undefined ? undefined : `0${digits}`;
}

export function hasFeedbackCode(text: string): boolean {
  return FEEDBACK_CODE.test(text);
}

/** Village ids by name, alias or number word. A name of one word counts only behind "thôn" and the like: `Hạ`, `Đông` are also ordinary words. */
export function createVillageFinder(villages: readonly Village[]): WordEntityFinder<string> {
  return longestFirst(
    villages.flatMap((village) =>
      [village.name, ...village.aliases]
        .flatMap((name) => spokenNames(name))
        .map((phrase) => ({ phrase, value: village.id })),
    ),
  );
}

function spokenNames(name: string): readonly string[] {
  if (toPatternWords(name).length > 1) return [name];
  return PREFIXES.map((prefix) => `${prefix} ${name}`);
}

/** Feedback category ids by the keyword file. */
export function createCategoryFinder(
  categories: Readonly<Record<FeedbackCategory, readonly string[]>>,
): WordEntityFinder<FeedbackCategory> {
  return longestFirst(
    (Object.keys(categories) as FeedbackCategory[]).flatMap((id) =>
      categories[id].map((phrase) => ({ phrase, value: id })),
    ),
  );
}

function longestFirst<T extends string>(
  entries: readonly { phrase: string; value: T }[],
): WordEntityFinder<T> {
  const finder = createPhraseFinder(entries);
  return (words) => finder.find(words).reduce<PhraseHit<T> | undefined>(better, undefined)?.value;
}

function better<T>(best: PhraseHit<T> | undefined, hit: PhraseHit<T>): PhraseHit<T> {
  if (!best || hit.size > best.size) return hit;
  return hit.size === best.size && hit.start < best.start ? hit : best;
}
