import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Language } from '../kernel/messages.ts';
import { checkProcedure, checkVneid, type CheckedCard } from './card-schema.ts';
import type { ProcedureCard, VneidCard } from './knowledge.ts';

/** The cards of one kind in one language, by id in file-name order, and what is wrong with the rest. */
export interface CardShelf<T> {
  readonly cards: ReadonlyMap<string, T>;
  /** `file: field: what is wrong`, relative to the locales folder. */
  readonly problems: readonly string[];
}

export interface LanguageCards {
  readonly procedures: CardShelf<ProcedureCard>;
  readonly vneid: CardShelf<VneidCard>;
}

/** Reads `<localesDir>/<language>/knowledge`. A language without that folder has empty shelves. Never throws on a bad card. */
export function readLanguageCards(localesDir: string, language: Language): LanguageCards {
  return {
    procedures: readShelf(localesDir, language, 'procedures', checkProcedure),
    vneid: readShelf(localesDir, language, 'vneid', checkVneid),
  };
}

type Check<T> = (json: unknown, fileId: string, language: Language) => CheckedCard<T>;

function readShelf<T>(localesDir: string, language: Language, kind: string, check: Check<T>): CardShelf<T> {
  const folder = join(language, 'knowledge', kind);
  const cards = new Map<string, T>();
  const problems: string[] = [];
  for (const name of listCardFiles(join(localesDir, folder))) {
    const fileId = basename(name, '.json');
    const checked = checkText(readFileSync(join(localesDir, folder, name), 'utf8'), fileId, language, check);
    if ('card' in checked) cards.set(fileId, checked.card);
    else problems.push(...checked.problems.map((problem) => `${join(folder, name)}: ${problem}`));
  }
  return { cards, problems };
}

function listCardFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

function checkText<T>(text: string, fileId: string, language: Language, check: Check<T>): CheckedCard<T> {
  // Files saved on a Mac may be decomposed; everything inside the program is NFC.
  const json = parseJson(text.normalize('NFC'));
  return json === undefined ? { problems: ['is not valid JSON'] } : check(json, fileId, language);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Reported with the file's other problems instead of stopping at the first.
    return undefined;
  }
}
