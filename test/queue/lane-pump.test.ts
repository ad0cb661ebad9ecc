import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../../src/kernel/logger.ts';
import { createLanePump, type DrainResult } from '../../src/queue/lane-pump.ts';
import { until } from '../support/until.ts';

/** A queue in memory: lanes with a number of things to do. */
function aQueue(lanes: Record<string, number>) {
  const left = new Map(Object.entries(lanes));
  const running = new Set<string>();
  let most = 0;
  let overlapped = false;
  return {
    left,
    most: () => most,
    overlapped: () => overlapped,
    add: (lane: string) => left.set(lane, (left.get(lane) ?? 0) + 1),
    listReady: (busy: readonly string[], limit: number) =>
      Promise.resolve([...left.keys()].filter((lane) => !busy.includes(lane)).slice(0, limit)),
    drain: async (lane: string): Promise<DrainResult> => {
      if (running.has(lane)) overlapped = true;
      running.add(lane);
      most = Math.max(most, running.size);
      await new Promise((resolve) => setImmediate(resolve));
      const rest = (left.get(lane) ?? 0) - 1;
      if (rest > 0) left.set(lane, rest);
      else left.delete(lane);
      running.delete(lane);
      return rest > 0 ? 'more' : 'worked';
    },
  };
}

const SETTINGS = { name: 'test', concurrency: 3, idleMs: 60_000, log: silentLogger };

describe('a lane pump', () => {
  it('works off all lanes, never one lane twice at a time, never more lanes than allowed', async () => {
    const queue = aQueue({ a: 5, b: 1, c: 3, d: 2, e: 4 });
    const pump = createLanePump({ ...SETTINGS, ...queue });

    pump.start();
    await until('the queue is empty', () => queue.left.size === 0);
    await pump.stop();

    expect(queue.overlapped()).toBe(false);
    expect(queue.most()).toBe(3);
  });

  it('looks at once when it is nudged, however long its rest', async () => {
    const queue = aQueue({});
    const pump = createLanePump({ ...SETTINGS, ...queue });
    pump.start();
    await new Promise((resolve) => setImmediate(resolve));

    queue.add('a');
    pump.nudge('a');
    await until('the lane is done', () => queue.left.size === 0);

    await pump.stop();
    expect(queue.left.size).toBe(0);
  });

  it('goes on after a lane failed', async () => {
    const queue = aQueue({ bad: 1, good: 1 });
    const pump = createLanePump({
      ...SETTINGS,
      ...queue,
      drain: (lane) => (lane === 'bad' ? Promise.reject(new Error('broken')) : queue.drain(lane)),
    });

    pump.start();
    await until('the good lane is done', () => !queue.left.has('good'));
    await pump.stop();

    expect([...queue.left.keys()]).toEqual(['bad']);
  });

  it('waits for running lanes when it stops and takes no new ones', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const done: string[] = [];
    const pump = createLanePump({
      ...SETTINGS,
      concurrency: 1,
      listReady: () => Promise.resolve(['a', 'b'].slice(0, 1)),
      drain: async (lane) => {
        await held;
        done.push(lane);
        return 'worked';
      },
    });
    pump.start();
    await new Promise((resolve) => setImmediate(resolve));

    const stopped = pump.stop();
    release();
    await stopped;

    expect(done).toEqual(['a']);
  });
});
