/**
 * `npm run understand -- --in FILE --out FILE`: JSON lines `{"text", "context"?}` in, one line each out, same order:
 * `{"text","intent","confidence","suggestions"?,"alternatives","entities",…}`. Uses the model of the last build.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openUnderstanding } from './lib/understanding.ts';

const USAGE = 'Usage: npm run understand -- --in FILE --out FILE';
const lineSchema = z.object({
  text: z.string(),
  context: z.enum(['form', 'form:confirm', 'form:text', 'form:phone', 'form:village']).nullish(),
});

function readLine(line: string, number: number): z.infer<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(
      `Line ${String(number)} is not {"text": "...", "context"?: "..."}. Nothing was written.`,
      {
        cause: error,
      },
    );
  }
}

function run(): void {
  const { values } = parseArgs({ options: { in: { type: 'string' }, out: { type: 'string' } } });
  if (values.in === undefined || values.out === undefined) throw new Error(USAGE);
  const lines = readFileSync(values.in, 'utf8')
    .replace(/^\ufeff/, '')
    .split('\n');
  const asked = lines.flatMap((line, at) => (line.trim() === '' ? [] : [readLine(line, at + 1)]));
  const { understander } = openUnderstanding();
  const answers = asked.map(({ text, context }) => ({
    text,
    ...understander.understand(text, context ?? undefined),
  }));
  writeFileSync(values.out, answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''));
}

try {
  run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
