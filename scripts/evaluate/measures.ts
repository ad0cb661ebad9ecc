import type { Intent, Understanding } from '../../src/understanding/understanding.ts';
import type { Case } from './cases.ts';

/** A message, and how it was understood. */
export interface Judged {
  readonly wanted: Case;
  readonly got: Understanding;
}

export interface Share {
  readonly right: number;
  readonly of: number;
  /** 0 to 1; 1 of nothing. */
  readonly share: number;
}

export function shareOf<T>(all: readonly T[], isRight: (each: T) => boolean): Share {
  const right = all.filter(isRight).length;
  return { right, of: all.length, share: all.length === 0 ? 1 : right / all.length };
}

export function accepted({ wanted }: Judged): readonly Intent[] {
  return wanted.acceptable ?? [wanted.intent];
}

/** The first choice is right: what would be done, or the first button when it is asked back. */
export function isFirstRight(judged: Judged): boolean {
  return (accepted(judged) as readonly string[]).includes(firstChoice(judged.got));
}

/** It would be acted on at once, and rightly. */
export function isActedRight(judged: Judged): boolean {
  return (accepted(judged) as readonly string[]).includes(judged.got.intent);
}

/** Right at once, or one of the buttons is right. */
export function isWithinReach(judged: Judged): boolean {
  const { got } = judged;
  if (got.intent !== 'clarify') return isActedRight(judged);
  return (got.suggestions ?? []).some((each) => accepted(judged).includes(each));
}

export function firstChoice(got: Understanding): string {
  return got.intent === 'clarify' ? (got.suggestions?.[0] ?? 'clarify') : got.intent;
}

/** The mean of the F1 values of all intents that occur, each counting the same. */
export function macroF1(all: readonly Judged[]): number {
  const intents = [...new Set(all.map(({ wanted }) => wanted.intent))];
  const values = intents.map((intent) => {
    const hits = all.filter(
      (each) => firstChoice(each.got) === intent && accepted(each).includes(intent),
    ).length;
    const said = all.filter(({ got }) => firstChoice(got) === intent).length;
    const meant = all.filter((each) => each.wanted.intent === intent && !isRightAsOther(each, intent)).length;
    return hits === 0 ? 0 : (2 * hits) / (said + meant);
  });
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

/** Understood as another label that is as right. */
function isRightAsOther(each: Judged, intent: Intent): boolean {
  return isFirstRight(each) && firstChoice(each.got) !== intent;
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly of: number;
  readonly meanConfidence: number;
  readonly right: number;
}

/** How often answers of a given confidence are right, in tenths; messages asked back are left out. */
export function calibration(all: readonly Judged[]): {
  readonly bins: readonly Bin[];
  readonly error: number;
} {
  const acted = all.filter(({ got }) => got.intent !== 'clarify');
  const bins = Array.from({ length: 10 }, (_, at): Bin => {
    const inside = acted.filter(({ got }) => Math.min(9, Math.floor(got.confidence * 10)) === at);
    const confidence = inside.reduce((sum, { got }) => sum + got.confidence, 0);
    return {
      from: at / 10,
      to: (at + 1) / 10,
      of: inside.length,
      meanConfidence: inside.length === 0 ? 0 : confidence / inside.length,
      right: shareOf(inside, isActedRight).share,
    };
  }).filter(({ of }) => of > 0);
  const error = bins.reduce(
    (sum, bin) => sum + (bin.of / Math.max(acted.length, 1)) * Math.abs(bin.right - bin.meanConfidence),
    0,
  );
  return { bins, error };
}

/** `wanted → said`, most frequent first. */
export function confusions(
  all: readonly Judged[],
): readonly { readonly pair: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const each of all.filter((judged) => !isFirstRight(judged))) {
    const pair = `${each.wanted.intent} → ${firstChoice(each.got)}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return [...counts]
    .map(([pair, count]) => ({ pair, count }))
    .sort((a, b) => b.count - a.count || a.pair.localeCompare(b.pair));
}
