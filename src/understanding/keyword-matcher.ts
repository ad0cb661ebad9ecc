import type { Village } from '../kernel/commune.ts';
import { createEmergencyDetector } from './emergency.ts';
import { createCategoryFinder, createVillageFinder, findPhone, hasFeedbackCode } from './entities.ts';
import { createFormalComplaintDetector } from './formal-complaint.ts';
import { readInForm } from './form-reading.ts';
import { readFreely } from './free-reading.ts';
import { ACT, OFFER, createIntentScorer } from './intent-scores.ts';
import type { IntentScore, IntentScorer } from './intent-scores.ts';
import type { KeywordIntent, Patterns } from './pattern-schemas.ts';
import { answer } from './reading.ts';
import type { Reading } from './reading.ts';
import type { Entities, Understander, Understanding } from './understanding.ts';
import { createWholeMessages } from './whole-messages.ts';
import { toWords, trustingTypedAccents, withoutAccents } from './words.ts';
import type { Word } from './words.ts';

/** Finds an id in a resident's words, or undefined when nothing fits well enough. Must not throw. */
export type IdFinder = (text: string) => string | undefined;

export interface KeywordMatcherDeps {
  readonly patterns: Patterns;
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
 * Understands by phrases the commune's staff can edit (`locales/<language>/intents`). Danger comes first, everywhere;
 * then an open form decides what a word can mean; then codes, the law's words, menu words and the best score.
 */
export function createKeywordMatcher(deps: KeywordMatcherDeps): Understander {
  const { patterns } = deps;
  const emergency = createEmergencyDetector(patterns.emergency);
  const whole = createWholeMessages(patterns);
  const read = createReader(deps);
  return {
    understand: (text, context) => {
      const reading = read(text);
      const danger = emergency.detect(reading.words);
      if (danger) return { ...answer(reading, 'emergency', 0.9), emergency: danger };
      const freely = (each: Reading): Understanding => withCards(deps, text, readFreely(each, whole));
      return context ? readInForm(context, reading, whole, freely) : freely(reading);
    },
  };
}

function createReader(deps: KeywordMatcherDeps): (text: string) => Reading {
  const { patterns, villages } = deps;
  const scorer = createIntentScorer(patterns.intents);
  const formal = createFormalComplaintDetector(patterns.formal);
  const findVillage = createVillageFinder(villages);
  const findCategory = createCategoryFinder(patterns.categories);
  return (text) => {
    const words = toWords(text, patterns.abbreviations);
    const namesFeedback = hasFeedbackCode(text);
    const start = text.slice(0, MAX_SEARCH_CHARS);
    const entities = present({
      dossierCode: namesFeedback ? undefined : deps.parseDossierCode(start),
      category: findCategory(words),
      village: findVillage(trustingTypedAccents(words)),
      phone: findPhone(text),
    });
    const scores = withEvidence(scoreTwice(scorer, words), entities, deps, start);
    return { words, scores, entities, formal: formal.detect(words), namesFeedback };
  };
}

/** A message of which nothing was understood may just have its accents wrong; then a sure phrase counts without them. */
function scoreTwice(scorer: IntentScorer, words: readonly Word[]): readonly IntentScore[] {
  const scores = scorer.score(words);
  if ((scores[0]?.score ?? 0) >= OFFER) return scores;
  return scorer.score(withoutAccents(words)).filter((each) => each.score >= ACT);
}

/** What the entities add: a thing that can break speaks for a report, a card that fits speaks for its kind. */
function withEvidence(
  scores: readonly IntentScore[],
  entities: Entities,
  { procedures, vneid }: KeywordMatcherDeps,
  text: string,
): readonly IntentScore[] {
  const unsure = (scores[0]?.score ?? 0) < ACT;
  const supported: KeywordIntent[] = [];
  if (entities.category !== undefined) supported.push('complaint_file');
  if (unsure && procedures(text) !== undefined) supported.push('procedure_info');
  if (unsure && vneid(text) !== undefined) supported.push('vneid_help');
  return supported.reduce(addHint, scores);
}

function addHint(scores: readonly IntentScore[], intent: KeywordIntent): readonly IntentScore[] {
  const before = scores.find((each) => each.intent === intent)?.score ?? 0;
  return [...scores.filter((each) => each.intent !== intent), { intent, score: before + OFFER }].sort(
    (a, b) => b.score - a.score,
  );
}

/** The card a message is about, looked up only where the intent, or a suggestion, needs one. */
function withCards(deps: KeywordMatcherDeps, text: string, understood: Understanding): Understanding {
  const start = text.slice(0, MAX_SEARCH_CHARS);
  const about = [understood.intent, ...(understood.suggestions ?? [])];
  const cards = present({
    procedure: about.includes('procedure_info') ? deps.procedures(start) : undefined,
    topic: about.includes('vneid_help') ? deps.vneid(start) : undefined,
  });
  return { ...understood, entities: { ...understood.entities, ...cards } };
}

/** Leaves out what was not found. */
function present<T extends Record<string, string | undefined>>(found: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}
