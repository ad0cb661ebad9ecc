import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

function start(role: string, env: Record<string, string>): { status: number | null; said: string } {
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'src/main.ts', role], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, said: stderr + stdout };
}

describe('starting the program', () => {
  it('without settings ends with 1 and lists everything that is missing, with its cure', () => {
    const { status, said } = start('web', {});

    expect(status).toBe(1);
    for (const name of ['ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_ID', 'ENCRYPTION_KEY', 'MONGODB_URI']) {
      expect(said).toContain(name);
    }
    expect(said).not.toContain('    at ');
  });

  it('with an unknown role says which there are', () => {
    const { status, said } = start('everything', {});

    expect(status).toBe(1);
    expect(said).toContain('web | worker | all');
  });

  it('without its database says which setting to look at', () => {
    const { status, said } = start('worker', {
      MONGODB_URI: 'mongodb://127.0.0.1:9/commune',
      ZALO_APP_ID: '4021557788990012345',
      ZALO_APP_SECRET: 'app-secret-of-the-tests',
      ZALO_OA_ID: '2871100223344556677',
      ENCRYPTION_KEY: 'ab'.repeat(32),
    });

    expect(status).toBe(1);
    expect(said).toContain('MONGODB_URI');
  });
});

describe('the Procfile', () => {
  it('names roles that the program knows', () => {
    const roles = [
      ...readFileSync('Procfile', 'utf8').matchAll(/^(\w+): node (?:--\S+ )?dist\/main\.js (\w+)$/gm),
    ];

    expect(roles.map((match) => match.slice(1))).toEqual([
      ['web', 'web'],
      ['worker', 'worker'],
    ]);
  });
});
