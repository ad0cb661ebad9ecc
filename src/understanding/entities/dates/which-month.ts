/** "Tháng này", "tháng trước", "tháng sau": the end of a pattern, with what was said in the group `which`. */
export const WHICH_MONTH = 'tháng (?<which>này|trước|rồi|vừa rồi|qua|sau|tới)';

/** How many months from the present one. */
export function monthsFromNow(which: string | undefined): number {
  if (which === 'này' || which === 'nay') return 0;
  return /^(?:sau|tới|toi)$/.test(which ?? '') ? 1 : -1;
}
