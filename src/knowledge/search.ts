import MiniSearch, { type SearchResult } from 'minisearch';
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
/** A word met only through a typing slip or its beginning counts for less than the word itself. */
const LOOSE_MATCH = 0.7;
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
 * Finds cards by phrase. MiniSearch proposes phrases that share terms with the query; words no card knows may be
 * one letter off or unfinished. Its own score has no upper bound, so it is replaced by how much query and phrase
 * cover each other, rare terms weighing more:
 *
 *   likeness = (share of the query found in the phrase)^0.6 × (share of the phrase found in the query)^0.4
 *   score    = 0.85 × best likeness of the card + 0.15 × share of the query found anywhere in the card
 *
 * 1 means the query is one of the card's phrases. Likeness resting on a word or two is scaled down. From 0.5 the
 * card may be given; below, it is offered. Two best cards within 0.03 of each other are both held at 0.49, unless
 * the first was named exactly. The tests measure all this on a table of residents' questions.
 */
export function createCardSearch(cards: readonly SearchableCard[]): CardSearch {
  const phrases = cards.flatMap((card) => toPhrases(card.id, card.phrases));
  const weights = createTermWeights(phrases);
  const index = buildIndex(phrases, weights);
  const termsByCard = new Map(cards.map((card) => [card.id, new Set(card.phrases.flatMap(toTerms))]));

  const bestLikeness = (query: Query): ReadonlyMap<string, number> => {
    const best = new Map<string, number>();
    for (const hit of index.search([...query.terms].join(' '))) {
      const phrase = phrases[hit.id as number];
      if (phrase === undefined) continue;
      const likeness = measureLikeness(hit, phrase, query, weights);
      best.set(phrase.cardId, Math.max(likeness, best.get(phrase.cardId) ?? 0));
    }
    return best;
  };

  return (text, limit) => {
    const query = readQuery(text);
    if (query.terms.size === 0 || limit <= 0) return [];
    const queryWeight = weights.total(query.terms);
    const candidates = [...bestLikeness(query)].map(([id, likeness]): Candidate => {
      const found = [...query.terms].filter((term) => termsByCard.get(id)?.has(term));
      return { id, likeness, score: blend(likeness, weights.total(found) / queryWeight) };
    });
    candidates.sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
    return holdBackTies(candidates).slice(0, limit);
  };
}

interface Query {
  readonly terms: ReadonlySet<string>;
  /** True where the writer uses accents, so that accents may be held against a phrase. */
  readonly accented: boolean;
}

interface Candidate extends ScoredCard {
  readonly likeness: number;
}

interface IndexedPhrase {
  readonly id: number;
  readonly terms: string;
}

function readQuery(text: string): Query {
  const beginning = text.slice(0, MAX_QUERY_CHARS);
  return { terms: new Set(toTerms(beginning)), accented: hasDiacritics(beginning) };
}

function buildIndex(phrases: readonly Phrase[], weights: TermWeights): MiniSearch<IndexedPhrase> {
  // Known words are taken at their word: "sinh" must not also mean "kinh".
  const isLoose = (term: string): boolean =>
    termKind(term) === 'word' && term.length >= 3 && !weights.isKnown(term);
  const index = new MiniSearch<IndexedPhrase>({
    fields: ['terms'],
    // Terms arrive ready-made, joined by blanks.
    tokenize: (joined) => joined.split(' '),
    processTerm: (term) => term,
    searchOptions: { prefix: isLoose, fuzzy: (term) => (isLoose(term) && term.length >= 4 ? 1 : false) },
  });
  index.addAll(phrases.map((phrase, id) => ({ id, terms: [...phrase.terms].join(' ') })));
  return index;
}

function measureLikeness(hit: SearchResult, phrase: Phrase, query: Query, weights: TermWeights): number {
  const found = matchedWeight(hit.queryTerms, phrase.terms, weights);
  const covered = matchedWeight(hit.terms, query.terms, weights);
  const comparable = [...phrase.terms].filter((term) => query.accented || termKind(term) !== 'accented');
  const queryShare = found / weights.total(query.terms);
  const phraseShare = covered / weights.total(comparable);
  const likeness = queryShare ** QUERY_SHARE * phraseShare ** (1 - QUERY_SHARE);
  if (likeness >= EXACT) return likeness;
  const spoken = hit.terms.filter((term) => termKind(term) !== 'accented');
  return likeness * Math.min(1, matchedWeight(spoken, query.terms, weights) / ENOUGH_EVIDENCE);
}

/** The weight of `matched`; terms the other side does not hold literally were matched loosely. */
function matchedWeight(
  matched: readonly string[],
  otherSide: ReadonlySet<string>,
  weights: TermWeights,
): number {
  return matched.reduce(
    (sum, term) => sum + weights.weigh(term) * (otherSide.has(term) ? 1 : LOOSE_MATCH),
    0,
  );
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
