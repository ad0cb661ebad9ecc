import type { Changes } from './changes.ts';
import type { SimulatorClock } from './clock.ts';
import { createRecent } from './recent.ts';
import type { RecordedCall } from './types.ts';

const KEPT_CALLS = 2000;

/** What the page asked of Zalo and what it was told; the newest 2,000. */
export interface CallLog {
  add(call: Omit<RecordedCall, 'seq' | 'at'>): void;
  /** Oldest first. */
  list(): readonly RecordedCall[];
  /** All that ever came, also those no longer kept. */
  total(): number;
}

export function createCallLog(clock: SimulatorClock, changes: Changes): CallLog {
  const calls = createRecent<RecordedCall>(KEPT_CALLS);
  let total = 0;
  return {
    add(call) {
      total += 1;
      calls.add({ seq: total, at: clock.iso(), ...call });
      changes.announce();
    },
    list: () => calls.list(),
    total: () => total,
  };
}
