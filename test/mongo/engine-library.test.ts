import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { prepareEngineLibrary } from '../../src/mongo/engine-library.ts';
import type { EnginePlatform } from '../../src/mongo/engine-platform.ts';
import { describeWithEngine, makeDataDir, type DataDir } from '../support/engine.ts';

const DEBIAN_12: EnginePlatform = { os: 'linux', arch: 'x64', glibc: '2.36', hasAvx: true };
const importer = resolve('src/main.ts');

let cache: DataDir;

beforeEach(async () => {
  cache = await makeDataDir();
});

afterEach(() => cache.remove());

describe('choosing the library', () => {
  it('leaves the choice to the package where the published one loads', async () => {
    const platform = { ...DEBIAN_12, glibc: '2.39' };

    expect(await prepareEngineLibrary({ platform, importer, cacheDir: cache.path })).toBeUndefined();
    expect(await readdir(cache.path)).toEqual([]);
  });

  it('names the cure when the optional package was not installed', async () => {
    const elsewhere = join(tmpdir(), 'nothing-installed-here', 'main.js');

    await expect(
      prepareEngineLibrary({ platform: DEBIAN_12, importer: elsewhere, cacheDir: cache.path }),
    ).rejects.toMatchObject({
      code: 'config.engine_unavailable',
      message: expect.stringContaining('MONGODB_URI'),
    });
  });
});

describeWithEngine('the rewritten copy', () => {
  it('is made once and then used again', async () => {
    const options = { platform: DEBIAN_12, importer, cacheDir: cache.path };
    const first = (await prepareEngineLibrary(options)) ?? '';
    const made = await stat(first);

    const second = await prepareEngineLibrary(options);

    expect(second).toBe(first);
    expect((await stat(first)).mtimeMs).toBe(made.mtimeMs);
  });

  it('is whole when it is prepared twice at once, and leaves no drafts', async () => {
    const options = { platform: DEBIAN_12, importer, cacheDir: cache.path };

    const [first = ''] = await Promise.all([prepareEngineLibrary(options), prepareEngineLibrary(options)]);

    expect((await readdir(dirname(first))).sort()).toEqual([
      'embedded-mongodb.linux-x64-gnu.node',
      'libembedded_mongodb_native.so',
    ]);
  });
});
