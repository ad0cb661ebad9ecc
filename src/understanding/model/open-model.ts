import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadPatterns } from '../pattern-files.ts';
import { buildModel } from './build-model.ts';
import type { UnderstandingModel } from './model.ts';
import { decodeModel, encodeModel } from './model-file.ts';

/** Raised whenever reading, features or training change, so that a model of an older release is not used. */
const VERSION = 1;

export interface ModelPlace {
  readonly localesDir: string;
  /** Where the built model lies, or shall lie. */
  readonly modelFile: string;
}

export interface OpenedModel {
  readonly model: UnderstandingModel;
  /** False when it had to be learnt just now: somebody edited an example, or nothing was built yet. */
  readonly wasReady: boolean;
}

/**
 * The model of the example files: read when it was built from exactly these files, else learnt now (some seconds) and
 * stored for the next start. Throws `ConfigError` for wrong files; a model that is read had its files checked when it was
 * built. A directory that cannot be written costs those seconds again, nothing else.
 */
export function openModel({ localesDir, modelFile }: ModelPlace): OpenedModel {
  const fingerprint = fingerprintOf(localesDir);
  const ready = existsSync(modelFile) ? decodeModel(readFileSync(modelFile), fingerprint) : undefined;
  if (ready) return { model: ready, wasReady: true };
  const bytes = encodeModel(buildModel(loadPatterns(localesDir)), fingerprint);
  store(modelFile, bytes);
  // Read back from the bytes, so that the first start understands exactly as the next one.
  const model = decodeModel(bytes, fingerprint);
  if (!model) throw new Error('A model just encoded cannot be decoded');
  return { model, wasReady: false };
}

/** SHA-256 over the names and bytes of all pattern files and the version of the code that reads them. */
export function fingerprintOf(localesDir: string): string {
  const hash = createHash('sha256').update(`version ${String(VERSION)}\n`);
  for (const language of readdirSync(localesDir).sort()) {
    const folder = join(localesDir, language, 'intents');
    if (!existsSync(folder)) continue;
    for (const file of readdirSync(folder).sort()) {
      hash.update(`${language}/${file}\n`).update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest('hex');
}

function store(modelFile: string, bytes: Buffer): void {
  const unfinished = `${modelFile}.${String(process.pid)}`;
  try {
    mkdirSync(dirname(modelFile), { recursive: true });
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, modelFile);
  } catch {
    // A read-only disk: the model works from memory and is learnt again at the next start.
  }
}
