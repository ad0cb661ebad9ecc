import { describe, expect, it } from '@jest/globals';
import { CASE_SETS, readEntities, readForms, readMessages } from '../../scripts/evaluate/cases.ts';
import type { Case } from '../../scripts/evaluate/cases.ts';
import { evaluate } from '../../scripts/evaluate/evaluate.ts';
import { belowGate, measuredGate, readGate } from '../../scripts/evaluate/gate.ts';
import { openUnderstanding } from '../../scripts/lib/understanding.ts';
import { createLikeness } from '../../src/understanding/example-check.ts';
import { INTENTS } from '../../src/understanding/understanding.ts';
import { patterns } from './support.ts';

const ONLY_IN_FORMS: readonly string[] = ['yes', 'no', 'cancel', 'back', 'form_answer'];
const sets = CASE_SETS.map((set) => ({ set, messages: readMessages(set), forms: readForms(set) }));

describe('the sentences nobody trains on', () => {
  it.each(sets)('$set has at least 500, of every intent and kind of writing', ({ messages }) => {
    expect(new Set(messages.map(({ text }) => text)).size).toBeGreaterThanOrEqual(500);
    expect(new Set(messages.map(({ intent }) => intent))).toEqual(
      new Set(INTENTS.filter((intent) => !ONLY_IN_FORMS.includes(intent))),
    );
    expect(new Set(messages.map(({ noise }) => noise))).toEqual(
      new Set(['clean', 'nodiacritics', 'teencode', 'telex', 'typo', 'mixed', 'long']),
    );
  });

  it.each(sets)(
    '$set shares no sentence, and hardly the letters of one, with the examples',
    ({ messages }) => {
      const likeness = createLikeness(
        patterns.examples.map(({ text }) => text),
        MOST_ALIKE,
      );
      const leaked = messages
        .filter(({ text }) => text.length >= TOO_SHORT_TO_LEAK)
        .flatMap(({ text }) =>
          likeness.like(text).map((at) => `${text} ~ ${patterns.examples[at]?.text ?? ''}`),
        );

      expect(leaked).toEqual([]);
    },
  );

  it('the two sets share nothing with each other', () => {
    const texts = (cases: readonly Case[]): Set<string> =>
      new Set(cases.map(({ text }) => text.toLowerCase()));
    const [dev, test] = sets.map(({ messages }) => texts(messages));

    expect([...(dev ?? [])].filter((text) => test?.has(text))).toEqual([]);
  });
});

/** Every message of one or two words is somebody's example. */
const TOO_SHORT_TO_LEAK = 16;
/** Of the four-letter pieces of both sentences together. */
const MOST_ALIKE = 0.6;

describe('how well residents are understood', () => {
  const { understander } = openUnderstanding();
  const result = evaluate(understander, {
    messages: readMessages('test'),
    forms: readForms('test'),
    entities: readEntities(),
  });

  it('is not worse than the gate, which only goes up', () => {
    expect(belowGate(measuredGate(result), readGate())).toEqual([]);
  });

  it('false alarms are at most 2.5 in 100, and no danger gets no number', () => {
    expect(result.emergency.falseAlarms.share).toBeLessThanOrEqual(0.025);
  });

  it('at most 4 in 100 wishes are turned away as somebody else’s matter', () => {
    expect(result.outOfScope.wronglyRefused.share).toBeLessThanOrEqual(0.04);
  });

  it('no appeal and no denunciation goes into the queue of reports unasked in more than 2 of 100 cases', () => {
    expect(result.formalComplaint.filedAsReport.share).toBeLessThanOrEqual(0.02);
  });

  it('at most 12 in 100 messages are asked back', () => {
    expect(result.askedBack.share).toBeLessThanOrEqual(0.12);
  });

  it('a card given for certain is the right one at least 95 times in 100', () => {
    expect(result.cards.procedure.rightOfGiven.share).toBeGreaterThanOrEqual(0.95);
    expect(result.cards.topic.rightOfGiven.share).toBeGreaterThanOrEqual(0.95);
  });

  it('dossier codes are read at least 96 times in 100, phones always, look-alikes never', () => {
    expect(result.entities.codes.share).toBeGreaterThanOrEqual(0.96);
    expect(result.entities.phones.share).toBe(1);
    expect(result.entities.trapsAvoided.share).toBe(1);
  });
});
