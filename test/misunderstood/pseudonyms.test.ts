import { describe, expect, it } from '@jest/globals';
import { createPseudonyms } from '../../src/misunderstood/pseudonyms.ts';

const one = createPseudonyms('ab'.repeat(32));
const other = createPseudonyms('cd'.repeat(32));

describe('a pseudonym', () => {
  it('is the same every time, and another one under another key', () => {
    expect(one.ofResident('1', '2')).toBe(createPseudonyms('ab'.repeat(32)).ofResident('1', '2'));
    expect(one.ofResident('1', '2')).not.toBe(other.ofResident('1', '2'));
    expect(one.ofEvent('key')).not.toBe(other.ofEvent('key'));
  });

  it('of a row says nothing about its owner', () => {
    expect(one.ofResident('1', '2').startsWith(one.ofEvent('1:2'))).toBe(false);
  });

  it('does not mix up page and resident', () => {
    expect(one.ofResident('1', '23')).not.toBe(one.ofResident('12', '3'));
  });
});
