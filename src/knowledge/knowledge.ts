import type { Language } from '../kernel/messages.ts';

/** How sure the content is: `high` several sources or an official text read, `medium` one decent source, `low` needs a check. */
export type Confidence = 'high' | 'medium' | 'low';

/** Who checked a card, and when. A card without it says "not yet reviewed" wherever it is shown. */
export interface Review {
  readonly reviewedBy: string;
  /** Local days, `YYYY-MM-DD`. */
  readonly reviewedAt: string;
}

interface Card {
  readonly id: string;
  readonly language: Language;
  /** Where the facts come from, as shown to people: laws, portals, press. */
  readonly source: string;
  /** Month or day the source was last read, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly confidence: Confidence;
  readonly review?: Review;
}

/** One administrative procedure (thủ tục hành chính). */
export interface ProcedureCard extends Card {
  readonly kind: 'procedure';
  /** National code `1.001193`; absent where unknown or unverified. */
  readonly code?: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** How long it takes, in words. */
  readonly time: string;
  /** The fee in words, exemptions included. */
  readonly fee: string;
  readonly papers: readonly string[];
  /** Who handles it and where it is handed in. */
  readonly handler: string;
  readonly online?: string;
  readonly onlineUrl?: string;
  readonly legalBasis: readonly string[];
  /** What decides between variants of the procedure: questions to ask before advising. */
  readonly clarifyFirst?: readonly string[];
  /** Local days `YYYY-MM-DD` between which the rates and rules on the card are known to hold. */
  readonly validFrom?: string;
  readonly validTo?: string;
  /** True where a local rate or practice must be confirmed at the desk. */
  readonly verifyLocally: boolean;
}

/** One trouble or question about VNeID, with steps. */
export interface VneidCard extends Card {
  readonly kind: 'vneid';
  readonly question: string;
  readonly variants: readonly string[];
  readonly steps: readonly string[];
  /** Who helps when the steps do not. */
  readonly escalateTo?: string;
}

export interface CardMatch<T> {
  readonly card: T;
  /** 0 to 1; below about 0.5 it is a guess to be offered, not given. */
  readonly score: number;
}

/** All cards, checked at start, and a search that reads words with and without diacritics. */
export interface KnowledgeBase {
  findProcedure(id: string, language: Language): ProcedureCard | undefined;
  findVneid(id: string, language: Language): VneidCard | undefined;
  /** Best first. Queries may be Vietnamese (accented or not) whatever the answer's language. */
  searchProcedures(query: string, language: Language, limit: number): readonly CardMatch<ProcedureCard>[];
  searchVneid(query: string, language: Language, limit: number): readonly CardMatch<VneidCard>[];
  listProcedures(language: Language): readonly ProcedureCard[];
  listVneid(language: Language): readonly VneidCard[];
}
