import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** How the engine's process is run: `execPath ...args`, to which the engine's own options are added. */
export interface EngineEntry {
  readonly execPath: string;
  readonly args: readonly string[];
}

/**
 * Finds the engine's process in a folder of code: plain Node for the built `dist`, Node with tsx for `src`.
 * Takes the folder because the code itself does not know where it lies (it runs as ESM and, under jest, as CommonJS).
 */
export function findEngineEntry(codeDir: string): EngineEntry {
  const built = join(codeDir, 'mongo', 'engine-process.js');
  if (existsSync(built)) return { execPath: process.execPath, args: [built] };

  const source = join(codeDir, 'mongo', 'engine-process.ts');
  const tsx = pathToFileURL(createRequire(source).resolve('tsx')).href;
  return { execPath: process.execPath, args: ['--import', tsx, source] };
}
