import { foldVietnamese, hasDiacritics } from '../kernel/vietnamese.ts';
import type { Entities, Intent, SecondNeed, Understanding } from './understanding.ts';

/** Where a sentence ends; a dot inside a code or a date does not end one. */
const SENTENCE_END = String.raw`[.?!;…]+(?=\s|$)|[?!;\n]+`;
/** Words between two wishes, with their accents. */
const CONNECTORS: readonly string[] = [
  'với lại',
  'vả lại',
  'tiện thể',
  'nhân tiện',
  'ngoài ra',
  'à mà',
  'mà cho hỏi',
  'rồi cho hỏi',
  'đồng thời',
  // "Hồ sơ còn được xử lý không" is one question.
  String.raw`còn(?!\s(?:được|không|ko|số|lại|thiếu|nợ|có|nữa|phải)(?![\p{L}]))`,
  'và',
  'với',
  String.raw`cả(?=[^.?!;\n]*\snữa)`,
  'also',
  'and',
  'by the way',
];
/** Without accents "con" is mostly a child: "cho con", "hai con". */
const NOT_BEFORE_A_CHILD = String.raw`(?<!(?:^|\s)(?:cho|cua|cac|hai|ba|dua|sinh|nuoi|be|2|3)\s)`;
const BETWEEN = toSplitter(CONNECTORS);
const BETWEEN_PLAIN = toSplitter(
  CONNECTORS.map(foldPattern).map((each) => (each.startsWith('con') ? NOT_BEFORE_A_CHILD + each : each)),
);
const EDGES = /^[\s,:–-]+|[\s,:–-]+$/g;
const MIN_WORDS = 3;
const MAX_PARTS = 4;
/** Nobody reads a second wish out of a page of text. */
const MAX_CHARS = 1000;

/** Both halves must be understood at least this well for two wishes to be seen in one message. */
const SURE = 0.75;
const NOT_A_NEED: ReadonlySet<Understanding['intent']> = new Set<Understanding['intent']>([
  'greeting',
  'thanks',
  'goodbye',
  'help',
  'out_of_scope',
  'yes',
  'no',
  'cancel',
  'back',
  'emergency',
  'form_answer',
  'clarify',
]);
const HAS_CARDS: ReadonlySet<Intent> = new Set<Intent>(['procedure_info', 'vneid_help']);

interface Need extends SecondNeed {
  readonly understood: Understanding;
}

/** The parts of a message that may each be a wish, in order and as they were written; one part when nothing divides it. */
export function splitNeeds(text: string): readonly string[] {
  const beginning = text.slice(0, MAX_CHARS);
  return beginning
    .split(hasDiacritics(beginning) ? BETWEEN : BETWEEN_PLAIN)
    .map((part) => part.replace(EDGES, ''))
    .filter((part) => (part.match(/[\p{L}\p{N}]+/gu) ?? []).length >= MIN_WORDS)
    .slice(0, MAX_PARTS);
}

/**
 * Adds the second of two wishes in one message: "hồ sơ em xong chưa, tiện thể làm khai sinh cần gì". Where the whole
 * message only allowed a question back, the first wish becomes the answer. A message in one part costs nothing.
 */
export function withSecondNeed(
  main: Understanding,
  text: string,
  readPart: (part: string) => Understanding,
): Understanding {
  if (main.intent !== 'clarify' && NOT_A_NEED.has(main.intent)) return main;
  const parts = splitNeeds(text);
  if (parts.length < 2) return main;
  const isStory = parts.length > 2;
  const needs = parts.flatMap((part) =>
    toNeed(readPart(part), part, isStory || main.intent === 'formal_complaint'),
  );
  const [first] = needs;
  const second = needs.find((need) => first && isOther(need, first));
  if (!first || !second) return main;
  return main.intent === 'clarify' ? join(first.understood, second) : joinToMain(main, first, second);
}

function joinToMain(main: Understanding, first: Need, second: Need): Understanding {
  const [own, other] =
    main.intent === second.intent && main.intent !== first.intent ? [second, first] : [first, second];
  if (own.intent !== main.intent) return join(main, other);
  return join({ ...main, entities: { ...main.entities, ...cardOf(main, own, other) } }, other);
}

/** What lies under the law of denunciation is not offered as an ordinary report as well. */
function join(main: Understanding, { intent, text, entities }: Need): Understanding {
  if (main.intent === 'formal_complaint' && intent === 'complaint_file') return main;
  return { ...main, also: { intent, text, entities } };
}

/** A part names its card more clearly than the whole, unless the whole names one that covers both. */
function cardOf(main: Understanding, own: Need, other: Need): Entities {
  const named = idOf(main);
  const coversBoth = named !== undefined && named !== idOf(own) && named !== idOf(other);
  if (coversBoth && own.intent === other.intent) return {};
  const { procedure, topic } = own.entities;
  return { ...(procedure !== undefined && { procedure }), ...(topic !== undefined && { topic }) };
}

/** In a story many a sentence sounds like a question; there only one that names its card counts. */
function toNeed(understood: Understanding, text: string, mustNameCard: boolean): readonly Need[] {
  const { intent, confidence, entities } = understood;
  if (intent === 'clarify' || NOT_A_NEED.has(intent) || confidence < SURE) return [];
  const isVague = HAS_CARDS.has(intent) && idOf(understood) === undefined;
  return isVague && mustNameCard ? [] : [{ understood, intent, text, entities }];
}

/** Another wish, or the same about another card. */
function isOther(need: Need, first: Need): boolean {
  if (need.intent !== first.intent) return true;
  const [one, two] = [idOf(first), idOf(need)];
  return one !== undefined && two !== undefined && one !== two;
}

function idOf({ intent, entities }: Pick<Understanding, 'intent' | 'entities'>): string | undefined {
  if (intent === 'procedure_info') return entities.procedure;
  return intent === 'vneid_help' ? entities.topic : undefined;
}

/** What is left of a message without one of its parts, and without the words that joined them. */
export function withoutPart(text: string, part: string): string {
  return text
    .replace(part, ' ')
    .split(hasDiacritics(text) ? BETWEEN : BETWEEN_PLAIN)
    .map((each) => each.replace(EDGES, ''))
    .filter((each) => each !== '')
    .join('. ');
}

/** Folds the letters and leaves `\\p{L}` and the like as they are. */
function foldPattern(pattern: string): string {
  return pattern.replace(/(?<!\\|\{)\p{Ll}+/gu, foldVietnamese);
}

function toSplitter(connectors: readonly string[]): RegExp {
  return new RegExp(
    String.raw`${SENTENCE_END}|(?<![\p{L}\p{N}])(?:${connectors.join('|')})(?![\p{L}\p{N}])`,
    'iu',
  );
}
