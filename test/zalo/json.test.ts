import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJsonKeepingIds } from '../../src/zalo/json.ts';

describe('JSON from Zalo', () => {
  it('keeps every digit of ids written as numbers', () => {
    expect(parseJsonKeepingIds('{"user_id":7120345566778899001,"list":[-9007199254740993]}')).toEqual({
      user_id: '7120345566778899001',
      list: ['-9007199254740993'],
    });
  });

  it('leaves ordinary numbers and digits inside texts alone', () => {
    const text =
      '{"time":1795312999001,"x":-1.5e3,"message":"số 7120345566778899001, \\"712034556677889900\\""}';

    expect(parseJsonKeepingIds(text)).toEqual(JSON.parse(text));
  });

  it('reads everything else as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(text));

        expect(parseJsonKeepingIds(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each(['', '<html>', '{"error":0', '{"a":01}'])('refuses %j', (text) => {
    expect(() => parseJsonKeepingIds(text)).toThrow(SyntaxError);
  });
});
