import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { readOauthCallback } from '../../src/zalo/oauth-callback.ts';

const STATE = 's'.repeat(43);

describe('what comes back from the permission page', () => {
  it('is read when it is a consent', () => {
    const callback = readOauthCallback({ code: 'yP3-x', oa_id: '2871100223344556677', state: STATE });

    expect(callback).toEqual({ code: 'yP3-x', oaId: '2871100223344556677', state: STATE });
  });

  test.each([
    ['a state of another length', { state: 's'.repeat(44) }],
    ['a state given twice', { state: [STATE, STATE] }],
    ['a state with other characters', { state: `<${'s'.repeat(42)}` }],
    ['a code given twice', { code: ['a', 'b'] }],
    ['an endless code', { code: 'a'.repeat(2049) }],
    ['a code with a line break', { code: 'a\nb' }],
    ['a page id that is no number', { oa_id: 'abc' }],
    ['no parameters', {}],
    ['nothing at all', undefined],
  ])('leaves out %s', (_name, query) => {
    expect(Object.values(readOauthCallback(query)).filter((value) => value !== undefined)).toEqual([]);
  });

  test.each([
    ['access_denied', { error: 'access_denied' }, 'denied'],
    ['an unknown number', { error_code: '-1' }, 'denied'],
    ['a reason only', { error_reason: 'user_denied' }, 'denied'],
    ['a list', { error: ['-14003', 'x'] }, 'denied'],
    ['a code that is documented', { error: '-14003', error_name: 'Invalid redirect uri' }, '-14003'],
    ['error 0, which is none', { error: '0' }, undefined],
    ['an empty error', { error: '' }, undefined],
  ])('knows a refusal by %s', (_name, query, refusal) => {
    expect(readOauthCallback({ ...query, state: STATE })).toEqual({ state: STATE, refusal });
  });

  it('is never more than digits, safe characters and listed codes, whatever is sent', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (query) => {
        const { refusal = 'denied' } = readOauthCallback(query);
        expect(refusal).toMatch(/^(?:denied|empty_answer|-?\d+)$/);
      }),
    );
  });
});
