import { answer, probabilityOf } from './reading.ts';
import type { Reading } from './reading.ts';
import type { EmergencyKind, Understanding } from './understanding.ts';

/** A missed danger may cost a life and a false alarm costs one line, so this is far below what other readings need. */
const ALARM = 0.25;
/** Phrases of danger may stand in a longer story; when the model takes it for danger with less than this, it is one. */
const ONLY_A_STORY = 0.08;
/** Nobody tells a story in so few words: "cướp cướp". */
const CRY_WORDS = 5;

/** The answer to a message that tells of danger now, whatever was asked; undefined when it tells of none. */
export function readDanger(
  reading: Reading,
  kindOf: (reading: Reading) => EmergencyKind,
): Understanding | undefined {
  const probability = probabilityOf(reading, 'emergency');
  const isCry = reading.danger !== undefined && reading.words.length <= CRY_WORDS;
  const needed = reading.danger === undefined ? ALARM : ONLY_A_STORY;
  if (!isCry && probability < needed) return undefined;
  const confidence = Math.max(probability, reading.danger === undefined ? 0 : 0.9);
  return { ...answer(reading, 'emergency', confidence), emergency: reading.danger ?? kindOf(reading) };
}
