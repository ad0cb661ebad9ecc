import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startApplication, type TestApplication } from '../support/application.ts';
import { createMemoryLog, type MemoryLog } from '../support/memory-log.ts';

const PUBLIC_URL = 'https://zalo.xa-thu.example.vn';
let app: TestApplication;
let log: MemoryLog;

beforeEach(async () => {
  log = createMemoryLog();
  const env = { PUBLIC_URL, ZALO_ACCESS_TOKEN: '', ZALO_REFRESH_TOKEN: '' };
  app = await startApplication({ log: log.logger, env });
});

afterEach(async () => {
  await app.stop();
});

const readiness = async (): Promise<number> => (await fetch(`${app.url}/readyz`)).status;

/** An administrator's browser: from the start to Zalo, and back through the commune's reverse proxy. */
async function grantTheApp(): Promise<Response> {
  const start = await fetch(`${app.url}/zalo/oauth/start`, { redirect: 'manual' });
  const permission = await fetch(start.headers.get('location') ?? '', { redirect: 'manual' });
  const callback = permission.headers.get('location') ?? '';
  expect(callback).toMatch(/^https:\/\/zalo\.xa-thu\.example\.vn\/zalo\/oauth\/callback\?/);
  return fetch(callback.replace(PUBLIC_URL, app.url), { redirect: 'manual' });
}

describe('a first start without tokens', () => {
  it('is ready, and answers residents, once an administrator has granted the app', async () => {
    const before = await readiness();

    const page = await grantTheApp();

    expect(before).toBe(503);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Đã cấp quyền');
    expect(await readiness()).toBe(200);
    expect(await app.resident().says('xin chào')).not.toEqual([]);
    const { accessToken, refreshToken } = app.simulator.tokens();
    expect([accessToken, refreshToken].filter((token) => log.text().includes(token))).toEqual([]);
  });

  it('stays unready when the administrator says no, and can be tried again', async () => {
    app.simulator.faults({ permissionDenied: 1 });

    const denied = await grantTheApp();
    const afterDenial = await readiness();
    const granted = await grantTheApp();

    expect(denied.status).toBe(403);
    expect(await denied.text()).toContain('Chưa cấp quyền');
    expect(afterDenial).toBe(503);
    expect(granted.status).toBe(200);
    expect(await readiness()).toBe(200);
  });
});
