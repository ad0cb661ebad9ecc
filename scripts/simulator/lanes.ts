/** Work in order within a lane, side by side across lanes, with a way to wait until all is done. */
export interface Lanes {
  enqueue(lane: string, work: () => Promise<void>): void;
  /** Counts work that runs outside the lanes, so that `idle` waits for it. */
  track(work: Promise<void>): Promise<void>;
  idle(): Promise<void>;
}

export function createLanes(): Lanes {
  const tails = new Map<string, Promise<void>>();
  let active = 0;
  let waiters: (() => void)[] = [];

  const done = (): void => {
    active -= 1;
    if (active > 0) return;
    const ready = waiters;
    waiters = [];
    for (const resolve of ready) resolve();
  };
  const track = (work: Promise<void>): Promise<void> => {
    active += 1;
    return work.finally(done);
  };

  return {
    track,
    enqueue(lane, work) {
      const tail = (tails.get(lane) ?? Promise.resolve()).then(work);
      tails.set(lane, tail);
      void track(tail).then(() => {
        if (tails.get(lane) === tail) tails.delete(lane);
      });
    },
    idle() {
      if (active === 0) return Promise.resolve();
      return new Promise((resolve) => {
        waiters.push(resolve);
      });
    },
  };
}
