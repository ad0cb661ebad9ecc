import { termKind, toTerms, type TermKind } from './search-terms.ts';

/** One way to ask for a card. */
export interface Phrase {
  readonly cardId: string;
  readonly terms: ReadonlySet<string>;
}

/** How much each term tells, learnt from the cards themselves. */
export interface TermWeights {
  weigh(term: string): number;
  total(terms: Iterable<string>): number;
}

/** How much one kind of term says, next to a plain word of the same rarity. */
const KIND_WEIGHT: Readonly<Record<TermKind, number>> = { word: 1, pair: 0.6, accented: 0.6 };
/** A bare number is usually a menu choice, a date or a price; with its neighbour (`muc_2`) it says enough. */
const NUMBER_SHARE = 0.6;
/** A word no card uses: mostly small talk, but enough of them mean another topic. Half the rarest word's weight. */
const UNKNOWN_WORD_WEIGHT = 2.5;

/** `Name (other name)` is two ways to say it; everything else is one. */
export function toPhrases(cardId: string, texts: readonly string[]): Phrase[] {
  return texts
    .flatMap(splitBrackets)
    .map((text) => ({ cardId, terms: new Set(toTerms(text)) }))
    .filter((phrase) => phrase.terms.size > 0);
}

function splitBrackets(text: string): string[] {
  const [, before, inside] = /^(.+?)\s*\(([^()]+)\)$/.exec(text) ?? [];
  return before !== undefined && inside !== undefined ? [before, inside] : [text];
}

/** Inverse document frequency by card: a word of every card tells nothing, a word of one card nearly decides. */
export function createTermWeights(phrases: readonly Phrase[]): TermWeights {
  const cardsByTerm = groupCardsByTerm(phrases);
  const cardCount = new Set(phrases.map((phrase) => phrase.cardId)).size;
  const known = new Map(
    [...cardsByTerm].map(([term, { size }]) => [term, Math.log(1 + cardCount / size) * formWeight(term)]),
  );
  // An unknown pair or accent only repeats what its words have already said.
  const weigh = (term: string): number =>
    known.get(term) ?? (termKind(term) === 'word' ? UNKNOWN_WORD_WEIGHT : 0);
  return {
    weigh,
    total: (terms) => {
      let sum = 0;
      for (const term of terms) sum += weigh(term);
      return sum;
    },
  };
}

function formWeight(term: string): number {
  return /^\d+$/.test(term) ? NUMBER_SHARE : KIND_WEIGHT[termKind(term)];
}

function groupCardsByTerm(phrases: readonly Phrase[]): ReadonlyMap<string, ReadonlySet<string>> {
  const cardsByTerm = new Map<string, Set<string>>();
  for (const { cardId, terms } of phrases) {
    for (const term of terms) {
      const holders = cardsByTerm.get(term) ?? new Set<string>();
      cardsByTerm.set(term, holders.add(cardId));
    }
  }
  return cardsByTerm;
}
