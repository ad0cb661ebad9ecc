import { describe, expect, it } from '@jest/globals';
import { engineUnavailable, planLibrary, type EnginePlatform } from '../../src/mongo/engine-platform.ts';

const DEBIAN_12: EnginePlatform = { os: 'linux', arch: 'x64', glibc: '2.36', hasAvx: true };

describe('the engine on this platform', () => {
  it.each([
    ['Debian 12', DEBIAN_12, { kind: 'rewritten', glibcMinor: 36 }],
    ['Fedora 38', { ...DEBIAN_12, glibc: '2.37' }, { kind: 'rewritten', glibcMinor: 37 }],
    ['Ubuntu 24.04', { ...DEBIAN_12, glibc: '2.39' }, { kind: 'published' }],
    [
      'Ubuntu 24.04 on ARM',
      { os: 'linux', arch: 'arm64', glibc: '2.39', hasAvx: false },
      { kind: 'published' },
    ],
    ['a Mac with Apple silicon', { os: 'darwin', arch: 'arm64', hasAvx: false }, { kind: 'published' }],
  ] as const)('runs on %s', (_name, platform, plan) => {
    expect(planLibrary(platform)).toEqual(plan);
  });

  it.each([
    ['Windows', { os: 'win32', arch: 'x64', hasAvx: true }],
    ['a Mac with an Intel processor', { os: 'darwin', arch: 'x64', hasAvx: true }],
    ['Alpine', { os: 'linux', arch: 'x64', hasAvx: true }],
    ['Ubuntu 22.04', { ...DEBIAN_12, glibc: '2.35' }],
    ['Debian 12 on ARM', { ...DEBIAN_12, arch: 'arm64' }],
    ['a processor without AVX', { ...DEBIAN_12, hasAvx: false }],
  ] as const)('refuses %s and names the cure', (_name, platform) => {
    expect(() => planLibrary(platform)).toThrow(
      expect.objectContaining({
        code: 'config.engine_unavailable',
        message: expect.stringContaining('Set MONGODB_URI'),
      }),
    );
  });

  it('gives one message whatever the reason', () => {
    expect(engineUnavailable('of something').message).toMatch(
      /^The embedded database cannot run here: of something\./,
    );
  });
});
