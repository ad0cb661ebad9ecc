import type { FeedbackCategory } from '../feedback/feedback.ts';
import type { Village } from '../kernel/commune.ts';
import { createEmergencyDetector } from './emergency.ts';
import { createCategoryFinder } from './entities/category.ts';
import { hasFeedbackCode } from './entities/feedback-code.ts';
import { findPhone } from './entities/phone.ts';
import { createVillageFinder } from './entities/village.ts';
import { createFormalComplaintDetector } from './formal-complaint.ts';
import type { MessageReader, ReadMessage } from './message-reader.ts';
import { classify } from './model/linear-model.ts';
import type { LinearModel, Scored } from './model/linear-model.ts';
import type { UnderstandingModel } from './model/model.ts';
import { ONLY_IN_FORMS } from './reading.ts';
import type { RankedIntent, Reading } from './reading.ts';
import { trustingTypedAccents } from './text/words.ts';
import type { Entities, Intent } from './understanding.ts';

/** Finds an id in a resident's words, or undefined when nothing fits well enough. Must not throw. */
export type IdFinder = (text: string) => string | undefined;

export interface ReadingDeps {
  readonly model: UnderstandingModel;
  readonly reader: MessageReader;
  readonly villages: readonly Village[];
  /** The dossier code in a message, normalised. */
  readonly parseDossierCode: IdFinder;
}

/** Nobody names a procedure or reads a code aloud after a thousand letters, and a search slows with its query. */
export const MAX_SEARCH_CHARS = 1000;
/** From here on the model knows better which kind or category it is than the phrases do. */
export const SURE_OF_GROUP = 0.5;
/** Below this a message tells of no trouble, so that its words name no category of trouble. */
const MAYBE_A_REPORT = 0.05;

/** Reads each message once, for all that is decided about it. */
export function createReadingMaker(deps: ReadingDeps): (text: string) => Reading {
  const { model, reader, villages } = deps;
  const { patterns } = model;
  const formal = createFormalComplaintDetector(patterns.formal);
  const emergency = createEmergencyDetector(patterns.emergency);
  const findVillages = createVillageFinder(villages);
  const categoryOf = createCategoryReader(deps);
  return (text) => {
    const message = reader.read(text);
    const { words } = message;
    const namesFeedback = hasFeedbackCode(text);
    const ranked = rankFree(classify(model.intents, message.vector));
    const entities = present({
      dossierCode: namesFeedback ? undefined : deps.parseDossierCode(text.slice(0, MAX_SEARCH_CHARS)),
      category: categoryOf(message, probabilityIn(ranked, 'complaint_file')),
      village: theOnly(findVillages(trustingTypedAccents(words))),
      phone: findPhone(text),
    });
    const byPhrases = formal.detect(words);
    return {
      ...message,
      text,
      ranked,
      entities,
      formal: byPhrases,
      formalKind:
        byPhrases?.kind ?? (likeliest(model.groups.formal_complaint, message) as Reading['formalKind']),
      danger: emergency.detect(words),
      namesFeedback,
    };
  };
}

/** Outside a form nobody says yes to anything: what is left counts as all there is. */
function rankFree(scored: readonly Scored[]): readonly RankedIntent[] {
  const free = scored.filter(({ label }) => !ONLY_IN_FORMS.includes(label as Intent));
  const total = free.reduce((sum, { probability }) => sum + probability, 0) || 1;
  return free.map(({ label, probability }) => ({
    intent: label as Intent,
    probability: probability / total,
  }));
}

/** The category of trouble a message tells of: by the model when it is sure, else by the words of the category file. */
function createCategoryReader({ model }: ReadingDeps) {
  const findCategory = createCategoryFinder(model.patterns.categories);
  return ({ words, vector }: ReadMessage, isReport: number): FeedbackCategory | undefined => {
    const byWords = findCategory(words);
    const [best] = classify(model.groups.complaint_file, vector);
    const isSure = best !== undefined && best.probability >= SURE_OF_GROUP;
    if (isSure && (byWords !== undefined || isReport >= MAYBE_A_REPORT))
      return best.label as FeedbackCategory;
    return byWords;
  };
}

function probabilityIn(ranked: readonly RankedIntent[], wanted: Intent): number {
  return ranked.find(({ intent }) => intent === wanted)?.probability ?? 0;
}

function likeliest(model: LinearModel, { vector }: ReadMessage): string {
  return classify(model, vector)[0]?.label ?? '';
}

/** Two names say less than one: nobody knows which was meant. */
function theOnly(found: readonly string[]): string | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** Leaves out what was not found. */
export function present(found: { readonly [K in keyof Entities]: Entities[K] | undefined }): Entities {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
