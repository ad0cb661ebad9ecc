import { createConceptFinder } from './concepts.ts';
import { countFeatures, toVector } from './model/features.ts';
import type { Vector } from './model/features.ts';
import { classify } from './model/linear-model.ts';
import type { Scored } from './model/linear-model.ts';
import type { GroupedIntent, UnderstandingModel } from './model/model.ts';
import { toWords } from './text/words.ts';
import type { Word } from './text/words.ts';

/** A message as words and as the model sees it. */
export interface ReadMessage {
  readonly words: readonly Word[];
  readonly vector: Vector;
}

export interface MessageReader {
  read(text: string): ReadMessage;
  /** Which card, category or kind a message of this intent is about, best first. Pure. */
  rank(intent: GroupedIntent, text: string): readonly Scored[];
}

/** Longer messages tell a story; what they want stands at its beginning or its end. Bounds the work. */
const MAX_FIRST_WORDS = 150;
const MAX_LAST_WORDS = 100;

export function createMessageReader(model: UnderstandingModel): MessageReader {
  const { patterns } = model;
  const findConcepts = createConceptFinder(patterns);
  const readAnew = (text: string): ReadMessage => {
    const words = toWords(text, patterns.shorthand);
    const looked = beginningAndEnd(words);
    return { words, vector: toVector(countFeatures(looked, findConcepts(looked)), model.vocabulary) };
  };
  // A message is read for its intent and again for its card: the last reading is kept for that moment.
  let last: { readonly text: string; readonly message: ReadMessage } | undefined;
  const read = (text: string): ReadMessage => {
    if (last?.text !== text) last = { text, message: readAnew(text) };
    return last.message;
  };
  return { read, rank: (intent, text) => classify(model.groups[intent], read(text).vector) };
}

function beginningAndEnd(words: readonly Word[]): readonly Word[] {
  if (words.length <= MAX_FIRST_WORDS + MAX_LAST_WORDS) return words;
  return [...words.slice(0, MAX_FIRST_WORDS), ...words.slice(-MAX_LAST_WORDS)];
}
