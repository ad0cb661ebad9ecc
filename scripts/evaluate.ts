/**
 * `npm run evaluate` measures the understanding on the project's own test set and writes
 * `test-output/evaluation.json` and `evaluation.md`; exit 1 below the gate.
 * `npm run evaluate -- dev` measures the development set, `-- --raise` lifts the gate to what was reached,
 * `-- --misses` prints every message that was not understood.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CASE_SETS, readEntities, readForms, readMessages } from './evaluate/cases.ts';
import type { CaseSet } from './evaluate/cases.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { belowGate, measuredGate, raiseGate, readGate } from './evaluate/gate.ts';
import { firstChoice, isFirstRight } from './evaluate/measures.ts';
import { toReport } from './evaluate/report.ts';
import { openUnderstanding } from './lib/understanding.ts';

const FOLDER = 'test-output';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { raise: { type: 'boolean' }, misses: { type: 'boolean' } },
});
const set: CaseSet = CASE_SETS.find((name) => name === positionals[0]) ?? 'test';
const { understander } = openUnderstanding();
const messages = readMessages(set);
const result = evaluate(understander, { messages, forms: readForms(set), entities: readEntities() });
const report = toReport(set, result);
mkdirSync(FOLDER, { recursive: true });
writeFileSync(`${FOLDER}/evaluation.json`, `${JSON.stringify(result, null, 2)}\n`);
writeFileSync(`${FOLDER}/evaluation.md`, `${report}\n`);
console.log(report);
if (values.misses) {
  for (const wanted of messages) {
    const got = understander.understand(wanted.text, wanted.context);
    if (!isFirstRight({ wanted, got })) console.log(`${wanted.intent} ← ${firstChoice(got)}: ${wanted.text}`);
  }
}
if (set === 'test') {
  const measured = measuredGate(result);
  if (values.raise) console.log('The gate is now', raiseGate(measured));
  const below = belowGate(measured, readGate());
  if (below.length > 0) console.error(`Below the gate: ${below.join(', ')}`);
  process.exitCode = below.length > 0 ? 1 : 0;
}
