/**
 * How fast an event is accepted: verified, parsed, journalled, answered. Beside it, in the same run and on the same
 * database engine, a bare Express route doing one journalled insert of the same document.
 */
import { createHash, randomBytes } from 'node:crypto';
import autocannon from 'autocannon';
import { startEngine, APP_ENV, APP_ID, OA_ID, OA_SECRET_KEY } from './setting.ts';
import { freePort, run, waitForOk, type Running } from '../lib/processes.ts';
import { runSteadily } from './pace.ts';
import { percentile, report, round } from './report.ts';

const SECONDS = 8;
const CONNECTIONS = 50;
/** The steady load at which the answer time is judged. */
const STEADY_PER_SECOND = 200;

interface Target {
  readonly url: string;
  readonly process: Running;
}

function signedRequest(): { body: string; headers: Record<string, string> } {
  const timestamp = String(Date.now());
  const residentId = String(7_120_345_566_700_000_000n + BigInt(randomBytes(2).readUInt16BE()));
  const body = JSON.stringify({
    app_id: APP_ID,
    sender: { id: residentId },
    recipient: { id: OA_ID },
    event_name: 'user_send_text',
    message: { text: 'Hồ sơ của bác đến đâu rồi cháu?', msg_id: randomBytes(10).toString('hex') },
    timestamp,
  });
  const mac = createHash('sha256')
    .update(APP_ID + body + timestamp + OA_SECRET_KEY)
    .digest('hex');
  return { body, headers: { 'content-type': 'application/json', 'x-zevent-signature': `mac=${mac}` } };
}

/** As much as it takes. */
async function load(url: string): Promise<autocannon.Result> {
  const result = await autocannon({
    url: `${url}/webhook`,
    method: 'POST',
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [{ setupRequest: (request) => ({ ...request, ...signedRequest() }) }],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${result.non2xx} answers were not 200 and ${result.errors} calls failed: the figures are worthless`,
    );
  }
  return result;
}

/** Milliseconds to the answer at the steady pace, sorted. */
async function answerTimes(url: string): Promise<number[]> {
  const times = await runSteadily(STEADY_PER_SECOND * SECONDS, STEADY_PER_SECOND, async () => {
    const startedAt = performance.now();
    const response = await fetch(`${url}/webhook`, { method: 'POST', ...signedRequest() });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`an answer was ${response.status}: the figures are worthless`);
    return performance.now() - startedAt;
  });
  return times.sort((a, b) => a - b);
}

async function startTarget(command: readonly string[], env: Record<string, string>): Promise<Target> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = run({ command, env: { ...env, PORT: String(port) } });
  await waitForOk(`${url}/healthz`);
  return { url, process: running };
}

/** Loads ours and the bare route in turn, twice each, so that a drifting machine hits both alike. */
export async function benchWebhook(): Promise<void> {
  const engine = await startEngine();
  const env = { ...APP_ENV, MONGODB_URI: engine.uri };
  const ours = await startTarget(['dist/main.js', 'web'], env);
  const bare = await startTarget(['--import', 'tsx', 'scripts/bench/bare-server.ts'], env);
  try {
    await load(ours.url);
    await load(bare.url);
    const runs = [await load(ours.url), await load(bare.url), await load(ours.url), await load(bare.url)];
    const mean = (picked: readonly number[]): number =>
      picked.reduce((sum, each) => sum + each, 0) / picked.length;
    const accepted = mean([runs[0]?.requests.average ?? 0, runs[2]?.requests.average ?? 0]);
    const baseline = mean([runs[1]?.requests.average ?? 0, runs[3]?.requests.average ?? 0]);
    const n = (runs[0]?.requests.total ?? 0) + (runs[2]?.requests.total ?? 0);
    report({
      name: 'webhook.accepted',
      value: round(accepted),
      unit: 'events/s',
      n,
      baseline: round(baseline),
      ratio: round(accepted / baseline, 2),
    });
    const steadyOurs = await answerTimes(ours.url);
    const steadyBare = await answerTimes(bare.url);
    for (const share of [0.5, 0.99]) {
      report({
        name: `webhook.answer_p${share * 100}_at_${STEADY_PER_SECOND}_per_s`,
        value: round(percentile(steadyOurs, share)),
        unit: 'ms',
        n: steadyOurs.length,
        baseline: round(percentile(steadyBare, share)),
      });
    }
  } finally {
    await ours.process.stop();
    await bare.process.kill();
    await engine.stop();
  }
}
