import type { Language } from '../../kernel/messages.ts';
import type { CardMatch, Confidence, Review } from '../../knowledge/knowledge.ts';
import { findSureMatch } from '../../knowledge/sure-match.ts';
import { lines, type Scene } from '../scene.ts';
import { sayDay } from '../../calendar/vietnamese-dates.ts';

/** Below this an offer would be noise. */
const WORTH_OFFERING = 0.15;
/** More than three are a list, not a question. */
export const MAX_OFFERS = 3;

export type Found<T> =
  | { readonly kind: 'sure'; readonly card: T }
  | { readonly kind: 'unsure'; readonly cards: readonly T[] }
  | { readonly kind: 'none' };

/** One card to give, a few to offer, or nothing: never a guess dressed as an answer. */
export function weigh<T>(matches: readonly CardMatch<T>[]): Found<T> {
  const sure = findSureMatch(matches);
  if (sure) return { kind: 'sure', card: sure.card };
  const cards = worthOffering(matches).slice(0, MAX_OFFERS);
  return cards.length > 0 ? { kind: 'unsure', cards: cards.map(({ card }) => card) } : { kind: 'none' };
}

/** The matches that are more than noise. */
export function worthOffering<T>(matches: readonly CardMatch<T>[]): readonly CardMatch<T>[] {
  return matches.filter(({ score }) => score >= WORTH_OFFERING);
}

interface Sourced {
  readonly source: string;
  readonly asOf: string;
  readonly confidence: Confidence;
  readonly review?: Review;
  /** True where a local rate or practice must be confirmed. */
  readonly verifyLocally?: boolean;
}

/** Where a card's facts come from, how old they are, and who checked them, or that nobody has. */
export function saySource(scene: Scene, card: Sourced): string {
  return lines(
    scene.say('cards.source', {
      source: firstSentence(card.source),
      asOf: sayAsOf(card.asOf, scene.language),
    }),
    sayReview(scene, card),
  );
}

/** The same with every source named, for those who want to check. */
export function sayWholeSource(scene: Scene, card: Sourced): string {
  return lines(
    scene.say('cards.source', { source: card.source, asOf: sayAsOf(card.asOf, scene.language) }),
    sayReview(scene, card),
  );
}

function sayReview(scene: Scene, { review, verifyLocally }: Sourced): string {
  if (!review) return scene.say(verifyLocally ? 'cards.notReviewedLocal' : 'cards.notReviewed');
  return lines(
    scene.say('cards.reviewed', { day: sayDay(review.reviewedAt, scene.language) }),
    verifyLocally ? scene.say('cards.verifyLocally') : undefined,
  );
}

/** Laws and portals stand first in a card's source; how they were gathered follows. */
function firstSentence(source: string): string {
  return /^.+?[.](?=\s+\p{Lu})/u.exec(source)?.[0] ?? source;
}

/** Facts nobody checked and no good source supports are not told; a person is better. */
export function isTooUncertain({ confidence, review }: Sourced): boolean {
  return confidence === 'low' && review === undefined;
}

/** `2026-11` as `11/2026`, a whole day as people say it; anything else as it stands. */
function sayAsOf(asOf: string, language: Language): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(asOf) ?? [];
  if (year === undefined || month === undefined) return asOf;
  return day === undefined ? `${month}/${year}` : sayDay(asOf, language);
}
