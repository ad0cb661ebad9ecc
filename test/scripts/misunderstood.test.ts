import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Lesson } from '../../src/misunderstood/misunderstood.ts';
import {
  createLabellingStore,
  createMisunderstoodStore,
} from '../../src/misunderstood/misunderstood-store.ts';
import { createPseudonyms } from '../../src/misunderstood/pseudonyms.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { loadPatterns } from '../../src/understanding/pattern-files.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { OA_ID, RESIDENT_ID } from '../support/events.ts';
import { copySmallLocales } from '../support/small-locales.ts';

const DAY = '2126-11-24';
let database: TestDatabase;
let folder: string;
let locales: string;

beforeAll(async () => {
  database = await openTestDatabase();
  createMisunderstoodStore(database.connection, createPseudonyms('ab'.repeat(32)));
  await buildIndexes(database.connection);
});

beforeEach(async () => {
  await database.connection.collection('misunderstood').deleteMany({});
  folder = mkdtempSync(join(tmpdir(), 'misunderstood-'));
  locales = join(folder, 'locales');
  copySmallLocales(locales);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

afterAll(async () => {
  await database.drop();
});

async function keep(text: string, changes: Partial<Lesson> = {}): Promise<string> {
  const store = createMisunderstoodStore(database.connection, createPseudonyms('ab'.repeat(32)));
  const lesson = {
    key: text,
    text,
    language: 'vi',
    day: DAY,
    guesses: [],
    reason: 'clarify',
    ...changes,
  } as const;
  await store.keep(lesson, OA_ID, RESIDENT_ID);
  const [newest] = await createLabellingStore(database.connection).list();
  return newest?.id ?? '';
}

function run(...args: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/misunderstood.ts', ...args, '--locales', locales],
    { env: { PATH: process.env['PATH'] ?? '', MONGODB_URI: database.uri }, encoding: 'utf8' },
  );
  return { status, said: stdout + stderr };
}

function fileOf(language: string, intent: string): string {
  return join(locales, language, 'intents', `${intent}.json`);
}

function examplesIn(language: string, intent: string): unknown {
  return (JSON.parse(readFileSync(fileOf(language, intent), 'utf8')) as { examples?: unknown }).examples;
}

async function textsLeft(): Promise<readonly string[]> {
  return (await createLabellingStore(database.connection).list()).map(({ text }) => text);
}

/** Sets the examples of one file of the copy, as a person would with an editor. */
function giveExamples(language: string, intent: string, examples: unknown): void {
  const file = fileOf(language, intent);
  const content = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...content, examples }, null, 2));
  spawnSync('npx', ['prettier', '--config', 'package.json', '--write', file]);
}

function isFormatted(...files: readonly string[]): boolean {
  return spawnSync('npx', ['prettier', '--config', 'package.json', '--check', ...files]).status === 0;
}

describe('npm run misunderstood', () => {
  it('lists what was kept, newest first, and on demand only what nobody has labelled', async () => {
    const older = await keep('asdfgh một', { guesses: [{ intent: 'vneid_help', confidence: 0.4 }] });
    await keep('asdfgh hai');

    expect(run('list').said).toMatch(/asdfgh hai[\s\S]*vneid_help 0.4[\s\S]*asdfgh một[\s\S]*2 message\(s\)/);

    expect(run('label', older, 'complaint_file', 'road').said).toContain('means complaint_file/road');

    expect(run('list').said).toContain('label=complaint_file/road');
    const { said } = run('list', '--unlabelled');
    expect(said).toContain('1 message(s)');
    expect(said).not.toContain('asdfgh một');
    expect(said).not.toContain(RESIDENT_ID);
  });

  it('refuses intents and groups that are not there and says which are, and ids it does not know', async () => {
    const id = await keep('asdfgh');

    const noIntent = run('label', id, 'form_answer');
    expect(noIntent.status).toBe(1);
    expect(noIntent.said).toMatch(/no intent "form_answer".*greeting, help, .*out_of_scope/);
    expect(run('label', id, 'complaint_file', 'lamp').said).toMatch(/no group "lamp".*road, lighting/);
    expect(run('label', id, 'procedure_info', 'lamp').said).toContain('khai-sinh');
    expect(run('label', id, 'emergency', 'lamp').said).toContain('drowning');
    expect(run('label', '000', 'thanks')).toMatchObject({ status: 1 });
    expect(run('label', id).said).toContain('Usage');
    expect(run('explode').said).toContain('Usage');
    expect(run('list').said).not.toContain('label=');
  });

  it('drops one that must not be kept', async () => {
    const id = await keep('asdfgh');

    expect(run('drop', id).said).toContain('removed');
    expect(run('drop', id)).toMatchObject({ status: 1 });
    expect(await textsLeft()).toEqual([]);
  });

  it('makes examples of labelled sentences, in the shape and format their files have', async () => {
    giveExamples('vi', 'thanks', ['cảm ơn qwerty']);
    giveExamples('vi', 'complaint_file', { lighting: ['đèn qwerty tắt'] });
    giveExamples('vi', 'vneid_help', ['vneid qwerty']);
    run('label', await keep('đội ơn asdfgh [tên]'), 'thanks');
    run('label', await keep('đèn asdfgh tắt'), 'complaint_file', 'lighting');
    run('label', await keep('việc asdfgh chung'), 'complaint_file');
    run('label', await keep('mật khẩu asdfgh'), 'vneid_help', 'quen-mat-khau');
    run('label', await keep('asdfgh please', { language: 'en' }), 'human');
    await keep('chưa ai xem');
    const before = readFileSync(fileOf('vi', 'thanks'), 'utf8');

    const rehearsal = run('export', '--dry-run').said;
    expect(rehearsal).toContain('5 sentence(s) would be added');
    expect(readFileSync(fileOf('vi', 'thanks'), 'utf8')).toBe(before);
    expect(await textsLeft()).toHaveLength(6);

    const { status, said } = run('export');
    expect([status, said]).toEqual([
      0,
      expect.stringMatching(/5 sentence\(s\) added to 4 file\(s\)[\s\S]*npm run build/),
    ]);

    expect(examplesIn('vi', 'thanks')).toEqual(['cảm ơn qwerty', 'đội ơn asdfgh [tên]']);
    expect(examplesIn('vi', 'complaint_file')).toEqual({
      lighting: ['đèn qwerty tắt', 'đèn asdfgh tắt'],
      general: ['việc asdfgh chung'],
    });
    expect(examplesIn('vi', 'vneid_help')).toEqual({
      general: ['vneid qwerty'],
      'quen-mat-khau': ['mật khẩu asdfgh'],
    });
    const files = ['thanks', 'complaint_file', 'vneid_help'].map((intent) => fileOf('vi', intent));
    expect(isFormatted(...files, fileOf('en', 'human'))).toBe(true);
    expect(loadPatterns(locales).examples).toContainEqual({
      text: 'asdfgh please',
      intent: 'human',
      language: 'en',
    });
    expect(await textsLeft()).toEqual(['chưa ai xem']);
  }, 60_000);

  it('keeps a sentence that is an example of something else, and skips one that is there already', async () => {
    giveExamples('vi', 'thanks', ['asdfgh cảm ơn']);
    giveExamples('vi', 'complaint_file', { lighting: ['Đèn asdfgh tắt'] });
    run('label', await keep('asdfgh cảm ơn'), 'thanks');
    run('label', await keep('đèn  asdfgh tắt'), 'contact_info');
    run('label', await keep('zxcvbn'), 'goodbye');
    run('label', await keep('Zxcvbn', { key: 'again' }), 'greeting');

    const { said } = run('export');

    expect(said).toMatch(/duplicate.*asdfgh cảm ơn/);
    expect(said).toMatch(
      /conflict.*already an example of complaint_file\/lighting; the row stays.*đèn {2}asdfgh tắt/,
    );
    expect(said).toMatch(/conflict.*already an example of goodbye.*Zxcvbn/);
    expect(examplesIn('vi', 'thanks')).toEqual(['asdfgh cảm ơn']);
    expect(await textsLeft()).toEqual(['Zxcvbn', 'đèn  asdfgh tắt']);
  }, 60_000);
});
