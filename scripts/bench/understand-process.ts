/** One system in a process of its own, so that memory and start-up are its own: prints its figures as JSON. */
import { readMessages } from '../evaluate/cases.ts';
import { isFirstRight } from '../evaluate/measures.ts';
import { percentile } from './report.ts';
import { SYSTEMS } from './understand-systems.ts';
import type { SystemName } from './understand-systems.ts';

/** What one process measures. Times in milliseconds, memory in megabytes, accuracy 0 to 1. */
export interface SystemFigures {
  readonly readyMs: number;
  readonly addedMegabytes: number;
  readonly p50: number;
  readonly p99: number;
  readonly n: number;
  readonly accuracy: number;
}

const ROUNDS = 3;

async function measure(name: SystemName): Promise<SystemFigures> {
  const before = residentMegabytes();
  const startedAt = performance.now();
  const system = await SYSTEMS[name]();
  const readyMs = performance.now() - startedAt;
  const messages = readMessages('test');
  let right = 0;
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    right = 0;
    for (const wanted of messages) {
      const askedAt = performance.now();
      const intent = await system(wanted.text);
      // The first round warms up.
      if (round > 0) times.push(performance.now() - askedAt);
      const got = { intent, confidence: 1, alternatives: [], entities: {} } as Parameters<
        typeof isFirstRight
      >[0]['got'];
      right += isFirstRight({ wanted, got }) ? 1 : 0;
    }
  }
  times.sort((a, b) => a - b);
  return {
    readyMs,
    addedMegabytes: residentMegabytes() - before,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    n: times.length,
    accuracy: right / messages.length,
  };
}

function residentMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 1e6;
}

console.log(JSON.stringify(await measure(process.argv[2] as SystemName)));
