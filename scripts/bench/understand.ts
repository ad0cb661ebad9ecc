import { spawnSync } from 'node:child_process';
import { report, round } from './report.ts';
import type { SystemFigures } from './understand-process.ts';
import type { SystemName } from './understand-systems.ts';

/**
 * How well and how fast residents are understood, beside a plain keyword matcher and nlp.js made from the same files.
 * Accuracy is that of the first choice on the test set; each system runs in a process of its own.
 */
export function benchUnderstand(): Promise<void> {
  const ours = run('ours');
  const baselines = { keywords: run('keywords'), nlpjs: run('nlpjs') };
  for (const [name, other] of Object.entries(baselines)) {
    compare(`understand.accuracy.vs_${name}`, '%', ours.accuracy * 100, other.accuracy * 100, ours.n);
    compare(`understand.p50.vs_${name}`, 'ms', ours.p50, other.p50, ours.n);
    compare(`understand.p99.vs_${name}`, 'ms', ours.p99, other.p99, ours.n);
    compare(`understand.ready.vs_${name}`, 'ms', ours.readyMs, other.readyMs, 1);
    compare(`understand.added_memory.vs_${name}`, 'MB', ours.addedMegabytes, other.addedMegabytes, 1);
  }
  return Promise.resolve();
}

function run(name: SystemName): SystemFigures {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', 'scripts/bench/understand-process.ts', name],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The process for "${name}" failed:\n${stderr}`);
  return JSON.parse(stdout) as SystemFigures;
}

function compare(name: string, unit: string, value: number, baseline: number, n: number): void {
  const ratio = baseline === 0 ? undefined : round(value / baseline, 3);
  report({
    name,
    value: round(value, 3),
    unit,
    n,
    baseline: round(baseline, 3),
    ...(ratio !== undefined && { ratio }),
  });
}
