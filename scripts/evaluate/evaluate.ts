import type { Understander } from '../../src/understanding/understanding.ts';
import type { Case, EntityCase } from './cases.ts';
import {
  accepted,
  calibration,
  confusions,
  firstChoice,
  isActedRight,
  isFirstRight,
  isWithinReach,
  macroF1,
  shareOf,
} from './measures.ts';
import type { Judged, Share } from './measures.ts';

export interface Material {
  readonly messages: readonly Case[];
  readonly forms: readonly Case[];
  readonly entities: readonly EntityCase[];
}

/** Everything that is measured; shares are 0 to 1. Written as JSON by `npm run evaluate`. */
export type Evaluation = ReturnType<typeof evaluate>;

/** Lets the understander read all cases and measures the answers. Deterministic. */
export function evaluate(understander: Understander, { messages, forms, entities }: Material) {
  const judge = (wanted: Case): Judged => ({
    wanted,
    got: understander.understand(wanted.text, wanted.context),
  });
  const all = messages.map(judge);
  const inForms = forms.map(judge);
  return {
    messages: all.length,
    /** The first choice: what would be done, or the first button when it is asked back. */
    first: shareOf(all, isFirstRight),
    /** Done at once, and rightly; a question back counts as wrong here. */
    acted: shareOf(all, isActedRight),
    /** Right at once, or among at most three buttons. */
    withinReach: shareOf(all, isWithinReach),
    askedBack: shareOf(all, ({ got }) => got.intent === 'clarify'),
    macroF1: macroF1(all),
    byNoise: sharesBy(all, ({ wanted }) => wanted.noise ?? 'clean'),
    byIntent: sharesBy(all, ({ wanted }) => wanted.intent),
    outOfScope: outOfScope(all),
    emergency: emergency(all),
    formalComplaint: formalComplaint(all),
    cards: {
      procedure: cards(all, 'procedure_info', 'procedure'),
      topic: cards(all, 'vneid_help', 'topic'),
    },
    category: shareOf(
      all.filter(({ wanted }) => wanted.intent === 'complaint_file' && wanted.entities?.['category']),
      ({ wanted, got }) => got.entities.category === wanted.entities?.['category'],
    ),
    forms: shareOf(inForms, isActedRight),
    entities: entityShares(understander, messages, entities),
    calibration: calibration(all),
    confusions: confusions(all),
  };
}

function sharesBy(all: readonly Judged[], keyOf: (each: Judged) => string): Readonly<Record<string, Share>> {
  const keys = [...new Set(all.map(keyOf))].sort();
  return Object.fromEntries(
    keys.map((key) => [
      key,
      shareOf(
        all.filter((each) => keyOf(each) === key),
        isFirstRight,
      ),
    ]),
  );
}

function outOfScope(all: readonly Judged[]) {
  const foreign = all.filter(({ wanted }) => wanted.intent === 'out_of_scope');
  const own = all.filter((each) => !accepted(each).includes('out_of_scope'));
  return {
    recall: shareOf(foreign, isFirstRight),
    precision: precisionOf(all, 'out_of_scope'),
    wronglyRefused: shareOf(own, ({ got }) => got.intent === 'out_of_scope'),
  };
}

function emergency(all: readonly Judged[]) {
  const real = all.filter(({ wanted }) => wanted.intent === 'emergency' && !wanted.acceptable);
  const others = all.filter((each) => !accepted(each).includes('emergency'));
  return {
    recall: shareOf(real, ({ got }) => got.intent === 'emergency'),
    falseAlarms: shareOf(others, ({ got }) => got.intent === 'emergency'),
    rightKind: shareOf(
      real.filter(({ got, wanted }) => got.emergency !== undefined && wanted.entities?.['kind']),
      ({ got, wanted }) => got.emergency === wanted.entities?.['kind'],
    ),
  };
}

function formalComplaint(all: readonly Judged[]) {
  const real = all.filter(({ wanted }) => wanted.intent === 'formal_complaint' && !wanted.acceptable);
  return {
    recall: shareOf(real, isFirstRight),
    precision: precisionOf(all, 'formal_complaint'),
    rightKind: shareOf(
      real.filter(({ got }) => got.formalKind !== undefined),
      ({ got, wanted }) => got.formalKind === wanted.entities?.['formalKind'],
    ),
    /** Appeals and denunciations that would have gone into the ordinary queue at once. */
    filedAsReport: shareOf(real, ({ got }) => got.intent === 'complaint_file'),
  };
}

function precisionOf(all: readonly Judged[], intent: string): Share {
  return shareOf(
    all.filter(({ got }) => firstChoice(got) === intent),
    isFirstRight,
  );
}

/** Of the messages whose intent was understood: how often a card is given for certain, and how often it is the right one. */
function cards(all: readonly Judged[], intent: string, key: 'procedure' | 'topic') {
  const asked = all.filter(
    ({ wanted, got }) => wanted.intent === intent && wanted.entities?.[key] && got.intent === intent,
  );
  const given = asked.filter(({ got }) => got.entities[key] !== undefined);
  return {
    given: shareOf(asked, ({ got }) => got.entities[key] !== undefined),
    rightOfGiven: shareOf(given, ({ got, wanted }) => got.entities[key] === wanted.entities?.[key]),
  };
}

function entityShares(
  understander: Understander,
  messages: readonly Case[],
  entities: readonly EntityCase[],
) {
  const read = ({ text, entities: wanted = {} }: EntityCase) => ({
    wanted,
    got: understander.understand(text).entities,
  });
  const inMessages = messages.filter(({ entities: wanted }) => wanted?.['dossierCode'] !== undefined);
  const all = [...entities, ...inMessages].map(read);
  const traps = all.filter(({ wanted }) => Object.keys(wanted).length === 0);
  return {
    codes: shareOf(
      all.filter(({ wanted }) => wanted['dossierCode'] !== undefined),
      ({ wanted, got }) => got.dossierCode === wanted['dossierCode'],
    ),
    phones: shareOf(
      all.filter(({ wanted }) => wanted['phone'] !== undefined),
      ({ wanted, got }) => got.phone === wanted['phone'],
    ),
    trapsAvoided: shareOf(traps, ({ got }) => got.dossierCode === undefined && got.phone === undefined),
  };
}
