import { answer, probabilityOf } from './reading.ts';
import type { Reading } from './reading.ts';
import type { EmergencyKind, Understanding } from './understanding.ts';

/** A missed danger may cost a life and a false alarm costs one line, so this is far below what other readings need. */
const ALARM = 0.18;
/** Phrases of danger may stand in a longer story; when the model takes it for danger with less than this, it is one. */
const ONLY_A_STORY = 0.08;
/** While a form is open most messages are answers, short and without their question: more must speak for danger. */
const ALARM_IN_FORM = 0.7;
const ONLY_A_STORY_IN_FORM = 0.3;
/** Nobody tells a story in so few words: "cướp cướp". */
const CRY_WORDS = 5;

/** The answer to a message that tells of danger now, whatever was asked; undefined when it tells of none. */
export function readDanger(
  reading: Reading,
  kindOf: (reading: Reading) => EmergencyKind,
  inForm: boolean,
): Understanding | undefined {
  const probability = probabilityOf(reading, 'emergency');
  const byPhrases = reading.danger !== undefined;
  const isCry = byPhrases && !inForm && reading.words.length <= CRY_WORDS;
  const alarm = inForm ? ALARM_IN_FORM : ALARM;
  const story = inForm ? ONLY_A_STORY_IN_FORM : ONLY_A_STORY;
  const needed = byPhrases ? story : alarm;
  if (!isCry && probability < needed) return undefined;
  const confidence = Math.max(probability, byPhrases ? 0.9 : 0);
  return { ...answer(reading, 'emergency', confidence), emergency: kindOf(reading) };
}
