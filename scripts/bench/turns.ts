/**
 * Whole turns: a resident's message arrives at the webhook and the answer is accepted by the simulated Zalo. The
 * application runs as one process with its own limits on calls switched off; database and simulator beside it share
 * the machine's cores.
 */
import { createDossierStore } from '../../src/dossiers/dossier-store.ts';
import { buildIndexes, openConnection } from '../../src/mongo/connection.ts';
import { sampleDossiers } from '../seed/dossiers.ts';
import { freePort, residentMegabytes, run, waitForOk } from '../lib/processes.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import { percentile, report, round } from './report.ts';
import { APP_ENV, APP_ID, APP_SECRET, OA_ID, OA_SECRET_KEY, startEngine } from './setting.ts';

const RESIDENTS = 400;
const WARM_UP_TURNS = 400;
const TURNS = 2000;
/** Conversations going on at the same time while the greatest throughput is looked for. */
const AT_ONCE = 40;
/** The steady load at which the waiting time is judged. */
const STEADY_PER_SECOND = 100;

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
  const engine = await startEngine();
  const simulator = await createSimulator({
    appId: APP_ID,
    appSecret: APP_SECRET,
    oaSecretKey: OA_SECRET_KEY,
    oaId: OA_ID,
    oaName: 'Load run',
    echoes: false,
    receipts: false,
    generation: 'government',
    tokens: {
      accessToken: APP_ENV['ZALO_ACCESS_TOKEN'] ?? '',
      refreshToken: APP_ENV['ZALO_REFRESH_TOKEN'] ?? '',
    },
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...APP_ENV,
    MONGODB_URI: engine.uri,
    ZALO_API_URL: simulator.url,
    ZALO_OAUTH_URL: simulator.url,
  };
  const watch = watchAnswers(simulator);
  const application = run({ command: ['dist/main.js', 'all'], env: { ...env, PORT: String(port) } });
  try {
    await waitForOk(`${url}/healthz`);
    const code = await seedOne(engine.uri);
    simulator.setWebhookUrl(`${url}/webhook`);
    const residents = Array.from({ length: RESIDENTS }, (_, n) =>
      simulator.addResident({ displayName: `Resident ${n}`, follows: true }),
    );
    const asked = questions(code);
    const ask = (n: number): Promise<number> =>
      watch.ask(residents[n % RESIDENTS] ?? '', asked[n % asked.length] ?? '');

    await runAtOnce(WARM_UP_TURNS, AT_ONCE, ask);
    const startedAt = performance.now();
    await runAtOnce(TURNS, AT_ONCE, ask);
    const seconds = (performance.now() - startedAt) / 1000;
    report({ name: 'turns.throughput', value: round(TURNS / seconds), unit: 'turns/s', n: TURNS });

    const waits = (await runSteadily(TURNS / 2, STEADY_PER_SECOND, ask)).sort((a, b) => a - b);
    for (const share of [0.5, 0.95, 0.99]) {
      report({
        name: `turns.answer_p${share * 100}_at_${STEADY_PER_SECOND}_per_s`,
        value: round(percentile(waits, share)),
        unit: 'ms',
        n: waits.length,
      });
    }
    const megabytes = residentMegabytes(application.pid);
    if (megabytes !== undefined) {
      report({ name: 'turns.application_memory', value: megabytes, unit: 'MB resident', n: 1 });
    }
  } finally {
    watch.stop();
    await application.stop();
    await simulator.close();
    await engine.stop();
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

/** Starts turns at a fixed pace whatever the answers do, as real residents would. */
async function runSteadily(
  turns: number,
  perSecond: number,
  ask: (n: number) => Promise<number>,
): Promise<number[]> {
  const waits: Promise<number>[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < turns; n += 1) {
    const dueAt = startedAt + (n * 1000) / perSecond;
    const ahead = dueAt - performance.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    waits.push(ask(n));
  }
  return Promise.all(waits);
}
