import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from './evaluate.ts';

/** What the test set must reach, in percent; each number only ever goes up (`npm run evaluate -- --raise`). */
export interface Gate {
  readonly first: number;
  readonly withinReach: number;
  readonly outOfScopeRecall: number;
  readonly emergencyRecall: number;
  readonly formalRecall: number;
  readonly forms: number;
}

const FILE = 'test/understanding/evaluation/gate.json';

export function readGate(root = process.cwd()): Gate {
  return JSON.parse(readFileSync(join(root, FILE), 'utf8')) as Gate;
}

/** The same numbers as measured, rounded down to two points: what a few hundred messages can tell apart. */
export function measuredGate(result: Evaluation): Gate {
  return {
    first: twoPoints(result.first.share),
    withinReach: twoPoints(result.withinReach.share),
    outOfScopeRecall: twoPoints(result.outOfScope.recall.share),
    emergencyRecall: twoPoints(result.emergency.recall.share),
    formalRecall: twoPoints(result.formalComplaint.recall.share),
    forms: twoPoints(result.forms.share),
  };
}

/** The names of numbers that are below the gate. */
export function belowGate(measured: Gate, gate: Gate): readonly string[] {
  return keysOf(gate)
    .filter((key) => measured[key] < gate[key])
    .map((key) => `${key} ${String(measured[key])} < ${String(gate[key])}`);
}

/** Writes the better of each pair: a number never goes down. */
export function raiseGate(measured: Gate, root = process.cwd()): Gate {
  const gate = readGate(root);
  const raised = Object.fromEntries(
    keysOf(gate).map((key) => [key, Math.max(gate[key], measured[key])]),
  ) as unknown as Gate;
  writeFileSync(join(root, FILE), `${JSON.stringify(raised, null, 2)}\n`);
  return raised;
}

function keysOf(gate: Gate): readonly (keyof Gate)[] {
  return Object.keys(gate) as (keyof Gate)[];
}

function twoPoints(share: number): number {
  return Math.floor(share * 50) * 2;
}
