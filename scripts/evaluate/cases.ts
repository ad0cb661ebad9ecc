import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Intent, UnderstandingContext } from '../../src/understanding/understanding.ts';

/** One labelled message nobody trains on. */
export interface Case {
  readonly id: string;
  readonly text: string;
  readonly intent: Intent;
  /** How it is written: clean, nodiacritics, teencode, typo, telex, mixed, long. */
  readonly noise?: string;
  readonly context?: UnderstandingContext;
  /** Where two needs stand in one message, either is right. */
  readonly acceptable?: readonly Intent[];
  readonly entities?: Readonly<Record<string, string>>;
}

/** A message whose codes, numbers and traps are checked; `entities` is everything that may be found. */
export type EntityCase = Pick<Case, 'id' | 'text' | 'entities'>;

/** `dev` may be looked at while thresholds are chosen; `test` is for measuring only. */
export const CASE_SETS = ['dev', 'test'] as const;
export type CaseSet = (typeof CASE_SETS)[number];

const FOLDER = 'test/understanding/evaluation';

export function readMessages(set: CaseSet, root = process.cwd()): readonly Case[] {
  return readLines(join(root, FOLDER, `${set}.jsonl`)) as readonly Case[];
}

export function readForms(set: CaseSet, root = process.cwd()): readonly Case[] {
  return readLines(join(root, FOLDER, `${set}-forms.jsonl`)) as readonly Case[];
}

export function readEntities(root = process.cwd()): readonly EntityCase[] {
  return readLines(join(root, FOLDER, 'entities.jsonl')) as readonly EntityCase[];
}

function readLines(file: string): readonly unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line));
}
