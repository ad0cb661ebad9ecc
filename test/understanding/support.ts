import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeywordMatcher } from '../../src/understanding/keyword-matcher.ts';
import type { KeywordMatcherDeps } from '../../src/understanding/keyword-matcher.ts';
import { loadPatterns } from '../../src/understanding/pattern-files.ts';
import type { Understander } from '../../src/understanding/understanding.ts';

/** The patterns the product ships. */
export const patterns = loadPatterns('locales');

/** A matcher on the shipped patterns whose cards and codes are the smallest that can be told apart. */
export function aMatcher(overrides: Partial<KeywordMatcherDeps> = {}): Understander {
  return createKeywordMatcher({
    patterns,
    villages: [
      { id: 'nui-thanh', name: 'Núi Thành', aliases: [] },
      { id: 'thanh-gien', name: 'Thành Giền', aliases: ['xóm Giền'] },
      { id: 'ha', name: 'Hạ', aliases: [] },
    ],
    procedures: (text) => (/khai sinh/i.test(text) ? 'khai-sinh' : undefined),
    vneid: (text) => (/otp/i.test(text) ? 'otp-khong-ve' : undefined),
    parseDossierCode: (text) => /H49\.[\d.]+-\d{6}-\d{4}/.exec(text)?.[0],
    ...overrides,
  });
}

/** The lines of a JSON-lines file beside the tests. */
export function readLines(file: string): readonly unknown[] {
  return readFileSync(join('test/understanding', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
