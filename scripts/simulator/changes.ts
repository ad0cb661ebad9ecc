/** Tells listeners that something in the simulator changed: the page's live stream and waiting tests. */
export interface Changes {
  /** `userId` names the conversation that changed, where it was one. */
  announce(userId?: string): void;
  listen(listener: (userId: string | undefined) => void): () => void;
  /**
   * Resolves as soon as the condition holds, looking again after each change.
   * Rejects with an `Error` after `timeoutMs` of real time.
   */
  waitFor(condition: () => boolean, timeoutMs: number): Promise<void>;
}

export function createChanges(): Changes {
  const listeners = new Set<(userId: string | undefined) => void>();
  const listen = (listener: (userId: string | undefined) => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return {
    listen,
    announce(userId) {
      for (const listener of listeners) listener(userId);
    },
    waitFor(condition, timeoutMs) {
      if (condition()) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`The simulator did not see what was awaited within ${String(timeoutMs)} ms`));
        }, timeoutMs);
        const stop = listen(() => {
          if (!condition()) return;
          clearTimeout(timer);
          stop();
          resolve();
        });
      });
    },
  };
}
