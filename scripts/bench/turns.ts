/**
 * Whole turns: a resident's message arrives at the webhook and the answer is accepted by the simulated Zalo. The
 * application runs as one process with its own limits on calls switched off; database and simulator beside it share
 * the machine's cores. A second round lets Zalo send its copies and receipts too: three more events for each message.
 */
import { createDossierStore } from '../../src/dossiers/dossier-store.ts';
import { buildIndexes, openConnection } from '../../src/mongo/connection.ts';
import { sampleDossiers } from '../seed/dossiers.ts';
import { freePort, residentMegabytes, run, waitForOk, type Running } from '../lib/processes.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import { runSteadily } from './pace.ts';
import { percentile, report, round } from './report.ts';
import { APP_ENV, APP_ID, APP_SECRET, OA_ID, OA_SECRET_KEY, startEngine } from './setting.ts';

/** As `npm start` does. */
const HEAP_LIMIT = '--max-old-space-size=160';
const RESIDENTS = 400;
const WARM_UP_TURNS = 400;
const TURNS = 2000;
/** Conversations going on at the same time while the greatest throughput is looked for. */
const AT_ONCE = 40;

/** What residents ask, one after the other: the three main jobs, with and without accents. */
function questions(dossierCode: string): readonly string[] {
  return [
    `Hồ sơ ${dossierCode} của bác đến đâu rồi?`,
    'lam giay khai sinh cho con can gi',
    'quên mật khẩu vneid',
    dossierCode,
    'Đăng ký tạm trú mất bao lâu',
  ];
}

/** Tells when the simulated Zalo has accepted an answer. */
interface AnswerWatch {
  /** Sends the words and resolves with the milliseconds until the first answer was accepted. */
  ask(userId: string, text: string): Promise<number>;
  stop(): void;
}

/** Grain of the measurement: the list of calls is read this often. */
const LOOK_EVERY_MS = 2;

function watchAnswers(simulator: Simulator): AnswerWatch {
  const waiting = new Map<string, (() => void)[]>();
  let seen = 0;
  const look = setInterval(() => {
    const calls = simulator.calls;
    const fresh = calls.slice(calls.findLastIndex((call) => call.seq <= seen) + 1);
    seen = calls.at(-1)?.seq ?? seen;
    for (const call of fresh) {
      const { recipient } = (call.body ?? {}) as { recipient?: { user_id?: string } };
      if (call.error === 0 && recipient?.user_id) waiting.get(recipient.user_id)?.shift()?.();
    }
  }, LOOK_EVERY_MS);
  return {
    async ask(userId, text) {
      const startedAt = performance.now();
      const answered = new Promise<void>((resolve) => {
        waiting.set(userId, [...(waiting.get(userId) ?? []), resolve]);
      });
      simulator.say(userId, text);
      await answered;
      return performance.now() - startedAt;
    },
    stop: () => {
      clearInterval(look);
    },
  };
}

export async function benchTurns(): Promise<void> {
  await measureTurns('turns', false, 100);
  // Each message then brings three more events to accept.
  await measureTurns('turns_with_receipts', true, 60);
}

/** One fresh installation, warmed up, then as fast as it goes, then at the steady pace the waiting time is judged at. */
async function measureTurns(name: string, withReceipts: boolean, steadyPerSecond: number): Promise<void> {
  const engine = await startEngine();
  const simulator = await createSimulator({
    appId: APP_ID,
    appSecret: APP_SECRET,
    oaSecretKey: OA_SECRET_KEY,
    oaId: OA_ID,
    oaName: 'Load run',
    echoes: withReceipts,
    receipts: withReceipts,
    generation: 'government',
    tokens: {
      accessToken: APP_ENV['ZALO_ACCESS_TOKEN'] ?? '',
      refreshToken: APP_ENV['ZALO_REFRESH_TOKEN'] ?? '',
    },
  });
  const watch = watchAnswers(simulator);
  const application = await startApplication(engine.uri, simulator);
  try {
    const ask = prepareQuestions(simulator, watch, await seedOne(engine.uri));
    await runAtOnce(WARM_UP_TURNS, AT_ONCE, ask);
    const startedAt = performance.now();
    await runAtOnce(TURNS, AT_ONCE, ask);
    const seconds = (performance.now() - startedAt) / 1000;
    report({ name: `${name}.throughput`, value: round(TURNS / seconds), unit: 'turns/s', n: TURNS });
    reportWaits(name, steadyPerSecond, await runSteadily(TURNS / 2, steadyPerSecond, ask));
    const megabytes = residentMegabytes(application.pid);
    if (megabytes !== undefined) {
      report({ name: `${name}.application_memory`, value: megabytes, unit: 'MB resident', n: 1 });
    }
  } finally {
    watch.stop();
    await application.stop();
    await simulator.close();
    await engine.stop();
  }
}

async function startApplication(mongodbUri: string, simulator: Simulator): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...APP_ENV,
    PORT: String(port),
    MONGODB_URI: mongodbUri,
    ZALO_API_URL: simulator.url,
    ZALO_OAUTH_URL: simulator.url,
  };
  const application = run({ command: [HEAP_LIMIT, 'dist/main.js', 'all'], env });
  await waitForOk(`${url}/healthz`);
  simulator.setWebhookUrl(`${url}/webhook`);
  return application;
}

function prepareQuestions(
  simulator: Simulator,
  watch: AnswerWatch,
  code: string,
): (n: number) => Promise<number> {
  const residents = Array.from({ length: RESIDENTS }, (_, n) =>
    simulator.addResident({ displayName: `Resident ${n}`, follows: true }),
  );
  const asked = questions(code);
  return (n) => watch.ask(residents[n % RESIDENTS] ?? '', asked[n % asked.length] ?? '');
}

function reportWaits(name: string, perSecond: number, waits: readonly number[]): void {
  const sorted = [...waits].sort((a, b) => a - b);
  for (const share of [0.5, 0.95, 0.99]) {
    report({
      name: `${name}.answer_p${share * 100}_at_${perSecond}_per_s`,
      value: round(percentile(sorted, share)),
      unit: 'ms',
      n: sorted.length,
    });
  }
}

async function seedOne(uri: string): Promise<string> {
  const connection = await openConnection(uri);
  const store = createDossierStore(connection);
  await buildIndexes(connection);
  const [dossier] = sampleDossiers('2026-11-23', new Date());
  if (!dossier) throw new Error('there are no sample dossiers');
  await store.save([dossier]);
  await connection.close();
  return dossier.code;
}

/** Always `atOnce` turns under way: the next begins when one ends. */
async function runAtOnce(turns: number, atOnce: number, ask: (n: number) => Promise<number>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < turns) {
      const n = next;
      next += 1;
      await ask(n);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
