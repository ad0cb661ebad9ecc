import { readDanger } from './danger.ts';
import { findSpokenDay } from './entities/spoken-dates.ts';
import { readCommand, readInForm } from './form-reading.ts';
import { readFreely } from './free-reading.ts';
import { classify } from './model/linear-model.ts';
import type { LinearModel } from './model/linear-model.ts';
import { MAX_SEARCH_CHARS, SURE_OF_GROUP, createReadingMaker, present } from './reading-maker.ts';
import type { IdFinder, ReadingDeps } from './reading-maker.ts';
import type { Reading } from './reading.ts';
import { withSecondNeed } from './second-need.ts';
import type { EmergencyKind, Understander, Understanding, UnderstandingContext } from './understanding.ts';
import { createWholeMessages } from './whole-messages.ts';

export interface UnderstanderDeps extends ReadingDeps {
  /** Procedure card id. */
  readonly procedures: IdFinder;
  /** VNeID card id. */
  readonly vneid: IdFinder;
}

/**
 * Understands residents' words: danger comes first, everywhere; then an open form decides what a word can mean; then
 * codes, menu words and the law's words; then the model learnt from the example sentences.
 */
export function createUnderstander(deps: UnderstanderDeps): Understander {
  const { model } = deps;
  const whole = createWholeMessages(model.patterns);
  const read = createReadingMaker(deps);
  const kindOf = (reading: Reading): EmergencyKind => readKind(model.groups.emergency, reading);
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

/** Of the phrases and the model, the one that is surer. */
function readKind(model: LinearModel, reading: Reading): EmergencyKind {
  const [best] = classify(model, reading.vector);
  const isSure = best !== undefined && best.probability >= SURE_OF_GROUP;
  return isSure ? (best.label as EmergencyKind) : (reading.danger ?? (best?.label as EmergencyKind));
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
