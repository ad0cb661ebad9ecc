/** One measured value as `npm run bench` prints it: a JSON object a line. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** How many single observations it rests on. */
  readonly n: number;
  /** The same measure of the plain alternative, taken in the same run, and how ours relates to it. */
  readonly baseline?: number;
  readonly ratio?: number;
}

export function report(measurement: Measurement): void {
  console.log(JSON.stringify(measurement));
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
