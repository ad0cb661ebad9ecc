import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readElfImports } from '../../src/mongo/elf-imports.ts';
import { rewriteTooNewImports } from '../../src/mongo/elf-import-rewrite.ts';
import { findLibraryPackage } from '../../src/mongo/engine-library.ts';

const LIBRARY_NAMES = ['libembedded_mongodb_native.so', 'embedded-mongodb.linux-x64-gnu.node'];
const LIBRARIES = readPublishedLibraries();
const describeWithLibrary = LIBRARIES ? describe : describe.skip;

function readPublishedLibraries(): ReadonlyMap<string, Buffer> | undefined {
  try {
    const folder = findLibraryPackage(resolve('package.json'));
    return new Map(LIBRARY_NAMES.map((name) => [name, readFileSync(join(folder, name))]));
  } catch {
    return undefined;
  }
}

function published(name: string): Buffer {
  const library = LIBRARIES?.get(name);
  if (!library) throw new Error(`${name} is not installed`);
  return library;
}

describe('a file that is no library for this', () => {
  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['a text', Buffer.from('#!/bin/sh\n'.repeat(20))],
    ['a 32-bit ELF file', Buffer.concat([Buffer.from('7f454c460101', 'hex'), Buffer.alloc(100)])],
    [
      'an ELF file without a dynamic section',
      Buffer.concat([Buffer.from('7f454c460201', 'hex'), Buffer.alloc(100)]),
    ],
  ])('is refused when it is %s', (_what, file) => {
    expect(() => rewriteTooNewImports(file, 36)).toThrow(
      expect.objectContaining({ code: 'engine.library_unreadable' }),
    );
  });
});

describeWithLibrary('the published engine', () => {
  it.each(LIBRARY_NAMES)('asks for GLIBC_2.38 in %s, which is why it must be rewritten', (name) => {
    const versions = readElfImports(published(name)).requiredVersions.map(({ version }) => version);

    expect(versions).toContain('GLIBC_2.38');
  });

  it.each(LIBRARY_NAMES)('asks for nothing newer than glibc 2.36 once %s is rewritten', (name) => {
    const { requiredVersions, symbols } = readElfImports(rewriteTooNewImports(published(name), 36));

    const minors = requiredVersions.map(({ version }) => Number(/^GLIBC_2\.(\d+)/.exec(version)?.[1] ?? 0));
    expect(Math.max(...minors)).toBeLessThanOrEqual(36);
    expect(symbols.filter((symbol) => symbol.name.startsWith('__isoc23_'))).toEqual([]);
  });

  it.each(LIBRARY_NAMES)('keeps the number of imports and changes only a few bytes of %s', (name) => {
    const before = published(name);
    const after = rewriteTooNewImports(before, 36);

    expect(readElfImports(after).symbols).toHaveLength(readElfImports(before).symbols.length);
    expect(countDifferences(before, after)).toBeLessThan(200);
  });

  it('is left as it is for a glibc that has everything it asks for', () => {
    const library = published('libembedded_mongodb_native.so');

    expect(rewriteTooNewImports(library, 38).equals(library)).toBe(true);
  });

  it('is refused for a glibc so old that a function has no equal there', () => {
    expect(() => rewriteTooNewImports(published('libembedded_mongodb_native.so'), 33)).toThrow(
      expect.objectContaining({ code: 'engine.library_no_twin' }),
    );
  });

  it('is refused when the file is cut short', () => {
    const half = published('embedded-mongodb.linux-x64-gnu.node').subarray(0, 2_000);

    expect(() => rewriteTooNewImports(half, 36)).toThrow(
      expect.objectContaining({ code: 'engine.library_unreadable' }),
    );
  });
});

function countDifferences(a: Buffer, b: Buffer): number {
  const page = 4096;
  let differences = 0;
  for (let start = 0; start < a.length; start += page) {
    if (a.subarray(start, start + page).equals(b.subarray(start, start + page))) continue;
    for (let at = start; at < Math.min(start + page, a.length); at += 1)
      if (a[at] !== b[at]) differences += 1;
  }
  return differences;
}
