/**
 * `npm run misunderstood -- list [--unlabelled]`        messages that were not understood, newest first
 * `npm run misunderstood -- label ID INTENT [GROUP]`    says what one of them means
 * `npm run misunderstood -- drop ID`                    removes one that must not be kept or teaches nothing
 * `npm run misunderstood -- export [--dry-run]`         labelled ones become examples in locales/<language>/intents
 *
 * `--locales DIR` works on another copy of that folder. The sentences are masked, and only of residents who said yes.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Clock } from '../src/kernel/clock.ts';
import { readLabel } from '../src/misunderstood/label-rules.ts';
import type { LabellingStore, Misunderstood } from '../src/misunderstood/misunderstood.ts';
import { createLabellingStore } from '../src/misunderstood/misunderstood-store.ts';
import type { Database } from '../src/mongo/database.ts';
import { loadPatterns } from '../src/understanding/pattern-files.ts';
import { ROOT, runCommand } from './lib/command-database.ts';
import {
  addExamples,
  fileOf,
  planExport,
  readLabelGroups,
  type ExportStep,
  type Labelled,
} from './lib/example-files.ts';

const USAGE =
  'Usage: npm run misunderstood -- list [--unlabelled] | label ID INTENT [GROUP] | drop ID | export [--dry-run]   (--locales DIR)';

interface Task {
  readonly store: LabellingStore;
  readonly clock: Clock;
  readonly localesDir: string;
}

async function list({ store }: Task, onlyUnlabelled: boolean): Promise<void> {
  const rows = (await store.list()).filter((row) => !onlyUnlabelled || !row.label);
  for (const row of rows) console.log(toLine(row));
  console.log(`${rows.length} message(s)`);
}

function toLine({ id, day, language, reason, guesses, chosen, label, text }: Misunderstood): string {
  const guessed = guesses.map(({ intent, confidence }) => `${intent} ${confidence}`).join(', ');
  const meaning = label ? `label=${[label.intent, label.group ?? []].flat().join('/')}` : '';
  return [id, day, language, reason, guessed, chosen ? `chosen=${chosen}` : '', meaning, text].join('\t');
}

async function label(
  { store, clock, localesDir }: Task,
  [id, intent, group]: readonly string[],
): Promise<void> {
  if (id === undefined || intent === undefined) throw new Error(USAGE);
  const reading = readLabel(intent, group, readLabelGroups(localesDir));
  if (reading.kind === 'unknown_intent') {
    throw new Error(`There is no intent "${intent}". Possible: ${reading.possible.join(', ')}`);
  }
  if (reading.kind === 'unknown_group') {
    const possible =
      reading.possible.length > 0 ? `Possible: ${reading.possible.join(', ')}` : 'It has none.';
    throw new Error(`${intent} has no group "${String(group)}". ${possible}`);
  }
  if (!(await store.label(id, reading.label, clock.now()))) throw noSuchRow(id);
  console.log(`${id} means ${[intent, group ?? []].flat().join('/')}`);
}

async function drop({ store }: Task, [id]: readonly string[]): Promise<void> {
  if (id === undefined) throw new Error(USAGE);
  if (!(await store.remove(id))) throw noSuchRow(id);
  console.log(`${id} removed`);
}

async function exportLabelled({ store, localesDir }: Task, dryRun: boolean): Promise<void> {
  // Oldest first, so that of two different opinions the earlier one counts.
  const labelled = (await store.list()).filter(isLabelled).reverse();
  const steps = planExport(labelled, localesDir);
  for (const step of steps) console.log(describe(step, localesDir));
  const added = steps.filter(({ outcome }) => outcome === 'added').map(({ row }) => row);
  if (dryRun) {
    console.log(`${added.length} sentence(s) would be added; nothing was changed`);
    return;
  }
  const files = await addExamples(added, localesDir);
  // Rows go only when the files are proven to be usable with them.
  loadPatterns(localesDir);
  for (const { row, outcome } of steps) {
    if (outcome !== 'conflict') await store.remove(row.id);
  }
  console.log(`${added.length} sentence(s) added to ${files.length} file(s)`);
  if (added.length > 0) console.log('"npm run build" makes the new model from them.');
}

function describe({ row, outcome, of }: ExportStep, localesDir: string): string {
  const why = of === undefined ? '' : `already an example of ${of}; the row stays`;
  const place = [fileOf(row, localesDir), row.label.group ?? []].flat().join(' ');
  return [outcome, row.id, place, why, row.text].join('\t');
}

function isLabelled(row: Misunderstood): row is Labelled {
  return row.label !== undefined;
}

function noSuchRow(id: string): Error {
  return new Error(`There is no message ${id} (any more). "list" shows the ids.`);
}

async function run({ connection }: Database, clock: Clock): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      unlabelled: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      locales: { type: 'string', default: join(ROOT, 'locales') },
    },
  });
  const [command, ...rest] = positionals;
  const task = { store: createLabellingStore(connection), clock, localesDir: resolve(values.locales) };
  if (command === 'list') await list(task, values.unlabelled);
  else if (command === 'label') await label(task, rest);
  else if (command === 'drop') await drop(task, rest);
  else if (command === 'export') await exportLabelled(task, values['dry-run']);
  else throw new Error(USAGE);
}

await runCommand(run);
