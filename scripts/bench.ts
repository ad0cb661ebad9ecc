/** `npm run bench -- webhook | turns | crash | understand`: prints one JSON object a line. Measures the built program. */
import { spawnSync } from 'node:child_process';
import { benchCrash } from './bench/crash.ts';
import { benchTurns } from './bench/turns.ts';
import { benchUnderstand } from './bench/understand.ts';
import { benchWebhook } from './bench/webhook.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = {
  webhook: benchWebhook,
  turns: benchTurns,
  crash: benchCrash,
  understand: benchUnderstand,
};

const name = process.argv[2] ?? '';
const bench = benches[name];
if (!bench) {
  console.error(`Usage: npm run bench -- ${Object.keys(benches).join(' | ')}`);
  process.exit(1);
}
const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);
await bench();
process.exit(0);
