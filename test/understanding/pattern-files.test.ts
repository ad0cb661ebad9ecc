import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadPatterns } from '../../src/understanding/pattern-files.ts';

let locales: string;
const file = (name: string): string => join(locales, 'vi', 'intents', `${name}.json`);
const write = (name: string, content: unknown): void => {
  writeFileSync(file(name), typeof content === 'string' ? content : JSON.stringify(content));
};

beforeEach(() => {
  locales = mkdtempSync(join(tmpdir(), 'patterns-'));
  for (const language of ['vi', 'en']) {
    cpSync(join('locales', language, 'intents'), join(locales, language, 'intents'), { recursive: true });
  }
});

afterEach(() => {
  rmSync(locales, { recursive: true });
});

describe('the pattern files', () => {
  it('are read in every language together', () => {
    const { intents } = loadPatterns(locales);

    expect(intents.goodbye.whole).toEqual(expect.arrayContaining(['tạm biệt', 'see you later']));
  });

  it('may have been saved by a Windows editor', () => {
    write('goodbye', `\ufeff${JSON.stringify({ whole: ['tạm biệt nhé xã'] })}`);

    expect(loadPatterns(locales).intents.goodbye.whole).toContain('tạm biệt nhé xã');
  });

  it('are refused with the problems of all files at once', () => {
    write('greeting', '{ "whole": ["xin chào" ');
    write('help', { hole: ['menu'] });
    write('human', { sure: ['gặp (cán bộ'] });
    write('categories', { categories: { roads: [] } });
    write('emergency', { kinds: { fire: { pairs: [{ act: ['cháy'], with: ['@buildings'] }] } } });
    write('complaints', {});
    rmSync(file('thanks'));

    const load = (): unknown => loadPatterns(locales);

    expect(load).toThrow(expect.objectContaining({ code: 'config.patterns_invalid' }));
    expect(load).toThrow(/complaints\.json: no intent has this name/);
    expect(load).toThrow(/thanks\.json: the file is missing/);
    expect(load).toThrow(/greeting\.json: not JSON/);
    expect(load).toThrow(/help\.json.*hole/);
    expect(load).toThrow(/human\.json: sure\.0 "gặp \(cán bộ" has a bracket/);
    expect(load).toThrow(/categories\.json: categories.*roads/);
    expect(load).toThrow(/emergency\.json.*there is no list "buildings"/);
  });

  it('may not claim the same words for two intents', () => {
    const greeting = JSON.parse(readFileSync(file('greeting'), 'utf8')) as { whole: string[] };
    write('greeting', { ...greeting, whole: [...greeting.whole, 'Tạm biệt'] });

    expect(() => loadPatterns(locales)).toThrow(
      '"tạm biệt" is certain in both greeting.json and goodbye.json',
    );
  });

  it('are required in Vietnamese', () => {
    rmSync(join(locales, 'vi'), { recursive: true });

    expect(() => loadPatterns(locales)).toThrow(/the folder is missing/);
  });
});
