/** Starts things at a fixed pace whatever comes of them, as the world outside does; gives what each took. */
export async function runSteadily(
  times: number,
  perSecond: number,
  start: (n: number) => Promise<number>,
): Promise<number[]> {
  const running: Promise<number>[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < times; n += 1) {
    const ahead = startedAt + (n * 1000) / perSecond - performance.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    running.push(start(n));
  }
  return Promise.all(running);
}
