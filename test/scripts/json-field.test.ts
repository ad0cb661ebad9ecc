import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withJsonField } from '../../scripts/lib/json-field.ts';

describe('setting one field of a JSON text', () => {
  it('leaves every other character alone', () => {
    const text =
      '{ "note": "a \\"examples\\": [",\n\n  "pairs": [{ "examples": [1] }], "examples": ["x"], "z": {"a":1} }\n';

    expect(withJsonField(text, 'examples', [])).toBe(text.replace('["x"]', '[]'));
  });

  it('adds a field that is not there', () => {
    expect(JSON.parse(withJsonField('{}', 'examples', ['x']))).toEqual({ examples: ['x'] });
    expect(JSON.parse(withJsonField('{\n  "a": 1\n}\n', 'examples', ['x']))).toEqual({
      a: 1,
      examples: ['x'],
    });
  });

  it('gives what setting it in the object would give, for any object', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.constant('examples'), fc.string()), fc.jsonValue()),
        fc.constantFrom(undefined, 2),
        (object, indent) => {
          const text = withJsonField(JSON.stringify(object, null, indent), 'examples', ['x', '}', '"']);

          expect(JSON.parse(text)).toEqual({
            ...(JSON.parse(JSON.stringify(object)) as object),
            examples: ['x', '}', '"'],
          });
        },
      ),
    );
  });
});
