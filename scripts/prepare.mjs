// Runs at the end of `npm ci`. Learns the model of the example sentences, so that every later start is quick. A production
// install without development packages has no TypeScript runner: there `npm run build` was run before.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

const runner = 'node_modules/tsx/dist/cli.mjs';
if (existsSync(runner)) {
  const { status } = spawnSync(process.execPath, [runner, 'scripts/build-model.ts'], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
