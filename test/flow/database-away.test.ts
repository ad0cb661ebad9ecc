import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startEmbeddedEngine, type EmbeddedEngine } from '../../src/mongo/embedded-engine.ts';
import { startApplication, type TestApplication } from '../support/application.ts';
import { describeWithEngine, engineOptions, makeDataDir, type DataDir } from '../support/engine.ts';
import { until } from '../support/until.ts';

let dataDir: DataDir;
let engine: EmbeddedEngine;
let app: TestApplication;

describeWithEngine('while the database does not answer', () => {
  beforeAll(async () => {
    dataDir = await makeDataDir();
    engine = await startEmbeddedEngine(engineOptions(dataDir.path));
    app = await startApplication({ env: { MONGODB_URI: engine.uri } });
  });

  afterAll(async () => {
    process.kill(engine.pid, 'SIGCONT');
    await app.stop();
    await engine.stop();
    await dataDir.remove();
  });

  it('Zalo is asked to try again, and the resident is answered once when the database is back', async () => {
    const { simulator } = app;
    const userId = simulator.addResident({ displayName: 'Bà Sáu', follows: false });
    const answers = (): number => simulator.messages(userId).filter(({ from }) => from === 'oa').length;
    const firstAttempt = () =>
      simulator.webhooks.find((each) => each.event === 'user_send_text')?.attempts[0];

    process.kill(engine.pid, 'SIGSTOP');
    simulator.say(userId, 'xin chào');
    await until('the event was refused', () => firstAttempt() !== undefined);

    expect(firstAttempt()).toMatchObject({ status: 503 });
    expect(firstAttempt()?.tookMs).toBeLessThan(2000);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(503);

    process.kill(engine.pid, 'SIGCONT');
    await simulator.advanceClock(30_000);
    await until('introduction and greeting have come', () => answers() === 2);
    await simulator.idle();

    expect(answers()).toBe(2);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });
});
