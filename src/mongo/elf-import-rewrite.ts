import { InvalidInputError } from '../kernel/errors.ts';
import { readElfImports, type ElfImports, type ImportedSymbol, type RequiredVersion } from './elf-imports.ts';

/**
 * Lets a library that was linked on a newer system load on an older one.
 *
 * The published database engine was linked against glibc 2.38 and asks for that version of seven functions only:
 * `fmod`, and six number and text parsers under the names C23 gave them (`__isoc23_strtol`, …). Every older glibc has
 * the same functions under the oldest version name, so it is enough to correct what the import table asks for:
 *
 *   symbol `__isoc23_strtol` @ GLIBC_2.38  →  `strtol` @ GLIBC_2.2.5   (the name's tail is a name already)
 *   symbol `fmod`            @ GLIBC_2.38  →  `fmod`   @ GLIBC_2.2.5
 *   the record "needs GLIBC_2.38"          →  "needs GLIBC_2.2.5"      (or the loader refuses the whole file)
 *
 * No code changes. What differs afterwards: the old parsers do not know C23's `0b101` notation, and the old `fmod`
 * reports domain errors the older way; the engine relies on neither.
 */
export function rewriteTooNewImports(library: Buffer, newestGlibcMinor: number): Buffer {
  const imports = readElfImports(library);
  const tooNew = imports.requiredVersions.filter(
    ({ version }) => (glibcMinor(version) ?? 0) > newestGlibcMinor,
  );
  const rewritten = Buffer.from(library);
  for (const version of tooNew) rewriteVersion(rewritten, imports, version);
  return rewritten;
}

/** The version every glibc for x86-64 offers for the functions it has had from the start. */
const OLDEST_VERSION = 'GLIBC_2.2.5';
const C23_PREFIX = '__isoc23_';
/** Functions that only got a new version, under the name they always had. */
const SAME_NAME_BEFORE: ReadonlySet<string> = new Set(['fmod']);

function rewriteVersion(library: Buffer, imports: ElfImports, tooNew: RequiredVersion): void {
  const oldest = imports.requiredVersions.find(
    ({ file, version }) => file === tooNew.file && version === OLDEST_VERSION,
  );
  if (!oldest) throw noTwin(`${tooNew.file} ${tooNew.version}`);

  for (const symbol of imports.symbols) {
    if (symbol.versionIndex !== tooNew.index) continue;
    library.writeUInt32LE(olderNameOffset(symbol, tooNew), symbol.recordAt);
    library.writeUInt16LE(oldest.index, symbol.versionAt);
  }
  library.writeUInt32LE(oldest.hash, tooNew.recordAt);
  library.writeUInt32LE(oldest.nameOffset, tooNew.recordAt + 8);
}

function olderNameOffset(symbol: ImportedSymbol, tooNew: RequiredVersion): number {
  if (symbol.name.startsWith(C23_PREFIX)) return symbol.nameOffset + C23_PREFIX.length;
  if (SAME_NAME_BEFORE.has(symbol.name)) return symbol.nameOffset;
  // Guessing here would call a function that behaves differently: better not to start at all.
  throw noTwin(`${symbol.name}@${tooNew.version}`);
}

function glibcMinor(version: string): number | undefined {
  const minor = /^GLIBC_2\.(\d+)/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

function noTwin(what: string): InvalidInputError {
  return new InvalidInputError(`The library needs ${what}, for which older systems have no equal.`, {
    code: 'engine.library_no_twin',
  });
}
