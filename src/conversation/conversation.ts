import { localDayOf } from '../calendar/local-time.ts';
import { cleanText } from '../kernel/vietnamese.ts';
import type { EventContent } from '../kernel/messages.ts';
import { matchChoice } from './choices.ts';
import type { Command } from './commands.ts';
import type { FormInput } from './forms.ts';
import { parkUnder } from './forms.ts';
import { FEEDBACK_FORM } from './feedback-form.ts';
import { DOSSIER_FORM } from './handlers/dossier-status.ts';
import type { Media } from './handlers/media.ts';
import { createHearing } from './hearing.ts';
import { learnFrom } from './learning.ts';
import { stoppedNow } from './learning-consent.ts';
import { toMenu, toPerson } from './offers.ts';
import { officeCall } from './office-now.ts';
import { createOpenForm, type Decision } from './open-form.ts';
import { parsePayload } from './payloads.ts';
import { isQuiet, quietAfter } from './quiet.ts';
import { nextSession, paragraphs, renderReply, without } from './scene.ts';
import type { Answer, ConversationDeps, Reply, Scene } from './scene.ts';
import { withFreshForm } from './session-age.ts';
import { guardSecrets, isOnlySecret } from './secrets-guard.ts';
import { createTopics } from './topics.ts';
import { FAILURE_REASON } from './turn.ts';
import type { Conversation, Effect, SessionState, Turn, TurnOutcome } from './turn.ts';
import type { Understanding, UnderstandingContext } from '../understanding/understanding.ts';

/**
 * The whole conversation. In order: events nobody should hear an answer to, danger, a person who has the
 * conversation, secrets, an open form, and what the words or the tap ask for. Reads stores and decides; sends nothing.
 */
export function createConversation(deps: ConversationDeps): Conversation {
  const topics = createTopics(deps);
  const openForm = createOpenForm(topics, (scene, answer) =>
    sceneFor({ ...scene, language: answer.session?.language ?? scene.language }, deps),
  );
  const hearing = createHearing(topics, openForm, deps);

  const contextOf = ({ form }: SessionState): UnderstandingContext | undefined => {
    if (!form) return undefined;
    if (form.form === FEEDBACK_FORM) return topics.form.contextOf(form);
    return form.form === DOSSIER_FORM ? 'form' : 'form:village';
  };

  const understand = ({ session, now }: Turn, text: string): Understanding =>
    deps.understander.understand(text, contextOf(session), localDayOf(now));

  const obey = (scene: Scene, command: Command): Promise<Decision> => {
    const { form } = scene.session;
    return form ? openForm.obey(scene, form, command) : hearing.obey(scene, command);
  };

  /** Danger is answered at any time; a form waits until it is over. */
  const danger = async (scene: Scene): Promise<Decision> => {
    const answer = await topics.perform(scene, { kind: 'emergency' });
    const { form } = scene.session;
    const asks = form?.form === FEEDBACK_FORM ? parkUnder(scene, answer, form) : answer;
    return { intent: 'emergency', answer: asks };
  };

  const hear = async (turn: Turn, words: string): Promise<TurnOutcome> => {
    const guarded = guardSecrets(cleanText(words));
    const tapped = guarded.text.startsWith('#') ? parsePayload(guarded.text) : undefined;
    const understanding = tapped ? undefined : understand(turn, guarded.text);
    const scene = sceneFor({ ...baseOf(turn), text: tapped ? '' : guarded.text, understanding }, deps);
    const heard = { words: guarded.text, hasSecret: guarded.found.length > 0 };
    if (understanding?.intent === 'emergency' && !isOwnWord(scene)) {
      return conclude(turn, scene, learnFrom(scene, await danger(scene), heard));
    }

    const awake = wake(scene, tapped ?? parsePayload(guarded.text));
    if (!awake) return silent(turn, 'human', 'quiet');
    const warning = heard.hasSecret ? scene.say(warningKey(guarded.found)) : undefined;
    if (warning !== undefined && isOnlySecret(guarded)) {
      return conclude(turn, awake, { intent: 'out_of_scope', answer: warnOnly(awake, warning) });
    }
    const decision = learnFrom(awake, await route(awake, tapped), heard);
    return conclude(turn, awake, withWarning(decision, warning));
  };

  const warnOnly = (scene: Scene, warning: string): Answer => {
    const { form } = scene.session;
    if (form?.form === FEEDBACK_FORM) return topics.form.repeat(scene, form, warning);
    const reply: Reply = { text: warning, choices: [toMenu(scene), toPerson(scene)] };
    return { reason: 'guard.secret', replies: [reply] };
  };

  const route = (scene: Scene, tapped: Command | undefined): Promise<Decision> => {
    const { form } = scene.session;
    if (tapped) return obey(scene, tapped);
    return form ? openForm.hear(scene, form) : hearing.hear(scene);
  };

  /** Pictures, places, voices and the like. A form takes what it can use. */
  const receive = async (turn: Turn, content: Media): Promise<TurnOutcome> => {
    const guarded = guardSecrets(cleanText('text' in content ? (content.text ?? '') : ''));
    const understanding = guarded.text === '' ? undefined : understand(turn, guarded.text);
    const scene = sceneFor({ ...baseOf(turn), text: guarded.text, understanding }, deps);
    if (understanding?.intent === 'emergency') return conclude(turn, scene, await danger(scene));
    if (isQuiet(turn.session, turn.now)) return silent(turn, 'human', 'quiet');
    const warning = guarded.found.length > 0 ? scene.say(warningKey(guarded.found)) : undefined;
    return conclude(turn, scene, withWarning(await receiveIn(scene, content), warning));
  };

  const receiveIn = async (scene: Scene, content: Media): Promise<Decision> => {
    const { form } = scene.session;
    const input = toFormInput(content, scene.text);
    if (form?.form === FEEDBACK_FORM) {
      if (input) return openForm.take(scene, form, input);
      const answer = topics.media.answer(scene, content);
      const question = topics.form.repeat(scene, form);
      const told = answer.replies.map(({ text }) => ({ text }));
      return {
        intent: 'form_answer',
        answer: { ...answer, replies: [...told, ...question.replies], session: { ...question.session } },
      };
    }
    if (form?.form === DOSSIER_FORM && content.kind === 'image') {
      const reply: Reply = { text: scene.say('media.slipPhoto'), choices: [toPerson(scene), toMenu(scene)] };
      return { intent: 'procedure_status', answer: { reason: 'media.slip_photo', replies: [reply] } };
    }
    if (saysSomethingElse(scene)) return hearing.hear(scene);
    const answer = topics.media.answer(scene, content);
    return { intent: content.kind, answer: { ...answer, session: { form: undefined, ...answer.session } } };
  };

  const greet = async (turn: Turn): Promise<TurnOutcome> => {
    const effects: Effect[] =
      turn.content.kind === 'hello' && turn.content.via === 'follow'
        ? [{ kind: 'resident.follow', following: true }]
        : [];
    if (isQuiet(turn.session, turn.now)) return silent(turn, 'greeting', 'quiet', { effects });
    const scene = sceneFor({ ...baseOf(turn), text: '' }, deps);
    const answer = await topics.perform(scene, { kind: 'greeting' });
    return conclude(turn, scene, { intent: 'greeting', answer: { ...answer, effects } });
  };

  /** Turns a decision into the outcome; the very first one says who is speaking before anything else. */
  const conclude = (turn: Turn, scene: Scene, { intent, answer }: Decision): TurnOutcome => {
    // In danger every line above the numbers is one too many: the introduction waits for the next message.
    const isFirst =
      turn.session.introducedAt === undefined && intent !== 'emergency' && answer.replies.length > 0;
    const replies = isFirst ? [topics.welcome.introduction(scene), ...answer.replies] : answer.replies;
    const session = nextSession(scene.session, answer);
    return {
      intent,
      reason: answer.reason,
      say: replies.map(renderReply),
      session: isFirst ? { ...session, introducedAt: turn.now.toISOString() } : session,
      effects: answer.effects ?? [],
    };
  };

  return {
    async decide(original) {
      const turn = { ...original, session: withFreshForm(original.session, original.now) };
      const { content } = turn;
      if (isRecord(content)) return record(turn, content);
      if (content.kind === 'hello') return greet(turn);
      if (content.kind === 'text') return hear(turn, content.text);
      if (content.kind === 'link' && hasWordsBesideLink(content.text)) return hear(turn, content.text ?? '');
      return receive(turn, content);
    },

    apologise(turn) {
      const scene = sceneFor({ ...baseOf(turn), text: '' }, deps);
      if (isQuiet(turn.session, turn.now) || isRecord(turn.content)) {
        return silent(turn, 'failure', FAILURE_REASON);
      }
      const choices = [toPerson(scene), toMenu(scene)];
      const reply: Reply = { text: scene.say('failure.apology'), choices, buttons: officeCall(deps, scene) };
      return {
        intent: 'failure',
        reason: FAILURE_REASON,
        say: [renderReply(reply)],
        session: { ...turn.session, choices },
        effects: [{ kind: 'escalation.open', reason: 'failure' }],
      };
    },
  };
}

/** Events that are records, not questions: they are noted, and nobody is written to. */
type RecordContent = Extract<
  EventContent,
  { readonly kind: 'goodbye' | 'withdraw' | 'admin_reply' | 'reaction' | 'echo' | 'receipt' }
>;
const RECORDS: ReadonlySet<string> = new Set<RecordContent['kind']>([
  'goodbye',
  'withdraw',
  'admin_reply',
  'reaction',
  'echo',
  'receipt',
]);

function isRecord(content: EventContent): content is RecordContent {
  return RECORDS.has(content.kind);
}

function record(turn: Turn, { kind }: RecordContent): TurnOutcome {
  if (kind === 'goodbye') {
    return silent(turn, 'goodbye', 'unfollowed', {
      effects: [{ kind: 'resident.follow', following: false }],
    });
  }
  if (kind === 'withdraw') {
    return silent(turn, 'delete_data', 'withdrawn', {
      session: { ...without(turn.session, 'miss'), learning: stoppedNow(turn.now) },
      effects: [{ kind: 'escalation.open', reason: 'delete_data' }, { kind: 'misunderstood.forget' }],
    });
  }
  if (kind === 'admin_reply') {
    const quietUntil = quietAfter(turn.session, turn.event.sentAt);
    return silent(turn, 'human', 'staff_replied', { session: { ...turn.session, quietUntil } });
  }
  return silent(turn, 'none', kind);
}

type SceneParts = Pick<Scene, 'event' | 'now' | 'session' | 'language' | 'text'> & {
  readonly understanding?: Scene['understanding'] | undefined;
};

function baseOf({ event, now, session }: Turn) {
  return { event, now, session, language: session.language };
}

function sceneFor({ understanding, ...parts }: SceneParts, { wording }: ConversationDeps): Scene {
  return {
    ...parts,
    ...(understanding && { understanding }),
    say: (key, values) => wording.say(parts.language, key, values),
  };
}

/** While a person has the conversation only the menu brings the bot back; "stop learning" is heard at any time. */
function wake(scene: Scene, command: Command | undefined): Scene | undefined {
  if (!isQuiet(scene.session, scene.now) || command?.kind === 'learning') return scene;
  if (command?.kind !== 'menu') return undefined;
  return { ...scene, session: without(scene.session, 'quietUntil') };
}

function silent(
  turn: Turn,
  intent: string,
  reason: string,
  changes: Partial<Pick<TurnOutcome, 'session' | 'effects'>> = {},
): TurnOutcome {
  return { intent, reason, say: [], session: turn.session, effects: [], ...changes };
}

function withWarning(decision: Decision, warning: string | undefined): Decision {
  const [first, ...others] = decision.answer.replies;
  if (warning === undefined || !first) return decision;
  const warned = { ...first, text: paragraphs(warning, first.text) };
  return { ...decision, answer: { ...decision.answer, replies: [warned, ...others] } };
}

function warningKey(found: readonly string[]): string {
  return found.includes('one_time_code') || found.includes('password') ? 'guard.code' : 'guard.citizenId';
}

function toFormInput(content: Media, caption: string): FormInput | undefined {
  if (content.kind === 'image') {
    return { kind: 'photos', urls: content.files.map(({ url }) => url), ...(caption !== '' && { caption }) };
  }
  if (content.kind === 'location') {
    return { kind: 'place', latitude: content.latitude, longitude: content.longitude };
  }
  return undefined;
}

/** A keyword or a title of ours, typed as the whole message: no danger hides in it, whatever it sounds like. */
function isOwnWord({ text, session: { choices = [] } }: Scene): boolean {
  return parsePayload(text) !== undefined || matchChoice(text, choices).kind === 'chosen';
}

/** A caption that is a wish of its own ("hồ sơ này xong chưa"), not the story of the picture. */
function saysSomethingElse({ understanding }: Scene): boolean {
  if (!understanding) return false;
  const maybeStory = ['complaint_file', 'clarify', 'out_of_scope', 'form_answer', 'greeting', 'thanks'];
  return !maybeStory.includes(understanding.intent) && understanding.confidence >= 0.7;
}

function hasWordsBesideLink(text: string | undefined): boolean {
  const words = (text ?? '').replace(/\S+:\/\/\S+|\S+\.\S{2,}\/?\S*/g, ' ').match(/\p{L}{2,}/gu);
  return (words ?? []).length >= 2;
}
