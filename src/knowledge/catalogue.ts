import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../kernel/errors.ts';
import type { Language } from '../kernel/messages.ts';
import { readLanguageCards, type CardShelf, type LanguageCards } from './card-files.ts';
import type { CardMatch, KnowledgeBase, ProcedureCard, VneidCard } from './knowledge.ts';
import { withRanking, type CardRanking } from './ranking.ts';
import { createCardSearch, type CardSearch, type SearchableCard } from './search.ts';

/** Vietnamese first: it is complete by rule, and every other language falls back to it card by card. */
const LANGUAGES = ['vi', 'en'] as const satisfies readonly Language[];

type Cards<T> = Readonly<Record<Language, ReadonlyMap<string, T>>>;

/** What was learnt from example questions, for each kind of card; without it only the cards' own words are searched. */
export interface CardRankings {
  readonly procedures: CardRanking;
  readonly vneid: CardRanking;
}

/**
 * Loads and checks every card below `localesDir` and builds the search. Meant for start-up: it reads files.
 * Throws `ConfigError` naming every problem of every file at once.
 */
export function loadKnowledge(localesDir: string, rankings?: CardRankings): KnowledgeBase {
  const shelves = { vi: readLanguageCards(localesDir, 'vi'), en: readLanguageCards(localesDir, 'en') };
  const problems = [...listProblems(shelves), ...listMissing(localesDir)];
  if (problems.length > 0) {
    throw new ConfigError(`The knowledge cards have problems:\n${problems.map((p) => `  ${p}`).join('\n')}`, {
      code: 'config.knowledge_invalid',
    });
  }
  const procedures = createSection(
    { vi: shelves.vi.procedures.cards, en: shelves.en.procedures.cards },
    (card: ProcedureCard) => [card.name, ...card.aliases],
    rankings?.procedures,
  );
  const vneid = createSection(
    { vi: shelves.vi.vneid.cards, en: shelves.en.vneid.cards },
    (card: VneidCard) => [card.question, ...card.variants],
    rankings?.vneid,
  );
  return {
    findProcedure: procedures.find,
    findVneid: vneid.find,
    searchProcedures: procedures.search,
    searchVneid: vneid.search,
    listProcedures: procedures.list,
    listVneid: vneid.list,
  };
}

interface Section<T> {
  readonly find: (id: string, language: Language) => T | undefined;
  readonly search: (query: string, language: Language, limit: number) => readonly CardMatch<T>[];
  readonly list: (language: Language) => readonly T[];
}

function createSection<T>(
  cards: Cards<T>,
  phrasesOf: (card: T) => readonly string[],
  ranking: CardRanking | undefined,
): Section<T> {
  const find = (id: string, language: Language): T | undefined => cards[language].get(id) ?? cards.vi.get(id);
  const words = createCardSearch(toSearchable(cards, phrasesOf));
  const search = rememberRecent(ranking ? withRanking(words, ranking) : words);
  return {
    find,
    search: (query, language, limit) =>
      search(query, limit).flatMap(({ id, score }) => {
        const card = find(id, language);
        return card === undefined ? [] : [{ card, score }];
      }),
    list: (language) => [...cards.vi].map(([id, card]) => cards[language].get(id) ?? card),
  };
}

/** More than anybody offers. */
const MOST_MATCHES = 10;
const REMEMBERED = 32;

/**
 * One message is searched for several times on its way: as evidence of what it is about, for the card it names, and for
 * the answer. The search is the dearest part of understanding, so its latest results are kept for a moment.
 */
function rememberRecent(search: CardSearch): CardSearch {
  const recent = new Map<string, ReturnType<CardSearch>>();
  return (query, limit) => {
    const known = recent.get(query) ?? search(query, MOST_MATCHES);
    if (!recent.has(query)) {
      const [oldest] = recent.keys();
      if (oldest !== undefined && recent.size >= REMEMBERED) recent.delete(oldest);
      recent.set(query, known);
    }
    return known.slice(0, limit);
  };
}

/** The words of every language lead to the same card, whatever language the answer will be in. */
function toSearchable<T>(cards: Cards<T>, phrasesOf: (card: T) => readonly string[]): SearchableCard[] {
  return [...cards.vi.keys()].map((id) => ({
    id,
    phrases: LANGUAGES.flatMap((language) => {
      const card = cards[language].get(id);
      return card === undefined ? [] : phrasesOf(card);
    }),
  }));
}

function listProblems(shelves: Readonly<Record<Language, LanguageCards>>): string[] {
  return LANGUAGES.flatMap((language) => {
    const { procedures, vneid } = shelves[language];
    return [
      ...procedures.problems,
      ...vneid.problems,
      ...listOrphans(language, 'procedures', procedures, shelves.vi.procedures),
      ...listOrphans(language, 'vneid', vneid, shelves.vi.vneid),
    ];
  });
}

/** A translation without its Vietnamese card would be listed in one language and unknown in the other. */
function listOrphans<T>(language: Language, kind: string, shelf: CardShelf<T>, vi: CardShelf<T>): string[] {
  // A Vietnamese card that is there but wrong is already reported; its translation is no orphan.
  const broken = new Set(vi.problems.map((problem) => problem.split(':')[0]));
  return [...shelf.cards.keys()]
    .filter((id) => !vi.cards.has(id) && !broken.has(join('vi', 'knowledge', kind, `${id}.json`)))
    .map((id) => `${join(language, 'knowledge', kind, `${id}.json`)}: has no Vietnamese card of this name`);
}

function listMissing(localesDir: string): string[] {
  if (existsSync(join(localesDir, 'vi', 'knowledge'))) return [];
  return [`${join(localesDir, 'vi', 'knowledge')}: is missing; Vietnamese cards are required`];
}
