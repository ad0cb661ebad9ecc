import { hasDiacritics } from '../kernel/vietnamese.ts';
import { termKind, toTerms } from './search-terms.ts';
import { createTermWeights, toPhrases, type Phrase, type TermWeights } from './search-weights.ts';

/** A card as the search sees it: its name and every other way people put it, in any language. */
export interface SearchableCard {
  readonly id: string;
  readonly phrases: readonly string[];
}

export interface ScoredCard {
  readonly id: string;
  /** 0 to 1; see `createCardSearch`. */
  readonly score: number;
}

/** Best first, at most `limit`. Pure: the same query gives the same answer. */
export type CardSearch = (query: string, limit: number) => readonly ScoredCard[];

/** Longer texts are stories, not questions; what they are about stands at the beginning. Also bounds the work. */
const MAX_QUERY_CHARS = 400;
/** Residents' sentences are longer than our phrases, so what they said weighs more than what they left out. */
const QUERY_SHARE = 0.6;
/** The part of the score that looks at all the card's phrases together instead of the best one. */
const WHOLE_CARD_SHARE = 0.15;
/** Below this matched weight a query names a topic ("đất", "con tôi") and is no question yet. */
const ENOUGH_EVIDENCE = 5;
/** 1 but for rounding: the query is one of the card's phrases. */
const EXACT = 0.999;
/** Two cards nearer than this cannot be told apart by what was said… */
const AMBIGUITY_MARGIN = 0.03;
/** …so both stay just below the 0.5 at which a card is given without asking. */
const AMBIGUOUS_SCORE = 0.49;

/**
 * Finds cards by phrase. Every phrase that shares a term with the query is weighed by how much query and phrase cover
 * each other, rare terms weighing more:
 *
 *   likeness = (share of the query found in the phrase)^0.6 × (share of the phrase found in the query)^0.4
 *   score    = 0.85 × best likeness of the card + 0.15 × share of the query found anywhere in the card
 *
 * 1 means the query is one of the card's phrases. Likeness resting on a word or two is scaled down. From 0.5 the
 * card may be given; below, it is offered. Two best cards within 0.03 of each other are both held at 0.49, unless
 * the first was named exactly. Slips of spelling are left to what is learnt from examples (`withRanking`).
 */
export function createCardSearch(cards: readonly SearchableCard[]): CardSearch {
  const phrases = cards.flatMap((card) => toPhrases(card.id, card.phrases));
  const weights = createTermWeights(phrases);
  const phrasesOf = groupByTerm(phrases.map((phrase) => weighPhrase(phrase, weights)));
  const termsByCard = new Map(cards.map((card) => [card.id, new Set(card.phrases.flatMap(toTerms))]));

  const bestLikeness = (query: Query): ReadonlyMap<string, number> => {
    const best = new Map<string, number>();
    for (const phrase of new Set([...query.terms].flatMap((term) => phrasesOf.get(term) ?? []))) {
      const likeness = measureLikeness(phrase, query, weights);
      best.set(phrase.cardId, Math.max(likeness, best.get(phrase.cardId) ?? 0));
    }
    return best;
  };

  return (text, limit) => {
    const query = readQuery(text, weights);
    if (query.terms.size === 0 || limit <= 0) return [];
    const candidates = [...bestLikeness(query)].map(([id, likeness]): Candidate => {
      const found = [...query.terms].filter((term) => termsByCard.get(id)?.has(term));
      return { id, likeness, score: blend(likeness, weights.total(found) / query.weight) };
    });
    candidates.sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
    return holdBackTies(candidates).slice(0, limit);
  };
}

interface Query {
  readonly terms: ReadonlySet<string>;
  readonly weight: number;
  /** True where the writer uses accents, so that accents may be held against a phrase. */
  readonly accented: boolean;
}

interface Candidate extends ScoredCard {
  readonly likeness: number;
}

function readQuery(text: string, weights: TermWeights): Query {
  const beginning = text.slice(0, MAX_QUERY_CHARS);
  const terms = new Set(toTerms(beginning));
  return { terms, weight: weights.total(terms), accented: hasDiacritics(beginning) };
}

interface WeighedPhrase extends Phrase {
  readonly weight: number;
  /** Without its accents: what a query typed without any can cover. */
  readonly plainWeight: number;
}

function weighPhrase(phrase: Phrase, weights: TermWeights): WeighedPhrase {
  const plain = [...phrase.terms].filter((term) => termKind(term) !== 'accented');
  return { ...phrase, weight: weights.total(phrase.terms), plainWeight: weights.total(plain) };
}

function groupByTerm(phrases: readonly WeighedPhrase[]): ReadonlyMap<string, readonly WeighedPhrase[]> {
  const groups = new Map<string, WeighedPhrase[]>();
  for (const phrase of phrases) {
    for (const term of phrase.terms) {
      const group = groups.get(term);
      if (group) group.push(phrase);
      else groups.set(term, [phrase]);
    }
  }
  return groups;
}

function measureLikeness(phrase: WeighedPhrase, query: Query, weights: TermWeights): number {
  const shared = [...phrase.terms].filter((term) => query.terms.has(term));
  const found = weights.total(shared);
  const queryShare = found / query.weight;
  const phraseShare = found / (query.accented ? phrase.weight : phrase.plainWeight);
  const likeness = queryShare ** QUERY_SHARE * phraseShare ** (1 - QUERY_SHARE);
  if (likeness >= EXACT) return likeness;
  const spoken = shared.filter((term) => termKind(term) !== 'accented');
  return likeness * Math.min(1, weights.total(spoken) / ENOUGH_EVIDENCE);
}

function blend(likeness: number, cardShare: number): number {
  return Math.min(1, (1 - WHOLE_CARD_SHARE) * likeness + WHOLE_CARD_SHARE * cardShare);
}

function holdBackTies(candidates: readonly Candidate[]): ScoredCard[] {
  const tied = isTied(candidates[0], candidates[1]);
  return candidates.map(({ id, score }) => ({ id, score: tied ? Math.min(score, AMBIGUOUS_SCORE) : score }));
}

function isTied(first: Candidate | undefined, second: Candidate | undefined): boolean {
  if (first === undefined || second === undefined) return false;
  if (first.likeness >= EXACT && second.likeness < EXACT) return false;
  return first.score - second.score < AMBIGUITY_MARGIN;
}
