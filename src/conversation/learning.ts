import { localDayOf } from '../calendar/local-time.ts';
import { hasWords, maskPersonal } from '../misunderstood/mask.ts';
import type { Guess, Lesson } from '../misunderstood/misunderstood.ts';
import type { Intent, Understanding } from '../understanding/understanding.ts';
import { matchChoice } from './choices.ts';
import { intentOf } from './commands.ts';
import { askedNow, hasAgreed, mayBeAsked } from './learning-consent.ts';
import type { Decision } from './open-form.ts';
import { parsePayload, payloadFor } from './payloads.ts';
import { hasRoom, type Scene, type SessionChanges } from './scene.ts';
import type { Effect } from './turn.ts';

/** What came in: the words or the payload of a tap, and whether a secret was found in it. */
export interface Heard {
  readonly words: string;
  readonly hasSecret: boolean;
}

/** Longer messages tell a story, and a story tells whose it is. */
const MAX_CHARS = 500;
const MAX_GUESSES = 3;
/** What may be one of these is nobody's to keep, also when it was only a guess. */
const NEVER_KEPT: ReadonlySet<string> = new Set<Intent>(['emergency', 'formal_complaint', 'delete_data']);
/** Every message is a little like everything; from here on it counts as a guess. */
const A_GUESS = 0.05;
/** Choices that do not say what the words before meant. */
const NO_MEANING: ReadonlySet<string> = new Set(['human', 'form_answer']);

/**
 * Looks at what was decided and adds what is to be learned from it: notes what the message before turned out to mean,
 * and keeps this one when it was not understood and the resident has agreed, or asks whether it may be kept.
 */
export function learnFrom(scene: Scene, decision: Decision, heard: Heard): Decision {
  const settled = settleLast(scene, decision, heard.words);
  const lesson = toLesson(scene, decision, heard);
  if (!lesson) return settled;
  if (hasAgreed(scene.session)) {
    return extended(settled, { miss: { key: lesson.key } }, { kind: 'misunderstood.keep', lesson });
  }
  return mayBeAsked(scene.session, scene.now) ? ask(scene, settled, lesson) : settled;
}

/** What the resident did after a message that was not understood. */
function settleLast(scene: Scene, decision: Decision, words: string): Decision {
  const { miss, choices = [] } = scene.session;
  if (!miss || decision.intent === 'learning') return decision;
  if (decision.answer.reason === 'choice.out_of_range') return extended(decision, { miss });
  if (miss.waiting) return decision;
  if (NEVER_KEPT.has(decision.intent))
    return extended(decision, {}, { kind: 'misunderstood.drop', key: miss.key });
  const match = matchChoice(words, choices);
  const command = match.kind === 'chosen' ? parsePayload(match.choice.payload) : undefined;
  const intent = command && intentOf(command);
  if (intent === undefined || intent === 'learning' || intent === 'clarify' || NO_MEANING.has(intent))
    return decision;
  return extended(decision, {}, { kind: 'misunderstood.choose', key: miss.key, intent });
}

/** The message as it would be kept; nothing when it was understood or must not be kept. */
function toLesson(scene: Scene, { answer }: Decision, { hasSecret }: Heard): Lesson | undefined {
  const { text, understanding, session, event, language, now } = scene;
  const reason = missOf(scene, answer.reason);
  if (reason === undefined || session.form || hasSecret || !understanding) return undefined;
  if (text.length > MAX_CHARS || isTouchy(understanding)) return undefined;
  const masked = maskPersonal(text);
  if (!hasWords(masked)) return undefined;
  return {
    key: event.key,
    text: masked,
    language,
    day: localDayOf(now),
    guesses: guessesOf(understanding),
    reason,
  };
}

/** Why this counts as not understood; asking for a person in one's own words right after such a message does too. */
function missOf({ text, session }: Scene, reason: string): string | undefined {
  if (reason === 'clarify' || reason.startsWith('not_understood.')) return reason;
  const isOwnWords =
    parsePayload(text) === undefined && matchChoice(text, session.choices ?? []).kind === 'none';
  return reason === 'human.asked' && session.misunderstood > 0 && isOwnWords ? 'human.after_miss' : undefined;
}

function isTouchy({ intent, suggestions = [], alternatives, formalKind, emergency }: Understanding): boolean {
  const guessed = alternatives.filter((each) => each.confidence >= A_GUESS).map((each) => each.intent);
  const readings = [intent, ...suggestions, ...guessed];
  return formalKind !== undefined || emergency !== undefined || readings.some((each) => NEVER_KEPT.has(each));
}

function guessesOf({ intent, confidence, suggestions = [], alternatives }: Understanding): readonly Guess[] {
  const first = intent === 'clarify' ? [] : [{ intent, confidence }];
  const offered = suggestions.map((each) => ({ intent: each, confidence }));
  const all = new Map([...offered, ...alternatives, ...first].map((guess) => [guess.intent, guess]));
  return [...all.values()]
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MAX_GUESSES)
    .map((guess) => ({ intent: guess.intent, confidence: guess.confidence }));
}

/** One more button and a line under the answer, where there is room; not to somebody who is waiting for a person. */
function ask(scene: Scene, decision: Decision, lesson: Lesson): Decision {
  const { answer } = decision;
  const last = answer.replies.at(-1);
  if (!last || lesson.reason === 'not_understood.person' || lesson.reason === 'human.after_miss')
    return decision;
  if (!hasRoom(last)) return decision;
  const allow = {
    title: scene.say('learning.allow'),
    payload: payloadFor({ kind: 'learning', allowed: true }),
  };
  const asking = {
    ...last,
    footnote: scene.say('learning.notice'),
    controls: [...(last.controls ?? []), allow],
  };
  const replies = [...answer.replies.slice(0, -1), asking];
  return extended(
    { ...decision, answer: { ...answer, replies } },
    { miss: { key: lesson.key, waiting: lesson }, learning: askedNow(scene.session, scene.now) },
  );
}

function extended({ intent, answer }: Decision, session: SessionChanges, effect?: Effect): Decision {
  const effects = [...(answer.effects ?? []), ...(effect ? [effect] : [])];
  return { intent, answer: { ...answer, session: { ...answer.session, ...session }, effects } };
}
