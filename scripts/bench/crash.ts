/**
 * The crash run: residents write while the web process and the worker are killed (-9) at random points, and Zalo
 * delivers events twice and out of order. Afterwards every event must have one outcome, every answer must have been
 * given once, and nobody's answers may be out of order.
 */
import { systemClock } from '../../src/kernel/clock.ts';
import { openConnection, buildIndexes } from '../../src/mongo/connection.ts';
import { createDossierStore } from '../../src/dossiers/dossier-store.ts';
import type { Dossier } from '../../src/dossiers/dossier.ts';
import { freePort, run, waitForOk, type Running } from '../lib/processes.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { createRandom } from '../simulator/random.ts';
import { judge, type CrashVerdict } from './crash-judge.ts';
import { APP_ENV, APP_ID, APP_SECRET, OA_ID, OA_SECRET_KEY, startEngine } from './setting.ts';
import { report } from './report.ts';

export interface CrashOptions {
  readonly events: number;
  readonly residents: number;
  readonly kills: number;
  /** Events a second; together with `events` it decides how long the killing goes on. */
  readonly perSecond: number;
  readonly seed: number;
  /** How the application is run, without the role: `['dist/main.js']`. */
  readonly command: readonly string[];
  readonly onProgress?: (line: string) => void;
}

/** Waiting for leases of killed workers and for unknown outcomes takes tens of seconds; this is far more. */
const SETTLE_DEADLINE_MS = 180_000;

export async function runCrash(options: CrashOptions): Promise<CrashVerdict> {
  const random = createRandom(options.seed);
  const engine = await startEngine();
  const simulator = await createSimulator({
    port: 0,
    appId: APP_ID,
    appSecret: APP_SECRET,
    oaSecretKey: OA_SECRET_KEY,
    oaId: OA_ID,
    oaName: 'Crash run',
    randomSeed: options.seed,
    generation: 'government',
    tokens: { accessToken: 'made-up-access-token', refreshToken: 'made-up-refresh-token' },
    rateLimitPerMinute: 0,
    echoes: true,
  });
  const connection = await openConnection(engine.uri);
  const webPort = await freePort();
  const env = {
    ...APP_ENV,
    MONGODB_URI: engine.uri,
    ZALO_API_URL: simulator.url,
    ZALO_OAUTH_URL: simulator.url,
    PORT: String(webPort),
    LOG_LEVEL: 'error',
  };
  const start = (role: 'web' | 'worker'): Running =>
    run({
      command: [...options.command, role],
      env,
      ...(options.onProgress ? { onLine: options.onProgress } : {}),
    });
  const processes = { web: start('web'), worker: start('worker') };

  try {
    const codes = Array.from({ length: options.events }, (_, n) => codeOf(n));
    const dossiers = createDossierStore(connection);
    await buildIndexes(connection);
    await dossiers.save(codes.map(toDossier));
    await waitForOk(`http://127.0.0.1:${webPort}/healthz`);
    simulator.setWebhookUrl(`http://127.0.0.1:${webPort}/webhook`);
    simulator.faults({ duplicateDelivery: 0.2, reorderWindowMs: 150 });
    const residents = Array.from({ length: options.residents }, (_, n) =>
      simulator.addResident({ displayName: `Resident ${n}`, follows: true }),
    );

    let killed = 0;
    const killEvery = Math.floor(options.events / (options.kills + 1));
    for (const [n, code] of codes.entries()) {
      const resident = residents[n % residents.length];
      if (resident) simulator.say(resident, code);
      if (killed < options.kills && n > (killed + random.fraction()) * killEvery) {
        const role = random.fraction() < 0.3 ? 'web' : 'worker';
        await processes[role].kill();
        processes[role] = start(role);
        killed += 1;
        options.onProgress?.(`killed ${role} (${killed}/${options.kills})`);
      }
      await pause(1000 / options.perSecond);
    }

    const answers = (): { residentId: string; texts: string[] }[] =>
      residents.map((userId) => ({
        residentId: userId,
        texts: simulator
          .messages(userId)
          .filter((message) => message.from === 'oa')
          .map((message) => message.text),
      }));
    const giveUpAt = Date.now() + SETTLE_DEADLINE_MS;
    while (Date.now() < giveUpAt && !(await isSettled(connection, options.events))) {
      // Deliveries that failed while the web process was down come again by Zalo's ladder; time is moved to them.
      await simulator.advanceClock(30_000);
      await pause(250);
    }
    return await judge(connection, codes, answers(), killed);
  } finally {
    await Promise.all([processes.web.kill(), processes.worker.kill()]);
    await connection.close();
    await simulator.close();
    await engine.stop();
  }
}

async function isSettled(
  connection: Awaited<ReturnType<typeof openConnection>>,
  events: number,
): Promise<boolean> {
  const inbox = connection.collection('inbox');
  const answered = await inbox.countDocuments({ 'event.content.kind': 'text', track: 'turn', state: 'done' });
  if (answered < events || (await inbox.countDocuments({ state: 'waiting' })) > 0) return false;
  return (await connection.collection('outbox').countDocuments({ open: true })) === 0;
}

/** Made-up dossier codes, one for each event, so that an answer tells which event it belongs to. */
function codeOf(n: number): string {
  return `H49.23.10-261102-${String(n + 1).padStart(4, '0')}`;
}

function toDossier(code: string): Dossier {
  return {
    code,
    state: 4,
    procedureName: 'Đăng ký khai sinh',
    receivedOn: '2026-11-02',
    promisedOn: '2026-12-02',
    asOf: systemClock.now(),
    source: 'crash run',
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** `npm run bench -- crash`: 2,000 events, 24 kills. */
export async function benchCrash(): Promise<void> {
  const verdict = await runCrash({
    events: 2000,
    residents: 60,
    kills: 24,
    perSecond: 40,
    seed: 20_261_124,
    command: ['dist/main.js'],
  });
  const n = verdict.events;
  report({ name: 'crash.kills', value: verdict.kills, unit: 'kill -9', n });
  report({
    name: 'crash.events_without_one_outcome',
    value: verdict.withoutOutcome.length,
    unit: 'events',
    n,
  });
  report({ name: 'crash.answers_missing', value: verdict.missing.length, unit: 'answers', n });
  report({ name: 'crash.answers_repeated', value: verdict.repeated.length, unit: 'answers', n });
  report({ name: 'crash.answers_out_of_order', value: verdict.outOfOrder.length, unit: 'answers', n });
  report({ name: 'crash.sends_settled_afterwards', value: verdict.settledAfterwards, unit: 'sends', n });
}
