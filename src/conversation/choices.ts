import { foldVietnamese } from '../kernel/vietnamese.ts';
import { parsePayload } from './payloads.ts';
import type { Choice } from './turn.ts';

const NUMBER_WORDS: readonly string[] = [
  'mot',
  'hai',
  'ba',
  'bon',
  'nam',
  'sau',
  'bay',
  'tam',
  'chin',
  'muoi',
];

const YES_WORDS: ReadonlySet<string> = new Set(
  'co,co a,dung,dung roi,dung vay,phai,vang,da,da vang,da dung,u,uh,um,ok,oke,dong y,duoc,chuan,yes,yeah,right'.split(
    ',',
  ),
);
const NO_WORDS: ReadonlySet<string> = new Set(
  'khong,khong a,khong phai,khong dung,da khong,ko,k,thoi,sai,sai roi,no,nope'.split(','),
);

export type ChoiceMatch =
  | { readonly kind: 'chosen'; readonly choice: Choice }
  /** A number, but not one of those offered. */
  | { readonly kind: 'out_of_range' }
  | { readonly kind: 'none' };

/**
 * Which of the offered choices a text means: its number (`2`, `2.`, `số 2`, `hai`), its title with or without
 * accents, or its payload.
 */
export function matchChoice(text: string, choices: readonly Choice[]): ChoiceMatch {
  const wanted = plain(text);
  const named = choices.find((choice) => choice.payload === text.trim() || plain(choice.title) === wanted);
  if (named) return { kind: 'chosen', choice: named };
  const answered = matchYesOrNo(wanted, choices);
  if (answered) return { kind: 'chosen', choice: answered };
  const number = readNumber(wanted);
  if (number === undefined) return { kind: 'none' };
  const choice = choices[number - 1];
  return choice ? { kind: 'chosen', choice } : { kind: 'out_of_range' };
}

/** Two choices that are a yes and a no, so that the words count as well as the numbers. */
export function isYesNoQuestion(choices: readonly Choice[]): boolean {
  const [yes] = choices;
  const asked = yes && parsePayload(yes.payload);
  if (!asked || choices.length !== 2) return false;
  return (
    asked.kind === 'form_choice' ||
    ((asked.kind === 'delete_data' || asked.kind === 'unsubscribe') && asked.confirmed === true)
  );
}

/** "Vâng", "ok" and nothing else. */
export function isYesWord(text: string): boolean {
  return YES_WORDS.has(plain(text));
}

function matchYesOrNo(words: string, choices: readonly Choice[]): Choice | undefined {
  if (!isYesNoQuestion(choices)) return undefined;
  const [yes, no] = choices;
  if (YES_WORDS.has(words)) return yes;
  return NO_WORDS.has(words) ? no : undefined;
}

function readNumber(words: string): number | undefined {
  const [, word = ''] =
    /^(?:(?:so|muc|chon|phim|dong|cau|y|number|option) )?([a-z]+|\d{1,3})$/.exec(words) ?? [];
  if (/^\d+$/.test(word)) return Number(word);
  const index = NUMBER_WORDS.indexOf(word);
  return index >= 0 ? index + 1 : undefined;
}

function plain(text: string): string {
  return foldVietnamese(foldVietnamese(text).replace(/[^a-z0-9]+/g, ' '));
}
