import { besidePattern } from './spoken-pattern.ts';

/** Is the day meant before today, after it, or is nothing said? */
export type Direction = 'past' | 'future' | 'unsaid';

// "hôm 15 tới giờ", "ngày 3 tới ngày 5", "sau khi" and "sau đó" go on with something else; "toi" is mostly "tôi".
const COMING = [
  /^,? (?:sắp )?tới(?: đây)?(?! (?:giờ|nay|ngày|hôm|bây|đó|này|thứ|\d))(?![\p{L}\p{N}])/u,
  /^ sau(?! (?:khi|đó|do|này|nay))(?![\p{L}\p{N}])/u,
  /^ (?:sap )?toi ?(?:$|[.,;!?])/u,
];
const GONE = besidePattern(String.raw`^,? (?:vừa rồi|vừa qua|mới rồi|rồi|trước|qua)(?![\p{L}\p{N}])`);

/** What the words right behind a date say: "ngày 15 tới", "rằm vừa rồi". */
export function directionOf(behind: string): Direction {
  if (COMING.some((each) => each.test(behind))) return 'future';
  return GONE.test(behind) ? 'past' : 'unsaid';
}
