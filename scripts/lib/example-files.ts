import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Label, Misunderstood } from '../../src/misunderstood/misunderstood.ts';
import type { LabelGroups } from '../../src/misunderstood/label-rules.ts';
import { FEEDBACK_CATEGORIES } from '../../src/feedback/feedback.ts';
import { loadKnowledge } from '../../src/knowledge/catalogue.ts';
import { loadPatterns } from '../../src/understanding/pattern-files.ts';
import { withJsonField } from './json-field.ts';

/** A row that somebody labelled. */
export type Labelled = Misunderstood & { readonly label: Label };

/** What becomes of one labelled sentence. */
export interface ExportStep {
  readonly row: Labelled;
  /** `conflict`: the same words are an example of something else, so a person has to decide. */
  readonly outcome: 'added' | 'duplicate' | 'conflict';
  /** With `conflict`: what the words are an example of. */
  readonly of?: string;
}

type Examples = readonly string[] | Readonly<Record<string, readonly string[]>>;

const NO_GROUP = 'general';

/** The groups that examples may name: the cards, categories and kinds that exist. */
export function readLabelGroups(localesDir: string): LabelGroups {
  const { emergency } = loadPatterns(localesDir);
  const knowledge = loadKnowledge(localesDir);
  return {
    procedure_info: knowledge.listProcedures('vi').map(({ id }) => id),
    vneid_help: knowledge.listVneid('vi').map(({ id }) => id),
    complaint_file: FEEDBACK_CATEGORIES,
    formal_complaint: ['appeal', 'denunciation'],
    emergency: [...new Set(emergency.flatMap(({ kinds }) => Object.keys(kinds)))],
  };
}

/** Decides for each row, in order; a sentence met twice is added once. */
export function planExport(rows: readonly Labelled[], localesDir: string): readonly ExportStep[] {
  const known = new Map(
    loadPatterns(localesDir).examples.map(({ text, intent, group }) => [
      sameWords(text),
      nameOf({ intent, ...(group !== undefined && { group }) }),
    ]),
  );
  return rows.map((row) => {
    const words = sameWords(row.text);
    const of = known.get(words);
    if (of === nameOf(row.label)) return { row, outcome: 'duplicate' };
    if (of !== undefined) return { row, outcome: 'conflict', of };
    known.set(words, nameOf(row.label));
    return { row, outcome: 'added' };
  });
}

/** Writes the sentences into their files, formatted as `npm run format` would. Gives the files that changed. */
export async function addExamples(rows: readonly Labelled[], localesDir: string): Promise<readonly string[]> {
  const files = [...new Set(rows.map((row) => fileOf(row, localesDir)))];
  for (const file of files) {
    const additions = rows.filter((row) => fileOf(row, localesDir) === file);
    const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
    const { examples = [] } = JSON.parse(text) as { readonly examples?: Examples };
    const extended = additions.reduce(withSentence, examples);
    writeFileSync(file, await formatted(withJsonField(text, 'examples', extended)));
  }
  return files;
}

/** `vi/intents/thanks.json`, below `localesDir`. */
export function fileOf({ language, label }: Labelled, localesDir: string): string {
  return join(localesDir, language, 'intents', `${label.intent}.json`);
}

function withSentence(examples: Examples, { text, label: { group } }: Labelled): Examples {
  if (isList(examples)) {
    if (group === undefined) return [...examples, text];
    return { ...(examples.length > 0 && { [NO_GROUP]: examples }), [group]: [text] };
  }
  const name = group ?? NO_GROUP;
  return { ...examples, [name]: [...(examples[name] ?? []), text] };
}

function isList(examples: Examples): examples is readonly string[] {
  return Array.isArray(examples);
}

async function formatted(json: string): Promise<string> {
  const settings = await resolveConfig(join(process.cwd(), 'package.json'));
  return format(json, { ...settings, parser: 'json' });
}

/** Capitals and blanks make no other sentence; accents do. */
function sameWords(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function nameOf({ intent, group }: Label): string {
  return group === undefined ? intent : `${intent}/${group}`;
}
