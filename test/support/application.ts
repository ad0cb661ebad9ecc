import { resolve } from 'node:path';
import { composeApp, type App } from '../../src/compose.ts';
import { loadConfig } from '../../src/config.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { silentLogger, type Logger } from '../../src/kernel/logger.ts';
import { findEngineEntry } from '../../src/mongo/engine-entry.ts';
import { createAnnouncementArchiveStore } from '../../src/announcements/announcement-archive-store.ts';
import { createDossierStore } from '../../src/dossiers/dossier-store.ts';
import { seedContent, type SeededContent } from '../../scripts/seed/seed.ts';
import { createSimulator, type Simulator } from '../../scripts/simulator/simulator.ts';
import type { Generation, ResidentContent } from '../../scripts/simulator/types.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { until } from './until.ts';

const APP_ID = '4021557788990012345';
const OA_ID = '2871100223344556677';
const APP_SECRET = 'app-secret-of-the-tests';
const OA_SECRET_KEY = 'oa-secret-key-of-the-tests';

/** The assembled application with a simulated Zalo, speaking HTTP to each other, and made-up content. */
export interface TestApplication {
  readonly url: string;
  readonly simulator: Simulator;
  readonly database: TestDatabase;
  readonly content: SeededContent;
  /** A new resident who says nothing yet. */
  resident(): TestResident;
  /** Nothing is waiting any more, neither at Zalo nor here. */
  settled(): Promise<void>;
  /** Lets time pass, at Zalo and here: what waits for a moment is then due. */
  passes(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** One resident at her phone. */
export interface TestResident {
  readonly userId: string;
  /** Sends it and gives what the page answered, in order. */
  says(content: string | ResidentContent): Promise<readonly string[]>;
  taps(title: string): Promise<readonly string[]>;
  /** Titles of the buttons under the newest message. */
  buttons(): readonly string[];
}

export interface TestApplicationOptions {
  readonly generation?: Generation;
  readonly log?: Logger;
  /** Settings that differ from those of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  readonly accessTokenLifeMs?: number;
}

export async function startApplication(options: TestApplicationOptions = {}): Promise<TestApplication> {
  const database = await openTestDatabase();
  const simulator = await createSimulator({
    appId: APP_ID,
    appSecret: APP_SECRET,
    oaSecretKey: OA_SECRET_KEY,
    oaId: OA_ID,
    oaName: 'UBND xã Tiền An',
    generation: options.generation ?? 'government',
    tokens: { accessToken: 'first-access-token', refreshToken: 'first-refresh-token' },
    ...(options.accessTokenLifeMs ? { accessTokenLifeMs: options.accessTokenLifeMs } : {}),
  });
  let passedMs = 0;
  const clock: Clock = { now: () => new Date(Date.now() + passedMs) };
  const app = await startApp(options, clock, database.uri, simulator.url);
  simulator.setWebhookUrl(`${app.url}/webhook`);
  const content = await seedContent({
    dossiers: createDossierStore(database.connection),
    archive: createAnnouncementArchiveStore(database.connection),
    clock,
  });

  const settled = async (): Promise<void> => {
    await simulator.idle();
    await until('the application has nothing left to do', async () => {
      const waiting = await database.connection
        .collection('inbox')
        .countDocuments({ state: 'waiting', track: 'turn' });
      const open = await database.connection.collection('outbox').countDocuments({ open: true });
      return waiting + open === 0;
    });
    await simulator.idle();
  };

  return {
    url: app.url,
    simulator,
    database,
    content,
    resident: () => createResident(simulator, settled),
    settled,
    async passes(ms) {
      passedMs += ms;
      await simulator.advanceClock(ms);
    },
    async stop() {
      await app.stop();
      await simulator.close();
      await database.drop();
    },
  };
}

async function startApp(
  options: TestApplicationOptions,
  clock: Clock,
  mongodbUri: string,
  zaloUrl: string,
): Promise<App & { readonly url: string }> {
  const env = {
    PORT: '0',
    MONGODB_URI: mongodbUri,
    ZALO_APP_ID: APP_ID,
    ZALO_APP_SECRET: APP_SECRET,
    ZALO_OA_ID: OA_ID,
    ZALO_OA_SECRET_KEY: OA_SECRET_KEY,
    ZALO_ACCESS_TOKEN: 'first-access-token',
    ZALO_REFRESH_TOKEN: 'first-refresh-token',
    ZALO_RATE_PER_MINUTE: '0',
    ZALO_API_URL: zaloUrl,
    ZALO_OAUTH_URL: zaloUrl,
    ENCRYPTION_KEY: '0123456789abcdef'.repeat(4),
    ...options.env,
  };
  const app = await composeApp({
    config: loadConfig(env, 'all'),
    role: 'all',
    root: resolve('.'),
    engineEntry: findEngineEntry(resolve('src')),
    clock,
    log: options.log ?? silentLogger,
  });
  const { url } = await app.start();
  if (!url) throw new Error('the application does not listen');
  return { ...app, url };
}

function createResident(simulator: Simulator, settled: () => Promise<void>): TestResident {
  const userId = simulator.addResident({ displayName: 'Bà Sáu', follows: false });
  const answers = (): string[] =>
    simulator
      .messages(userId)
      .filter((message) => message.from === 'oa')
      .map((message) => message.text);
  const after = async (act: () => void): Promise<readonly string[]> => {
    const before = answers().length;
    act();
    await settled();
    return answers().slice(before);
  };
  return {
    userId,
    says: (content) => after(() => void simulator.say(userId, content)),
    taps: (title) => after(() => void simulator.tap(userId, title)),
    buttons: () =>
      simulator
        .messages(userId)
        .at(-1)
        ?.buttons.map((button) => button.title) ?? [],
  };
}
