/** Electronic dossiers exist since the mid-2010s; a year far outside is a slip of the finger. */
const FIRST_YEAR = 2010;
const LAST_YEAR = 2049;

/** Can these digits of a dossier code be its date: a real day, `yymmdd` or `yyyymmdd`, in the years such codes exist? */
export function isPlausibleDate(digits: string): boolean {
  const full = digits.length === 6 ? `20${digits}` : digits;
  const [year, month, day] = [full.slice(0, 4), full.slice(4, 6), full.slice(6)].map(Number) as [
    number,
    number,
    number,
  ];
  if (year < FIRST_YEAR || year > LAST_YEAR) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
