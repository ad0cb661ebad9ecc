import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copySmallLocales } from '../support/small-locales.ts';

let locales: string;
const fileOf = (intent: string): string => join(locales, 'vi', 'intents', `${intent}.json`);

beforeEach(() => {
  locales = mkdtempSync(join(tmpdir(), 'examples-'));
  copySmallLocales(locales);
});

afterEach(() => {
  rmSync(locales, { recursive: true });
});

function run(...args: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/examples.ts', ...args],
    { env: { PATH: process.env['PATH'] ?? '' }, encoding: 'utf8' },
  );
  return { status, said: stdout + stderr };
}

/** Gives an intent these example sentences, as a person would with an editor. */
function write(intent: string, examples: unknown): void {
  const content = JSON.parse(readFileSync(fileOf(intent), 'utf8')) as object;
  writeFileSync(fileOf(intent), JSON.stringify({ ...content, examples }, null, 2));
}

/** `file:line` of a sentence. */
function placeOf(intent: string, sentence: string): string {
  const lines = readFileSync(fileOf(intent), 'utf8').split('\n');
  return `${fileOf(intent)}:${lines.findIndex((line) => line.includes(JSON.stringify(sentence))) + 1}`;
}

describe('npm run examples', () => {
  it('finds nothing to mend in good files', () => {
    const { status, said } = run('--locales', locales);

    expect([status, said]).toEqual([0, expect.stringMatching(/^\d+ câu mẫu, 0 chỗ cần xem\.\n$/)]);
  });

  it('shows where a sentence stands that should be looked at, and lets it pass', () => {
    write('thanks', ['đội ơn xã nhé', 'Đội ơn, xã nhé!']);
    write('complaint_file', { rood: ['đường qwerty hỏng'] });

    const { status, said } = run('--locales', locales);

    expect(status).toBe(0);
    expect(said).toContain(`${placeOf('thanks', 'Đội ơn, xã nhé!')}  câu bị lặp: "Đội ơn, xã nhé!"`);
    expect(said).toContain(`xem ${placeOf('thanks', 'đội ơn xã nhé')}: "đội ơn xã nhé"`);
    expect(said).toContain(`${placeOf('complaint_file', 'đường qwerty hỏng')}  nhóm này không có`);
    expect(said).toContain('2 chỗ cần xem');
  });

  it('fails when a sentence holds personal data', () => {
    write('thanks', ['cảm ơn, số tôi 0918273645']);

    const { status, said } = run('--locales', locales);

    expect(status).toBe(1);
    expect(said).toContain(`${placeOf('thanks', 'cảm ơn, số tôi 0918273645')}  PHẢI SỬA: có số điện thoại`);
  });

  it('fails when one sentence has two meanings, naming both files', () => {
    write('thanks', ['đội ơn xã nhé']);
    write('goodbye', ['Đội ơn xã nhé.']);

    const { status, said } = run('--locales', locales);

    expect(status).toBe(1);
    expect(said).toMatch(/thanks\.json/);
    expect(said).toMatch(/goodbye\.json/);
  });

  it('fails with the file that cannot be read, and for words it does not know', () => {
    writeFileSync(fileOf('thanks'), '{');

    expect(run('--locales', locales)).toEqual({
      status: 1,
      said: expect.stringMatching(/thanks\.json: not JSON/) as unknown,
    });
    expect(run('--folder', locales)).toMatchObject({ status: 1 });
    expect(run('--locales', join(locales, 'nowhere'))).toMatchObject({ status: 1 });
  });
});
