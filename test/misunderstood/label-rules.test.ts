import { describe, expect, it } from '@jest/globals';
import { LABEL_INTENTS, readLabel } from '../../src/misunderstood/label-rules.ts';

const groups = { complaint_file: ['lighting', 'road'] };

describe('a label', () => {
  it('is an intent, with or without one of its groups', () => {
    expect(readLabel('thanks', undefined, groups)).toEqual({ kind: 'label', label: { intent: 'thanks' } });
    expect(readLabel('complaint_file', 'road', groups)).toEqual({
      kind: 'label',
      label: { intent: 'complaint_file', group: 'road' },
    });
  });

  it.each(['thankyou', 'form_answer', 'clarify', 'constructor'])('cannot be %s', (intent) => {
    expect(readLabel(intent, undefined, groups)).toEqual({ kind: 'unknown_intent', possible: LABEL_INTENTS });
  });

  it('cannot name a group that is not there', () => {
    expect(readLabel('complaint_file', 'lamp', groups)).toEqual({
      kind: 'unknown_group',
      possible: ['lighting', 'road'],
    });
    expect(readLabel('thanks', 'road', groups)).toEqual({ kind: 'unknown_group', possible: [] });
  });
});
