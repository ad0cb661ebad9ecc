import { describe, expect, it } from '@jest/globals';
import { foldVietnamese } from '../../src/kernel/vietnamese.ts';
import { EMERGENCY_CONTACTS, EMERGENCY_KINDS } from '../../src/understanding/emergency.ts';
import type { EmergencyKind } from '../../src/understanding/understanding.ts';
import { anUnderstander, readLines } from './support.ts';

const emergencies = readLines('emergencies.jsonl') as readonly { text: string; kind: EmergencyKind }[];
const lookAlikes = readLines('lookalikes.jsonl') as readonly { text: string }[];
const understander = anUnderstander();
const kindOf = (text: string): EmergencyKind | undefined => understander.understand(text).emergency;

describe('danger now', () => {
  it('has at least 80 ways of being told, of every kind', () => {
    expect(new Set(emergencies.map(({ text }) => text)).size).toBeGreaterThanOrEqual(80);
    expect(new Set(emergencies.map(({ kind }) => kind))).toEqual(new Set(EMERGENCY_KINDS));
  });

  it.each(emergencies)('$kind: $text', ({ text, kind }) => {
    expect(understander.understand(text)).toMatchObject({ intent: 'emergency', emergency: kind });
  });

  it('is heard in capitals and in every form step', () => {
    const contexts = ['form', 'form:confirm', 'form:text', 'form:phone', 'form:village'] as const;
    const heard = contexts.map((context) => understander.understand('NHÀ TÔI ĐANG CHÁY', context).emergency);

    expect(heard).toEqual(contexts.map(() => 'fire'));
  });

  it('is heard without accents in all but one case in fifty', () => {
    const missed = emergencies.filter(({ text }) => kindOf(foldVietnamese(text)) === undefined);

    expect(missed.length).toBeLessThanOrEqual(emergencies.length / 50);
  });

  it('a cry for help without a reason reaches the police', () => {
    expect(kindOf('cứu tôi với')).toBe('crime');
  });
});

describe('words that only sound like danger', () => {
  it('have at least 40 examples', () => {
    expect(new Set(lookAlikes.map(({ text }) => text)).size).toBeGreaterThanOrEqual(40);
  });

  it.each(lookAlikes)('$text', ({ text }) => {
    expect(kindOf(text)).toBeUndefined();
  });

  it.each(lookAlikes)('$text – without accents', ({ text }) => {
    expect(kindOf(foldVietnamese(text))).toBeUndefined();
  });

  it('a calm frame does not silence a cry for help', () => {
    expect(kindOf('năm ngoái lũ tràn vào nhà có được hỗ trợ không')).toBeUndefined();
    expect(kindOf('năm ngoái đã ngập, giờ lũ lại tràn vào nhà, cứu với')).toBe('disaster');
  });

  it('an idiom beside a real danger does not hide it', () => {
    expect(kindOf('đang cháy túi thì nhà bị cháy')).toBe('fire');
  });
});

describe('whom to ring', () => {
  it.each([
    ['fire', '114'],
    ['drowning', '114'],
    ['electricity', '114'],
    ['medical', '115'],
    ['crime', '113'],
    ['child', '111'],
    ['disaster', '112'],
    ['self_harm', '115'],
  ] as const)('%s → %s first', (kind, number) => {
    expect(EMERGENCY_CONTACTS[kind].numbers[0]).toBe(number);
  });

  it('a person of the commune is told when somebody wants to die', () => {
    expect(EMERGENCY_KINDS.filter((kind) => EMERGENCY_CONTACTS[kind].alertPerson)).toEqual(['self_harm']);
  });
});
