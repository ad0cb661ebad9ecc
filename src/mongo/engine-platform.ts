import { readFileSync } from 'node:fs';
import { ConfigError } from '../kernel/errors.ts';

/** What decides whether the embedded engine can run here. */
export interface EnginePlatform {
  readonly os: string;
  readonly arch: string;
  /** `2.36`; absent where the C library is another one (musl) or the system is not Linux. */
  readonly glibc?: string;
  /** Only asked for on x64; the engine's code needs it, as every MongoDB since 5.0 does. */
  readonly hasAvx: boolean;
}

/** How the engine's library is loaded: as it was published, or as a copy made for glibc `2.<minor>`. */
export type LibraryPlan =
  { readonly kind: 'published' } | { readonly kind: 'rewritten'; readonly glibcMinor: number };

/** The version the published Linux library was linked against. */
const LINKED_GLIBC_MINOR = 38;
/** Below this the library's relocation format and `arc4random` are missing, which no rewrite can mend. */
const OLDEST_GLIBC_MINOR = 36;

/** Throws `ConfigError` with the cure on platforms where the engine cannot run. */
export function planLibrary(platform: EnginePlatform): LibraryPlan {
  const { os, arch } = platform;
  if (os === 'darwin' && arch === 'arm64') return { kind: 'published' };
  if (os !== 'linux' || (arch !== 'x64' && arch !== 'arm64')) {
    throw engineUnavailable(`there is no build for ${os} ${arch}`);
  }
  if (arch === 'x64' && !platform.hasAvx) throw engineUnavailable('this processor has no AVX instructions');
  if (platform.glibc === undefined)
    throw engineUnavailable('this Linux has no glibc (Alpine and other musl systems)');

  const glibcMinor = Number(platform.glibc.split('.')[1]);
  if (glibcMinor >= LINKED_GLIBC_MINOR) return { kind: 'published' };
  if (glibcMinor < OLDEST_GLIBC_MINOR || arch !== 'x64') {
    const needed = arch === 'x64' ? OLDEST_GLIBC_MINOR : LINKED_GLIBC_MINOR;
    throw engineUnavailable(`it needs glibc 2.${String(needed)} and this is ${platform.glibc}`);
  }
  return { kind: 'rewritten', glibcMinor };
}

/** The one message about a missing engine; whatever the reason, the cure is the same. */
export function engineUnavailable(reason: string, cause?: unknown): ConfigError {
  return new ConfigError(
    `The embedded database cannot run here: ${reason}. Set MONGODB_URI to a MongoDB server (5.0 or newer), ` +
      'for example MONGODB_URI=mongodb://127.0.0.1:27017/commune.',
    { code: 'config.engine_unavailable', cause },
  );
}

/** Asks the running system. */
export function detectPlatform(): EnginePlatform {
  const glibc = glibcVersion();
  return {
    os: process.platform,
    arch: process.arch,
    hasAvx: processorHasAvx(),
    ...(glibc === undefined ? {} : { glibc }),
  };
}

function glibcVersion(): string | undefined {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime;
}

function processorHasAvx(): boolean {
  try {
    return /^flags\s*:.*\bavx\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    // Not Linux, or a sandbox without /proc: the engine itself will say so if the instructions are missing.
    return true;
  }
}
