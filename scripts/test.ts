/**
 * `npm test`: types, lint, then every test. Stops at the first kind of check that fails, and ends with one line
 * `N passed, N failed` counted from jest's own result.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { findChromium } from './lib/chromium.ts';

const RESULT_FILE = 'test-output/jest.json';

interface JestResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
}

function run(title: string, command: string, args: readonly string[]): boolean {
  const startedAt = Date.now();
  console.log(`\n── ${title}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  console.log(
    `── ${title}: ${status === 0 ? 'ok' : 'FAILED'} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`,
  );
  return status === 0;
}

function explainMissingBrowser(): boolean {
  if (findChromium()) return true;
  console.log(
    'No Chromium found: browser tests are skipped. Install it (Debian: apt-get install chromium) or set CHROME_PATH.',
  );
  return process.env['CI'] !== 'true';
}

function runJest(): boolean {
  mkdirSync('test-output', { recursive: true });
  const ok = run('tests', 'npx', ['jest', '--json', '--outputFile', RESULT_FILE, ...process.argv.slice(2)]);
  const result = JSON.parse(readFileSync(RESULT_FILE, 'utf8')) as JestResult;
  const skipped = result.numPendingTests > 0 ? `, ${result.numPendingTests} skipped` : '';
  console.log(`${result.numPassedTests} passed, ${result.numFailedTests} failed${skipped}`);
  return ok;
}

const ok =
  explainMissingBrowser() &&
  run('types', 'npx', ['tsc', '--noEmit']) &&
  run('lint', 'npx', ['eslint', '--config', 'scripts/eslint.config.mjs', '.']) &&
  run('format', 'npx', ['prettier', '--check', '--log-level', 'warn', '.']) &&
  run('unused code', 'npx', ['knip', '--config', 'scripts/knip.json']) &&
  runJest();
process.exitCode = ok ? 0 : 1;
