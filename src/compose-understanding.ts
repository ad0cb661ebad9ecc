import { join } from 'node:path';
import { findDossierCode } from './dossiers/dossier-code.ts';
import type { Village } from './kernel/commune.ts';
import { loadKnowledge } from './knowledge/catalogue.ts';
import type { CardMatch, KnowledgeBase } from './knowledge/knowledge.ts';
import type { CardRanking } from './knowledge/ranking.ts';
import { findSureMatch } from './knowledge/sure-match.ts';
import { createMessageReader } from './understanding/message-reader.ts';
import type { GroupedIntent } from './understanding/model/model.ts';
import { openModel } from './understanding/model/open-model.ts';
import { createUnderstander } from './understanding/understander.ts';
import type { Understander } from './understanding/understanding.ts';

/** What residents' words mean, and the cards that answer them. */
export interface UnderstandingParts {
  readonly understander: Understander;
  readonly knowledge: KnowledgeBase;
  /** False when the model had to be learnt just now, because an example was edited or nothing was built. */
  readonly wasReady: boolean;
}

/** The model a build leaves behind, below the folder that holds `locales/`. */
export function modelFileIn(root: string): string {
  return join(root, 'dist', 'understanding.model');
}

/** Reads the pattern files, the model and the cards. Throws `ConfigError` for wrong files. */
export function composeUnderstanding(root: string, villages: readonly Village[]): UnderstandingParts {
  const localesDir = join(root, 'locales');
  const { model, wasReady } = openModel({ localesDir, modelFile: modelFileIn(root) });
  const reader = createMessageReader(model);
  const rankingOf =
    (intent: GroupedIntent): CardRanking =>
    (query) =>
      reader.rank(intent, query).map(({ label, probability }) => ({ id: label, score: probability }));
  const knowledge = loadKnowledge(localesDir, {
    procedures: rankingOf('procedure_info'),
    vneid: rankingOf('vneid_help'),
  });
  const understander = createUnderstander({
    model,
    reader,
    villages,
    procedures: (text) => sureCard(knowledge.searchProcedures(text, 'vi', 2)),
    vneid: (text) => sureCard(knowledge.searchVneid(text, 'vi', 2)),
    parseDossierCode: findDossierCode,
  });
  return { understander, knowledge, wasReady };
}

/** What a message names; a guess names nothing, the conversation may still offer it. */
function sureCard(matches: readonly CardMatch<{ readonly id: string }>[]): string | undefined {
  return findSureMatch(matches)?.card.id;
}
