import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** The import rules of the house, as described in src/README.md. */
const SRC = resolve('src');

interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Own modules, relative to src/. */
  readonly own: readonly string[];
  readonly packages: readonly string[];
}

const files = listFiles(SRC).map(readSource);

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return {
    path: relative(SRC, path),
    text,
    own: imports
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(SRC, resolve(dirname(path), name))),
    packages: imports.filter((name) => !name.startsWith('.')),
  };
}

function room(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : path;
}

function offenders(isOffence: (file: SourceFile) => boolean): string[] {
  return files.filter(isOffence).map((file) => file.path);
}

const FEATURES = [
  'understanding',
  'conversation',
  'knowledge',
  'calendar',
  'residents',
  'dossiers',
  'feedback',
  'escalations',
  'announcements',
  'misunderstood',
];

describe('the rooms of the house', () => {
  it('finds the source files at all', () => {
    expect(files.length).toBeGreaterThan(40);
  });

  it('lets the kernel import nothing of ours', () => {
    expect(
      offenders((file) => room(file.path) === 'kernel' && file.own.some((name) => room(name) !== 'kernel')),
    ).toEqual([]);
  });

  it('keeps the conversation and the features away from Zalo, the console, the server and the schedule', () => {
    const forbidden = ['zalo', 'console', 'server.ts', 'schedule', 'compose.ts', 'main.ts'];
    expect(
      offenders(
        (file) =>
          FEATURES.includes(room(file.path)) && file.own.some((name) => forbidden.includes(room(name))),
      ),
    ).toEqual([]);
  });

  it('lets only main import the composition root', () => {
    expect(offenders((file) => file.path !== 'main.ts' && file.own.includes('compose.ts'))).toEqual([]);
  });

  it.each([
    ['axios', (path: string) => path.startsWith('zalo/')],
    ['mongoose', (path: string) => path.startsWith('mongo/') || path.endsWith('-store.ts')],
    ['express', (path: string) => path === 'server.ts' || path.endsWith('-router.ts')],
    ['node-cron', (path: string) => path.startsWith('schedule/')],
    ['winston', (path: string) => path === 'kernel/logger.ts'],
    ['i18next', (path: string) => path === 'kernel/i18n.ts'],
    ['prom-client', (path: string) => path === 'metrics.ts'],
  ])('has one door for %s', (name, mayUse) => {
    expect(offenders((file) => file.packages.includes(name) && !mayUse(file.path))).toEqual([]);
  });

  it('reads the environment in config.ts only', () => {
    // The engine's child process tells the native module through a variable where its library lies.
    const allowed = ['config.ts', 'mongo/engine-process.ts'];
    expect(offenders((file) => !allowed.includes(file.path) && /process\.env\b/.test(file.text))).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(findCycles()).toEqual([]);
  });

  it('names its exports and exports no default', () => {
    expect(offenders((file) => /^export default/m.test(file.text))).toEqual([]);
  });
});

/** Every import chain that comes back to where it began, type-only imports included. */
function findCycles(): string[] {
  const byPath = new Map(files.map((file) => [file.path, file.own]));
  const cycles = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.add([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const next of byPath.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const file of files) visit(file.path, []);
  return [...cycles];
}
