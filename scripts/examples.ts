/**
 * `npm run examples` (kiểm tra câu mẫu): tells, in Vietnamese and with line numbers, what is wrong with the example
 * sentences of `locales/<language>/intents`: two meanings for one sentence, repetitions, personal data, unknown groups.
 * Exit 1 when something must be mended. `--locales DIR` checks another copy of that folder.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkExamples } from '../src/understanding/example-check.ts';
import type { ExampleProblem } from '../src/understanding/example-check.ts';
import { loadPatterns } from '../src/understanding/pattern-files.ts';
import type { Example } from '../src/understanding/pattern-schemas.ts';
import { readLabelGroups } from './lib/example-files.ts';

const SAID: Readonly<Record<ExampleProblem['kind'], string>> = {
  contradiction: 'PHẢI SỬA: cùng một câu mà hai ý',
  personal_data: 'PHẢI SỬA: có số điện thoại hoặc số căn cước của người thật',
  unknown_group: 'nhóm này không có',
  duplicate: 'câu bị lặp',
  near_duplicate: 'gần như giống câu của ý khác',
};
const MUST_BE_MENDED: readonly ExampleProblem['kind'][] = ['contradiction', 'personal_data'];

function placeOf(localesDir: string, { language, intent, text }: Example): string {
  const file = join(localesDir, language, 'intents', `${intent}.json`);
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((each) => each.trim().replace(/,$/, '') === JSON.stringify(text));
  return `${file}:${line < 0 ? '?' : String(line + 1)}`;
}

try {
  const { values } = parseArgs({ options: { locales: { type: 'string', default: 'locales' } } });
  const localesDir = values.locales;
  const { examples } = loadPatterns(localesDir);
  const problems = checkExamples(examples, readLabelGroups(localesDir));
  for (const { kind, example, other } of problems) {
    console.log(`${placeOf(localesDir, example)}  ${SAID[kind]}: "${example.text}"`);
    if (other) console.log(`    xem ${placeOf(localesDir, other)}: "${other.text}"`);
  }
  console.log(`${String(examples.length)} câu mẫu, ${String(problems.length)} chỗ cần xem.`);
  process.exitCode = problems.some(({ kind }) => MUST_BE_MENDED.includes(kind)) ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
