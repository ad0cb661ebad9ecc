import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

/** Reading the model takes a second; learning it, where an example has just been edited, much longer. */
const TIMEOUT_MS = 120_000;

let folder: string;
let input: string;
let output: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understand-'));
  input = join(folder, 'in.jsonl');
  output = join(folder, 'out.jsonl');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(...args: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/understand.ts', ...args],
    { env: { PATH: process.env['PATH'] ?? '' }, encoding: 'utf8' },
  );
  return { status, said: stdout + stderr };
}

function answers(): readonly Record<string, unknown>[] {
  return readFileSync(output, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('npm run understand', () => {
  it(
    'answers each line in its order, with the context it names',
    () => {
      const asked: readonly { readonly text: string; readonly context?: string | null }[] = [
        { text: 'làm khai sinh cần giấy tờ gì' },
        { text: 'không', context: 'form:confirm' },
        { text: 'không' },
        { text: 'thôn Hạ', context: 'form:village' },
        { text: 'nhà tôi đang cháy', context: null },
        { text: 'xem H49.23.10-251001-0012' },
        { text: '' },
        { text: 'dòng một\ndòng hai' },
      ];
      const lines = asked.map((each) => JSON.stringify(each));
      // As a Windows editor saves it, with blank lines here and there.
      writeFileSync(
        input,
        `\ufeff${lines.slice(0, 3).join('\r\n')}\r\n\r\n  \r\n${lines.slice(3).join('\n')}\n\n`,
      );

      expect(run('--in', input, '--out', output)).toEqual({ status: 0, said: '' });

      expect(answers().map(({ text }) => text)).toEqual(asked.map(({ text }) => text));
      expect(answers().slice(0, 7)).toMatchObject([
        { intent: 'procedure_info', entities: { procedure: 'khai-sinh' } },
        { intent: 'no' },
        { intent: 'clarify', suggestions: expect.any(Array) as unknown },
        { intent: 'form_answer' },
        { intent: 'emergency', emergency: 'fire' },
        { intent: 'procedure_status', entities: { dossierCode: 'H49.23.10-251001-0012' } },
        { intent: 'out_of_scope' },
      ]);
      for (const answer of answers()) {
        expect(answer['confidence']).toBeGreaterThanOrEqual(0);
        expect(answer['confidence']).toBeLessThanOrEqual(1);
        expect(answer).toHaveProperty('alternatives');
        expect(answer).toHaveProperty('entities');
      }
    },
    TIMEOUT_MS,
  );

  it(
    'answers nothing with nothing',
    () => {
      writeFileSync(input, '\n');

      expect(run('--in', input, '--out', output).status).toBe(0);
      expect(readFileSync(output, 'utf8')).toBe('');
    },
    TIMEOUT_MS,
  );

  it.each([
    ['no JSON', '{"text": "x"'],
    ['no text', '{"context": "form"}'],
    ['a text that is none', '{"text": 5}'],
    ['a context nobody knows', '{"text": "x", "context": "menu"}'],
    ['only words', 'cảm ơn'],
  ])(
    'names the line that is %s and writes nothing',
    (_what, line) => {
      writeFileSync(input, `{"text":"cảm ơn"}\n\n${line}\n`);

      const { status, said } = run('--in', input, '--out', output);

      expect([status, said]).toEqual([1, expect.stringMatching(/^Line 3 is not .*Nothing was written/)]);
      expect(existsSync(output)).toBe(false);
    },
    TIMEOUT_MS,
  );

  it(
    'says what it needs when a file is not named or not there',
    () => {
      expect(run()).toEqual({ status: 1, said: expect.stringContaining('Usage') as unknown });
      expect(run('--in', input)).toEqual({ status: 1, said: expect.stringContaining('Usage') as unknown });
      expect(run('--explode')).toMatchObject({ status: 1 });
      expect(run('--in', input, '--out', output)).toEqual({
        status: 1,
        said: expect.stringContaining(input) as unknown,
      });
      expect(existsSync(output)).toBe(false);
    },
    TIMEOUT_MS,
  );
});
