import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FEEDBACK_CATEGORIES } from '../../src/feedback/feedback.ts';

/** Every leaf of a messages file by its dotted key. */
function load(language: string): ReadonlyMap<string, string> {
  const file = join(process.cwd(), 'locales', language, 'messages.json');
  const leaves = new Map<string, string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') leaves.set(key, value);
    else
      for (const [name, child] of Object.entries(value as object))
        walk(child, key === '' ? name : `${key}.${name}`);
  };
  walk(JSON.parse(readFileSync(file, 'utf8')), '');
  return leaves;
}

function placeholders(sentence: string | undefined): readonly string[] {
  return [...(sentence ?? '').matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name).sort();
}

function sourceOf(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => (statSync(path).isDirectory() ? sourceOf(path) : readFileSync(path, 'utf8')))
    .join('\n');
}

const vi = load('vi');
const en = load('en');
const code = sourceOf(join(process.cwd(), 'src'));

describe('the wording of residents’ messages', () => {
  it('has the same keys in Vietnamese and English', () => {
    expect([...en.keys()].sort()).toEqual([...vi.keys()].sort());
  });

  it.each([...vi.keys()])('has the same named values in both languages: %s', (key) => {
    expect(placeholders(en.get(key))).toEqual(placeholders(vi.get(key)));
  });

  it.each([...vi])('is never empty, padded or decomposed: %s', (key, sentence) => {
    expect(sentence.trim()).toBe(sentence);
    expect(sentence).not.toBe('');
    expect(sentence.normalize('NFC')).toBe(sentence);
    expect(en.get(key)?.trim()).toBe(en.get(key));
  });

  it('has every key the conversation names', () => {
    const spoken = [...code.matchAll(/(?:\bsay\(\s*|\bkey: )'([\w-]+(?:\.[\w-]+)+)'/g)].map(
      ([, key = '']) => key,
    );

    expect(spoken.length).toBeGreaterThan(60);
    expect(spoken.filter((key) => !vi.has(key))).toEqual([]);
  });

  it('has a sentence that is used for every key it has', () => {
    const isUsed = (key: string): boolean => {
      if (code.includes(`'${key}'`)) return true;
      const stems = key.split('.').map((_, index, parts) => parts.slice(0, index).join('.'));
      return stems.some((stem) => stem !== '' && code.includes(`\`${stem}.\${`));
    };

    expect([...vi.keys()].filter((key) => key !== '_style' && !isUsed(key))).toEqual([]);
  });

  it('names every kind of feedback and every national state of a dossier', () => {
    const states = Array.from({ length: 10 }, (_, index) => String(index + 1));

    expect(FEEDBACK_CATEGORIES.filter((category) => !vi.has(`categories.${category}`))).toEqual([]);
    expect(
      states.filter((state) => !vi.has(`status.state.${state}`) || !vi.has(`status.next.${state}`)),
    ).toEqual([]);
  });

  it('keeps every message short enough to read on a telephone', () => {
    expect([...vi, ...en].filter(([, sentence]) => sentence.length > 450).map(([key]) => key)).toEqual([]);
  });

  it('addresses residents as “bác” and never as anything else', () => {
    const spoken = [...vi].filter(([key]) => key !== '_style').map(([, sentence]) => sentence);

    expect(
      spoken.filter((sentence) => /\b(?:bạn|quý khách|anh\/chị|ông\/bà)(?!\p{L})/iu.test(sentence)),
    ).toEqual([]);
  });

  it('asks at most one question at a time', () => {
    expect(
      [...vi, ...en].filter(([, sentence]) => (sentence.match(/\?/g) ?? []).length > 1).map(([key]) => key),
    ).toEqual([]);
  });

  it('carries no payment link', () => {
    expect([...vi.values(), ...en.values()].filter((sentence) => /https?:|www\./.test(sentence))).toEqual([]);
  });
});
