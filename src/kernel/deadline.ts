/**
 * Waits for `work`, but no longer than `ms` milliseconds; then rejects with what `late` makes. The work itself is not
 * stopped: whoever uses this must be able to bear that it finishes later after all.
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(late());
    }, ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
