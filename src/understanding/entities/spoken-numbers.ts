import { foldVietnamese } from '../../kernel/vietnamese.ts';

const UNITS = ['', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
/** Other ways to say a unit; the second list is for behind a ten only (`hai mươi mốt`). */
const ALSO: Readonly<Record<number, readonly string[]>> = { 4: ['tư'], 7: ['bẩy'] };
const ALSO_BEHIND_TEN: Readonly<Record<number, readonly string[]>> = { 1: ['mốt'], 5: ['lăm', 'nhăm'] };
const TENS: Readonly<Record<number, readonly string[]>> = {
  1: ['mười'],
  2: ['hai mươi', 'hăm'],
  3: ['ba mươi', 'băm'],
};
const LARGEST = 39;

/** The ways to say a whole number from 1 to 39, the usual one first; none for other numbers. */
export function spellNumber(number: number): readonly string[] {
  if (!Number.isInteger(number) || number < 1 || number > LARGEST) return [];
  const [ten, unit] = [Math.floor(number / 10), number % 10];
  if (ten === 0) return [UNITS[unit] ?? '', ...(ALSO[unit] ?? [])];
  const tens = (TENS[ten] ?? []).filter((each) => unit > 0 || each.endsWith('i'));
  if (unit === 0) return tens;
  const units = [...(ALSO_BEHIND_TEN[unit] ?? []), UNITS[unit] ?? '', ...(ALSO[unit] ?? [])];
  // "hai mốt", "ba lăm": the ten left unsaid.
  const short = ten > 1 ? units.map((each) => `${UNITS[ten] ?? ''} ${each}`) : [];
  return [...tens.flatMap((each) => units.map((unitWord) => `${each} ${unitWord}`)), ...short];
}

const BY_WORDS: ReadonlyMap<string, number> = new Map(
  Array.from({ length: LARGEST }, (_, at) => at + 1).flatMap((number) =>
    spellNumber(number).map((words) => [foldVietnamese(words), number] as const),
  ),
);

/** All ways to say the numbers from 1 to 39, longest first. */
export const NUMBER_WORDS: readonly string[] = Array.from({ length: LARGEST }, (_, at) => at + 1)
  .flatMap(spellNumber)
  .sort((a, b) => b.length - a.length);

/** `15`, `mười lăm` or `muoi lam` as a number; undefined for anything else. */
export function readNumber(said: string): number | undefined {
  return /^\d{1,4}$/.test(said) ? Number(said) : BY_WORDS.get(foldVietnamese(said));
}
