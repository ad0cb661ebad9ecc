import type { Village } from '../kernel/commune.ts';
import { readDanger } from './danger.ts';
import { createEmergencyDetector } from './emergency.ts';
import { createCategoryFinder } from './entities/category.ts';
import { hasFeedbackCode } from './entities/feedback-code.ts';
import { findPhone } from './entities/phone.ts';
import { findSpokenDay } from './entities/spoken-dates.ts';
import { createVillageFinder } from './entities/village.ts';
import { createFormalComplaintDetector } from './formal-complaint.ts';
import { readCommand, readInForm } from './form-reading.ts';
import { readFreely } from './free-reading.ts';
import type { MessageReader, ReadMessage } from './message-reader.ts';
import { classify } from './model/linear-model.ts';
import type { LinearModel, Scored } from './model/linear-model.ts';
import type { UnderstandingModel } from './model/model.ts';
import type { Patterns } from './pattern-schemas.ts';
import { ONLY_IN_FORMS } from './reading.ts';
import type { RankedIntent, Reading } from './reading.ts';
import { withSecondNeed } from './second-need.ts';
import type {
  EmergencyKind,
  Entities,
  Intent,
  Understander,
  Understanding,
  UnderstandingContext,
} from './understanding.ts';
import { createWholeMessages } from './whole-messages.ts';
import { trustingTypedAccents } from './text/words.ts';

/** Finds an id in a resident's words, or undefined when nothing fits well enough. Must not throw. */
export type IdFinder = (text: string) => string | undefined;

export interface UnderstanderDeps {
  readonly patterns: Patterns;
  readonly model: UnderstandingModel;
  readonly reader: MessageReader;
  readonly villages: readonly Village[];
  /** Procedure card id. */
  readonly procedures: IdFinder;
  /** VNeID card id. */
  readonly vneid: IdFinder;
  /** The dossier code in a message, normalised. */
  readonly parseDossierCode: IdFinder;
}

/** Nobody names a procedure or reads a code aloud after a thousand letters, and a search slows with its query. */
const MAX_SEARCH_CHARS = 1000;

/**
 * Understands residents' words: danger comes first, everywhere; then an open form decides what a word can mean; then
 * codes, menu words and the law's words; then the model learnt from the example sentences.
 */
export function createUnderstander(deps: UnderstanderDeps): Understander {
  const { model } = deps;
  const whole = createWholeMessages(deps.patterns);
  const read = createReadingMaker(deps);
  const kindOf = (reading: Reading): EmergencyKind =>
    likeliest(model.groups.emergency, reading) as EmergencyKind;
  const freely = (reading: Reading): Understanding =>
    withCard(deps, reading.text, readFreely(reading, whole));
  const understand = (text: string, context?: UnderstandingContext): Understanding => {
    const reading = read(text);
    // "Không" is an answer, whatever else it may sound like.
    const command = context && readCommand(context, reading, whole);
    const understood = command ?? readDanger(reading, kindOf, context !== undefined);
    if (understood) return understood;
    if (context) return readInForm(context, reading, model.forms, freely);
    return withSecondNeed(freely(reading), text, (part) => freely(read(part)));
  };
  return {
    understand: (text, context, today) => withDay(understand(text, context), text, today),
  };
}

/** The day that is named, told from today. */
function withDay(understood: Understanding, text: string, today: string | undefined): Understanding {
  const day = today === undefined ? undefined : findSpokenDay(text, today);
  return day === undefined ? understood : { ...understood, entities: { ...understood.entities, day } };
}

function createReadingMaker(deps: UnderstanderDeps): (text: string) => Reading {
  const { patterns, model, reader, villages } = deps;
  const formal = createFormalComplaintDetector(patterns.formal);
  const emergency = createEmergencyDetector(patterns.emergency);
  const findVillages = createVillageFinder(villages);
  const findCategory = createCategoryFinder(patterns.categories);
  return (text) => {
    const message = reader.read(text);
    const { words } = message;
    const namesFeedback = hasFeedbackCode(text);
    const ranked = rankFree(classify(model.intents, message.vector));
    const entities = present({
      dossierCode: namesFeedback ? undefined : deps.parseDossierCode(text.slice(0, MAX_SEARCH_CHARS)),
      category: findCategory(words),
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

function likeliest(model: LinearModel, { vector }: ReadMessage): string {
  return classify(model, vector)[0]?.label ?? '';
}

/** The card a message is about, looked up only where the intent, or a suggestion, needs one. */
function withCard(deps: UnderstanderDeps, text: string, understood: Understanding): Understanding {
  const start = text.slice(0, MAX_SEARCH_CHARS);
  const about = [understood.intent, ...(understood.suggestions ?? [])];
  const cards = present({
    procedure: about.includes('procedure_info') ? deps.procedures(start) : undefined,
    topic: about.includes('vneid_help') ? deps.vneid(start) : undefined,
  });
  return { ...understood, entities: { ...understood.entities, ...cards } };
}

/** Two names say less than one: nobody knows which was meant. */
function theOnly(found: readonly string[]): string | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** Leaves out what was not found. */
function present(found: { readonly [K in keyof Entities]: Entities[K] | undefined }): Entities {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
