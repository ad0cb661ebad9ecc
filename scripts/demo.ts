/**
 * `npm run demo`: the whole system on a bare machine. Database, Zalo simulator, web and worker, made-up content.
 *
 *   --fresh      forgets what earlier runs have left in .data/demo
 *   --business   simulates a business account (v3 messages) instead of a government one (v2)
 *
 * PORT and SIM_PORT choose other ports; MONGODB_URI uses that server instead of the embedded engine.
 */
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createAnnouncementArchiveStore } from '../src/announcements/announcement-archive-store.ts';
import { createDossierStore } from '../src/dossiers/dossier-store.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { parseCommune } from '../src/kernel/commune.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { openDatabase } from '../src/mongo/database.ts';
import { findEngineEntry } from '../src/mongo/engine-entry.ts';
import { run, waitForOk, type Running } from './lib/processes.ts';
import { seedContent, type SeededContent } from './seed/seed.ts';
import { createSimulator, type Simulator } from './simulator/simulator.ts';

const DATA_DIR = '.data/demo';
const COMMUNE_FILE = 'locales/commune.tien-an.json';
const STATE_FILE = join(DATA_DIR, 'simulator.json');
const PORT = Number(process.env['PORT'] ?? 3000);
const SIM_PORT = Number(process.env['SIM_PORT'] ?? 3001);
/** Where the embedded engine cannot run. */
const MONGODB_URI = process.env['MONGODB_URI'];
/** People to chat as, made up. */
const RESIDENTS = ['Bà Sáu', 'Anh Nam', 'Chị Hoa'];

/** Made-up identifiers and random secrets of this demo; kept, so that stored tokens can be read after a restart. */
interface DemoSettings {
  readonly appId: string;
  readonly appSecret: string;
  readonly oaId: string;
  readonly oaSecretKey: string;
  readonly encryptionKey: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

function loadSettings(): DemoSettings {
  const file = join(DATA_DIR, 'settings.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DemoSettings;
  const secret = (): string => randomBytes(24).toString('hex');
  const settings: DemoSettings = {
    appId: '4021557788990012345',
    appSecret: secret(),
    oaId: '2871100223344556677',
    oaSecretKey: secret(),
    encryptionKey: randomBytes(32).toString('hex'),
    accessToken: secret(),
    refreshToken: secret(),
  };
  writeFileSync(file, JSON.stringify(settings, null, 2), { mode: 0o600 });
  return settings;
}

function startSimulator(settings: DemoSettings, business: boolean): Promise<Simulator> {
  const commune = parseCommune(JSON.parse(readFileSync(COMMUNE_FILE, 'utf8')), COMMUNE_FILE);
  return createSimulator({
    ...settings,
    port: SIM_PORT,
    oaName: commune.name,
    generation: business ? 'business' : 'government',
    tokens: { accessToken: settings.accessToken, refreshToken: settings.refreshToken },
    rateLimitPerMinute: 100,
    stateFile: STATE_FILE,
  });
}

/** On the first run only: later ones find their people in the state file. */
async function addResidents(simulator: Simulator): Promise<void> {
  const answer = (await (await fetch(`${simulator.url}/control/residents`)).json()) as unknown[];
  if (answer.length > 0) return;
  RESIDENTS.forEach((displayName) => simulator.addResident({ displayName, follows: true }));
}

function startApplication(settings: DemoSettings, zaloUrl: string): Running {
  const log = createWriteStream(join(DATA_DIR, 'app.log'), { flags: 'a' });
  return run({
    command: ['--import', 'tsx', 'src/main.ts', 'all'],
    env: {
      PORT: String(PORT),
      DATA_DIR,
      ...(MONGODB_URI ? { MONGODB_URI } : {}),
      COMMUNE_FILE,
      ZALO_APP_ID: settings.appId,
      ZALO_APP_SECRET: settings.appSecret,
      ZALO_OA_ID: settings.oaId,
      ZALO_OA_SECRET_KEY: settings.oaSecretKey,
      ZALO_ACCESS_TOKEN: settings.accessToken,
      ZALO_REFRESH_TOKEN: settings.refreshToken,
      ZALO_API_URL: zaloUrl,
      ZALO_OAUTH_URL: zaloUrl,
      ENCRYPTION_KEY: settings.encryptionKey,
    },
    onLine: (line) => {
      log.write(`${line}\n`);
      if (!line.startsWith('{') || line.includes('"level":"error"')) console.log(line);
    },
  });
}

async function seed(): Promise<SeededContent> {
  const database = await openDatabase({
    mongodbUri: MONGODB_URI,
    dataDir: DATA_DIR,
    role: 'guest',
    engineEntry: findEngineEntry(resolve('src')),
    log: createLogger({ level: 'error' }),
    clock: systemClock,
  });
  try {
    return await seedContent({
      dossiers: createDossierStore(database.connection),
      archive: createAnnouncementArchiveStore(database.connection),
      clock: systemClock,
    });
  } finally {
    await database.close();
  }
}

function explain(simulator: Simulator, content: SeededContent): void {
  const exampleCode = content.dossiers.find((dossier) => dossier.state === 4)?.code ?? '';
  console.log(`
The commune's assistant is running.

  Chat as a resident   ${simulator.url}
  The application      http://127.0.0.1:${PORT}/readyz   http://127.0.0.1:${PORT}/metrics
  Its log              ${join(DATA_DIR, 'app.log')}

  Try: xin chao  ·  ${exampleCode}  ·  lam giay khai sinh can gi  ·  quen mat khau vneid
       den duong hong o nui thanh  ·  gap can bo

Ctrl-C ends it; the data stay in ${DATA_DIR} (npm run demo -- --fresh starts empty).
`);
}

async function main(): Promise<void> {
  if (process.argv.includes('--fresh')) rmSync(DATA_DIR, { recursive: true, force: true });
  mkdirSync(DATA_DIR, { recursive: true });
  const settings = loadSettings();
  const simulator = await startSimulator(settings, process.argv.includes('--business'));
  const application = startApplication(settings, simulator.url);
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await application.stop();
    await simulator.close();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  const failed = application.ended.then(() => {
    throw new Error(`The application has ended; the end of ${join(DATA_DIR, 'app.log')} says why.`);
  });
  await Promise.race([waitForOk(`http://127.0.0.1:${PORT}/readyz`, 60_000), failed]);
  const content = await seed();
  simulator.setWebhookUrl(`http://127.0.0.1:${PORT}/webhook`);
  await addResidents(simulator);
  explain(simulator, content);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
