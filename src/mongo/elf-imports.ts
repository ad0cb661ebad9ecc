import { InvalidInputError } from '../kernel/errors.ts';

/** One `file needs version` record of a shared library, for example `libm.so.6` needs `GLIBC_2.38`. */
export interface RequiredVersion {
  readonly file: string;
  readonly version: string;
  /** The number by which symbols refer to this record. */
  readonly index: number;
  /** Where the record, and the name it points at, are in the file. */
  readonly recordAt: number;
  readonly nameOffset: number;
  /** The loader compares this hash of the name before the name itself. */
  readonly hash: number;
}

/** A symbol the library takes from another one. */
export interface ImportedSymbol {
  readonly name: string;
  readonly recordAt: number;
  readonly nameOffset: number;
  readonly versionIndex: number;
  /** Where the 16-bit version number of this symbol is in the file. */
  readonly versionAt: number;
}

export interface ElfImports {
  readonly requiredVersions: readonly RequiredVersion[];
  readonly symbols: readonly ImportedSymbol[];
}

// The layouts are those of elf(5) and of the LSB's "Symbol Versioning" chapter, for 64-bit little-endian files.
const ELF_MAGIC = 0x7f454c46;
const CLASS_64_BIT = 2;
const LITTLE_ENDIAN = 1;
const SEGMENT_LOAD = 1;
const SEGMENT_DYNAMIC = 2;
const DYNAMIC_ENTRY_BYTES = 16;
const SYMBOL_BYTES = 24;
const VERSION_NUMBER_MASK = 0x7fff;
const TAG = {
  strings: 5,
  symbols: 6,
  gnuHash: 0x6ffffef5,
  symbolVersions: 0x6ffffff0,
  requiredVersions: 0x6ffffffe,
  requiredVersionFiles: 0x6fffffff,
} as const;

interface Segment {
  readonly type: number;
  readonly fileOffset: number;
  readonly address: number;
  readonly sizeInFile: number;
}

interface Tables {
  readonly strings: number;
  readonly symbols: number;
  readonly symbolVersions: number;
  readonly requiredVersions: number;
  readonly requiredVersionFiles: number;
  /** Imported symbols come first: the hash table says where those that can be looked up begin. */
  readonly importedSymbols: number;
}

/**
 * Reads which symbols and which versions of other libraries a shared library asks for.
 * Throws `InvalidInputError` for anything that is not a whole 64-bit little-endian ELF library.
 */
export function readElfImports(library: Buffer): ElfImports {
  try {
    const tables = locateTables(library);
    return {
      requiredVersions: readRequiredVersions(library, tables),
      symbols: readImportedSymbols(library, tables),
    };
  } catch (error) {
    const beyondTheEnd = (error as NodeJS.ErrnoException).code === 'ERR_OUT_OF_RANGE';
    throw beyondTheEnd ? unreadable('it is cut short', error) : error;
  }
}

function locateTables(library: Buffer): Tables {
  const segments = readSegments(library);
  const entries = readDynamicEntries(library, segments);
  const valueOf = (tag: number): number => {
    const value = entries.get(tag);
    if (value === undefined) throw unreadable(`it has no dynamic entry 0x${tag.toString(16)}`);
    return value;
  };
  const tableAt = (tag: number): number => toFileOffset(segments, valueOf(tag));
  return {
    strings: tableAt(TAG.strings),
    symbols: tableAt(TAG.symbols),
    symbolVersions: tableAt(TAG.symbolVersions),
    requiredVersions: tableAt(TAG.requiredVersions),
    requiredVersionFiles: valueOf(TAG.requiredVersionFiles),
    importedSymbols: library.readUInt32LE(tableAt(TAG.gnuHash) + 4),
  };
}

function readSegments(library: Buffer): Segment[] {
  const isReadable =
    library.length > 64 &&
    library.readUInt32BE(0) === ELF_MAGIC &&
    library[4] === CLASS_64_BIT &&
    library[5] === LITTLE_ENDIAN;
  if (!isReadable) throw unreadable('it is not a 64-bit little-endian ELF file');

  const tableAt = readWord(library, 32);
  const bytesEach = library.readUInt16LE(54);
  return Array.from({ length: library.readUInt16LE(56) }, (_, number) => {
    const at = tableAt + number * bytesEach;
    return {
      type: library.readUInt32LE(at),
      fileOffset: readWord(library, at + 8),
      address: readWord(library, at + 16),
      sizeInFile: readWord(library, at + 32),
    };
  });
}

function readDynamicEntries(library: Buffer, segments: readonly Segment[]): Map<number, number> {
  const dynamic = segments.find((segment) => segment.type === SEGMENT_DYNAMIC);
  if (!dynamic) throw unreadable('it is not linked dynamically');

  const entries = new Map<number, number>();
  const end = dynamic.fileOffset + dynamic.sizeInFile;
  for (let at = dynamic.fileOffset; at < end; at += DYNAMIC_ENTRY_BYTES) {
    entries.set(readWord(library, at), readWord(library, at + 8));
  }
  return entries;
}

function readRequiredVersions(library: Buffer, tables: Tables): RequiredVersion[] {
  const versions: RequiredVersion[] = [];
  let fileAt = tables.requiredVersions;
  for (let files = 0; files < tables.requiredVersionFiles; files += 1) {
    const file = readName(library, tables, library.readUInt32LE(fileAt + 4));
    const count = library.readUInt16LE(fileAt + 2);
    let recordAt = fileAt + library.readUInt32LE(fileAt + 8);
    for (let records = 0; records < count; records += 1) {
      const nameOffset = library.readUInt32LE(recordAt + 8);
      versions.push({
        file,
        version: readName(library, tables, nameOffset),
        index: library.readUInt16LE(recordAt + 6),
        recordAt,
        nameOffset,
        hash: library.readUInt32LE(recordAt),
      });
      recordAt += library.readUInt32LE(recordAt + 12);
    }
    fileAt += library.readUInt32LE(fileAt + 12);
  }
  return versions;
}

function readImportedSymbols(library: Buffer, tables: Tables): ImportedSymbol[] {
  const symbols: ImportedSymbol[] = [];
  // Symbol 0 is always the empty one.
  for (let number = 1; number < tables.importedSymbols; number += 1) {
    const recordAt = tables.symbols + number * SYMBOL_BYTES;
    const versionAt = tables.symbolVersions + number * 2;
    const nameOffset = library.readUInt32LE(recordAt);
    symbols.push({
      name: readName(library, tables, nameOffset),
      recordAt,
      nameOffset,
      versionIndex: library.readUInt16LE(versionAt) & VERSION_NUMBER_MASK,
      versionAt,
    });
  }
  return symbols;
}

function toFileOffset(segments: readonly Segment[], address: number): number {
  const segment = segments.find(
    ({ type, address: start, sizeInFile }) =>
      type === SEGMENT_LOAD && address >= start && address < start + sizeInFile,
  );
  if (!segment) throw unreadable('a table lies outside the file');
  return address - segment.address + segment.fileOffset;
}

function readName(library: Buffer, tables: Tables, nameOffset: number): string {
  const start = tables.strings + nameOffset;
  return library.toString('latin1', start, library.indexOf(0, start));
}

function readWord(library: Buffer, at: number): number {
  return Number(library.readBigUInt64LE(at));
}

function unreadable(why: string, cause?: unknown): InvalidInputError {
  return new InvalidInputError(`The shared library cannot be read: ${why}.`, {
    code: 'engine.library_unreadable',
    cause,
  });
}
