/** The conversations README.md shows, written by the application itself so that they cannot go stale. */

/** A resident of the assembled application, as far as a transcript needs one. Answers come in order. */
export interface TalkingResident {
  says(words: string): Promise<readonly string[]>;
  taps(title: string): Promise<readonly string[]>;
  /** Titles of the buttons under the newest message. */
  buttons(): readonly string[];
}

type Line = { readonly says: string } | { readonly taps: string };

interface Conversation {
  readonly title: string;
  readonly lines: readonly Line[];
}

const CONVERSATIONS: readonly Conversation[] = [
  {
    title: 'Where is my file?',
    lines: [{ says: 'Hồ sơ của tôi đến đâu rồi?' }, { says: 'H49.23.10-261105-0016' }],
  },
  {
    title: 'Which papers for a birth certificate? (without accents)',
    lines: [{ says: 'lam khai sinh cho chau can giay to gi' }],
  },
  {
    title: 'The street lamp is broken',
    lines: [
      { says: 'Đèn đường trước nhà văn hóa hỏng ba hôm nay' },
      { taps: 'Đèn đường' },
      { taps: 'thôn Núi Thành' },
      { taps: 'Bỏ qua' },
      { taps: 'Gửi phản ánh này' },
    ],
  },
];

/** Days and hours, which would differ every day, and the ends of long lists. */
const LEFT_OUT = [
  /^\d+\. /,
  /^Ngày |^Đây là số liệu mẫu|^Thời gian: /,
  /^– (?:Thẻ căn cước|Cha mẹ)/,
  /^Nơi làm: |^Nộp qua mạng: /,
  /^(?:Cán bộ đang|Chưa tới giờ|Bây giờ ngoài giờ|Hôm nay nghỉ)/,
];
const CUT = '…';
const FEEDBACK_CODE = /PA-\d{6}-\d{4}/g;

/** Has every conversation with a new resident and gives them as Markdown. The same on every day and at every hour. */
export async function renderTranscript(newResident: () => TalkingResident): Promise<string> {
  const rendered: string[] = [];
  for (const { title, lines } of CONVERSATIONS) {
    const resident = newResident();
    const turns: string[] = [];
    for (const line of lines) turns.push(await renderTurn(resident, line));
    rendered.push(`**${title}**\n\n${turns.join('\n>\n')}\n`);
  }
  return rendered.join('\n');
}

async function renderTurn(resident: TalkingResident, line: Line): Promise<string> {
  const answers = 'says' in line ? await resident.says(line.says) : await resident.taps(line.taps);
  const asked = 'says' in line ? line.says : `[${line.taps}]`;
  const titles = resident.buttons();
  // The first answer of all comes behind an introduction, which would stand here three times.
  const shown = abridge((answers.at(-1) ?? '').split('\n'), titles);
  const answer = [...shown, titles.map((title) => `[${title}]`).join(' ')]
    .join('\\\n> ')
    .replace(FEEDBACK_CODE, 'PA-yymmdd-0001');
  return `> **Bà Sáu:** ${asked}\n>\n> **Trợ lý:** ${answer}`;
}

/** The lines worth a newcomer's time, with a mark where others were cut. Choices stand below as buttons. */
function abridge(lines: readonly string[], titles: readonly string[]): readonly string[] {
  return lines
    .filter((line) => line !== '' && !titles.includes(line.replace(/^\d+\. /, '')))
    .map((line) => (LEFT_OUT.some((pattern) => pattern.test(line)) ? CUT : line))
    .filter((line, at, all) => line !== CUT || all[at - 1] !== CUT);
}

const BEGIN = '<!-- transcript -->';
const END = '<!-- /transcript -->';

/** The README with this transcript between its two marks. Throws when a mark is missing. */
export function replaceTranscript(readme: string, transcript: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`README.md needs ${BEGIN} and, behind it, ${END}`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${transcript}\n${readme.slice(end)}`;
}
