import type { Inbox, IncomingEvent } from '../../src/inbox/inbox.ts';

export interface RecordingInbox extends Inbox {
  readonly stored: readonly IncomingEvent[];
}

/** An inbox in memory that keeps the promise of the real one: one row for each key. */
export function createRecordingInbox(): RecordingInbox {
  const byKey = new Map<string, IncomingEvent>();
  return {
    get stored() {
      return [...byKey.values()];
    },
    accept(incoming) {
      if (byKey.has(incoming.key)) return Promise.resolve('duplicate');
      byKey.set(incoming.key, incoming);
      return Promise.resolve('stored');
    },
  };
}

/** An inbox whose database answers each event in the given way. */
export function createFailingInbox(accept: () => Promise<never>): Inbox {
  return { accept };
}
