/** Any source of the current time; the application's own `Clock` fits. */
export interface TimeSource {
  now(): Date;
}

/** The simulator's time in milliseconds: a source plus what people moved it by. */
export interface SimulatorClock {
  nowMs(): number;
  iso(): string;
  offsetMs(): number;
  /** Moves forward; windows, quotas and token lives notice at once. */
  moveBy(ms: number): void;
}

export function createSimulatorClock(source: TimeSource, savedOffsetMs = 0): SimulatorClock {
  let offset = savedOffsetMs;
  const nowMs = (): number => source.now().getTime() + offset;
  return {
    nowMs,
    iso: () => new Date(nowMs()).toISOString(),
    offsetMs: () => offset,
    moveBy: (ms) => {
      offset += ms;
    },
  };
}
