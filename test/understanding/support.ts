import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { composeUnderstanding } from '../../src/compose-understanding.ts';
import { loadPatterns } from '../../src/understanding/pattern-files.ts';
import type { Understander } from '../../src/understanding/understanding.ts';

/** The patterns the product ships. */
export const patterns = loadPatterns('locales');

/** What the product ships, in a commune with villages that are easily mixed up. */
export function anUnderstander(): Understander {
  return composeUnderstanding(resolve('.'), [
    { id: 'nui-thanh', name: 'Núi Thành', aliases: [] },
    { id: 'thanh-gien', name: 'Thành Giền', aliases: ['xóm Giền'] },
    { id: 'ha', name: 'Hạ', aliases: [] },
  ]).understander;
}

/** The lines of a JSON-lines file beside the tests. */
export function readLines(file: string): readonly unknown[] {
  return readFileSync(join('test/understanding', file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
