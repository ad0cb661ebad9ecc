import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { renderEnvExample } from '../scripts/lib/env-example.ts';
import { listSettings, loadConfig, loadDatabaseConfig } from '../src/config.ts';

const GOOD = {
  MONGODB_URI: 'mongodb://127.0.0.1:27017/commune',
  ZALO_APP_ID: '4021557788990012345',
  ZALO_APP_SECRET: 'appSecretForTests',
  ZALO_OA_SECRET_KEY: 'oaSecretKeyForTests',
  ZALO_OA_ID: '2871100223344556677',
  ENCRYPTION_KEY: 'ab'.repeat(32),
};

function problemsOf(env: Record<string, string | undefined>, role: 'web' | 'worker' | 'all' = 'all'): string {
  try {
    loadConfig(env, role);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the configuration was accepted');
}

describe('the configuration', () => {
  it('is read with its defaults', () => {
    expect(loadConfig(GOOD, 'web')).toMatchObject({
      port: 3000,
      dataDir: '.data',
      zalo: { generation: 'auto', ratePerMinute: 60, apiUrl: 'https://openapi.zalo.me', verifierCodes: [] },
    });
  });

  it('reports every problem at once, each with its cure', () => {
    const message = problemsOf({
      ...GOOD,
      ZALO_APP_ID: undefined,
      ENCRYPTION_KEY: 'short',
      PORT: 'eighty',
      ZALO_OA_ID: 'abc',
    });

    expect(message).toContain('4 problem(s)');
    expect(message).toContain('ZALO_APP_ID is missing');
    expect(message).toContain('openssl rand -hex 32');
    expect(message).toContain('PORT is not usable');
    expect(message).toContain('ZALO_OA_ID is not usable');
  });

  it('never repeats a secret in a problem', () => {
    expect(problemsOf({ ...GOOD, ENCRYPTION_KEY: 'my-secret-key' })).not.toContain('my-secret-key');
  });

  it('has no working default for a secret', () => {
    const secrets = listSettings().filter(({ name }) => /SECRET|KEY|TOKEN/.test(name));

    expect(secrets.length).toBeGreaterThan(4);
    expect(secrets.map(({ defaultValue }) => defaultValue).join('')).toBe('');
  });

  it('takes an empty value for a missing one', () => {
    expect(loadConfig({ ...GOOD, PUBLIC_URL: '', PORT: '' }, 'all').port).toBe(3000);
  });

  it.each([
    [
      'a web process without a shared database',
      { ...GOOD, MONGODB_URI: undefined },
      'web' as const,
      'MONGODB_URI is empty',
    ],
    ['half a token pair', { ...GOOD, ZALO_ACCESS_TOKEN: 'half-of-a-pair' }, 'all' as const, 'go together'],
    [
      'one secret pasted twice',
      { ...GOOD, ZALO_OA_SECRET_KEY: GOOD.ZALO_APP_SECRET },
      'all' as const,
      'Webhook page',
    ],
    [
      'an address Zalo cannot call',
      { ...GOOD, PUBLIC_URL: 'http://xa.example.vn' },
      'all' as const,
      'not https',
    ],
  ])('refuses %s and says what to do', (_name, env, role, words) => {
    expect(problemsOf(env, role)).toContain(words);
  });

  it('allows the embedded database for the all-in-one process', () => {
    expect(loadConfig({ ...GOOD, MONGODB_URI: undefined }, 'all').mongodbUri).toBeUndefined();
  });

  it('gives one-off commands the database without asking for Zalo', () => {
    expect(loadDatabaseConfig({ DATA_DIR: '.data/demo' })).toEqual({ dataDir: '.data/demo' });
    expect(() => loadDatabaseConfig({ MONGODB_URI: 'localhost' })).toThrow('MONGODB_URI is not usable');
  });

  it('is what .env.example says', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(renderEnvExample());
  });
});
