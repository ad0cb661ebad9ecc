import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { talk, textOf, titlesOf, vi } from '../support/conversation.ts';
import { createScriptedUnderstander } from '../support/understander.ts';

const clarifying = createScriptedUnderstander({
  answers: {
    'làm mức hai': { intent: 'clarify', confidence: 0.4, suggestions: ['procedure_info', 'vneid_help'] },
    'cán bộ lấy tiền': {
      intent: 'clarify',
      confidence: 0.4,
      suggestions: ['complaint_file', 'formal_complaint'],
    },
    ừm: { intent: 'clarify', confidence: 0.3, suggestions: ['help', 'human'] },
    'mua vé số': { intent: 'out_of_scope', confidence: 0.9 },
  },
});

/** Nothing here is understood, each in its own way. */
const RIDDLES = [
  'xyz xyz',
  '99',
  'làm mức hai',
  'ừm',
  'có thể là chuyện khác',
  'chỉ là chuyện khác',
  '#khac',
  '....',
];
const riddling = createScriptedUnderstander({
  answers: {
    'làm mức hai': { intent: 'clarify', confidence: 0.4, suggestions: ['procedure_info', 'vneid_help'] },
    ừm: { intent: 'clarify', confidence: 0.3, suggestions: ['help', 'human'] },
    'có thể là chuyện khác': {
      intent: 'clarify',
      confidence: 0.4,
      suggestions: ['out_of_scope', 'contact_info'],
    },
    'chỉ là chuyện khác': { intent: 'clarify', confidence: 0.4, suggestions: ['out_of_scope'] },
  },
});

it('“vâng” when nothing was asked is no thanks', async () => {
  const understander = createScriptedUnderstander({
    answers: { vâng: { intent: 'thanks', confidence: 0.9 } },
  });

  expect(textOf(await talk({ understander }).say('vâng'))).toContain(vi('smallTalk.fine'));
});

describe('any run of messages that are not understood', () => {
  it('is answered each time, and from the third on by bringing a person', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...RIDDLES), { minLength: 1, maxLength: 7 }),
        async (messages) => {
          const resident = talk({ understander: riddling });
          for (const [index, message] of messages.entries()) {
            const outcome = await resident.say(message);

            expect(textOf(outcome)).not.toBe('');
            expect(outcome.effects.length > 0).toBe(index >= 2);
            expect(outcome.reason === 'not_understood.person').toBe(index >= 2);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('“something else” among the guesses', () => {
  it('stands last before a person and leads to the next step, not to a refusal', async () => {
    const resident = talk({ understander: riddling });
    const asked = await resident.say('có thể là chuyện khác');
    expect(titlesOf(asked).slice(0, 3)).toEqual(['Địa chỉ, giờ làm việc', 'Chuyện khác', 'Gặp cán bộ']);

    expect((await resident.tap('Chuyện khác')).reason).toBe('not_understood.choices');
    expect((await resident.say('có thể là chuyện khác')).reason).toBe('not_understood.person');
  });

  it('is not offered when there is no guess beside it', async () => {
    const outcome = await talk({ understander: riddling }).say('chỉ là chuyện khác');

    expect(outcome.reason).toBe('not_understood.rephrase');
  });

  it('can be chosen by its number', async () => {
    const resident = talk({ understander: riddling });
    await resident.say('có thể là chuyện khác');

    expect((await resident.say('2')).reason).toBe('not_understood.choices');
  });
});

describe('words that are not understood', () => {
  it('are met with examples, then with choices, then with a person, and never with a fourth question', async () => {
    const resident = talk();
    const reasons: string[] = [];
    for (let i = 0; i < 5; i += 1) reasons.push((await resident.say('xyz xyz')).reason);

    expect(reasons).toEqual([
      'not_understood.rephrase',
      'not_understood.choices',
      'not_understood.person',
      'not_understood.person',
      'not_understood.person',
    ]);
  });

  it('bring a person who sees what was written', async () => {
    const resident = talk({ session: { misunderstood: 2 } });
    const outcome = await resident.say('xyz xyz xyz xyz, số tôi 0912345678, cccd 022065001234');

    expect(outcome.effects).toEqual([
      {
        kind: 'escalation.open',
        reason: 'not_understood',
        lastText: 'xyz xyz xyz xyz, số tôi 0912345678, cccd ***',
      },
    ]);
  });

  it('are forgotten as soon as something is understood', async () => {
    const resident = talk();
    await resident.say('xyz');
    await resident.say('xyz');
    await resident.say('xin chào');

    expect((await resident.say('xyz')).reason).toBe('not_understood.rephrase');
  });

  it('become choices when there are guesses, with a person among them', async () => {
    const outcome = await talk({ understander: clarifying }).say('làm mức hai');

    expect(outcome.reason).toBe('clarify');
    expect(titlesOf(outcome).slice(0, 3)).toEqual(['Hỏi thủ tục, giấy tờ', 'Gỡ rối VNeID', 'Gặp cán bộ']);
  });

  it('offer a person once, even when a person was the guess', async () => {
    const titles = titlesOf(await talk({ understander: clarifying }).say('ừm'));

    expect(titles.filter((title) => title === 'Gặp cán bộ')).toHaveLength(1);
  });

  it('are still the question once the resident has chosen what they were about', async () => {
    const resident = talk({ understander: clarifying });
    await resident.say('làm mức hai');

    expect((await resident.say('2')).reason).toBe('vneid.unknown');
  });

  it('are not kept where they may be a denunciation', async () => {
    const resident = talk({ understander: clarifying });
    await resident.say('cán bộ lấy tiền');

    expect(JSON.stringify(resident.session())).not.toContain('lấy tiền');
  });

  it('are refused kindly, with the menu, when they are surely none of our business', async () => {
    const outcome = await talk({ understander: clarifying }).say('mua vé số');

    expect(outcome.intent).toBe('out_of_scope');
    expect(textOf(outcome)).toContain(vi('smallTalk.outOfScope'));
    expect(outcome.effects).toEqual([]);
  });
});
