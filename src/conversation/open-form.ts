import { parseDossierCode } from '../dossiers/dossier-code.ts';
import { matchChoice } from './choices.ts';
import { intentOf, type Command } from './commands.ts';
import { FEEDBACK_FORM } from './feedback-form.ts';
import { parkUnder, type FormInput } from './forms.ts';
import { DOSSIER_FORM } from './handlers/dossier-status.ts';
import { withKeptWords } from './kept-words.ts';
import { mayInterrupt, toCommand } from './intent-to-command.ts';
import { parseControlWord, parsePayload } from './payloads.ts';
import { without, type Answer, type Reply, type Scene } from './scene.ts';
import type { Topics } from './topics.ts';
import type { FormState } from './turn.ts';

/** An answer and the intent it is counted under. */
export interface Decision {
  readonly intent: string;
  readonly answer: Answer;
}

/** A conversation with an open question: the feedback form, or one of the single questions (a code, a village). */
export interface OpenForm {
  hear(scene: Scene, form: FormState): Promise<Decision>;
  /** A tap, or anything else that is already a command. */
  obey(scene: Scene, form: FormState, command: Command): Promise<Decision>;
  take(scene: Scene, form: FormState, input: FormInput): Promise<Decision>;
}

/** What may stand around a dossier code for the message still to be about nothing else. */
const WORDS_AROUND_A_CODE = 30;

export function createOpenForm(topics: Topics, sceneIn: (scene: Scene, answer: Answer) => Scene): OpenForm {
  const { form: engine } = topics;

  const obey = async (scene: Scene, form: FormState, asked: Command): Promise<Decision> => {
    const command = withKeptWords(asked, scene.session);
    const intent = intentOf(command);
    if (form.form !== FEEDBACK_FORM) return { intent, answer: await leaveQuestion(scene, command) };
    const inside = insideForm(scene, form, command);
    if (inside) return { intent, answer: await inside };
    return { intent, answer: await interrupt(scene, form, command) };
  };

  /** The commands that are about the form itself. */
  const insideForm = (
    scene: Scene,
    form: FormState,
    command: Command,
  ): Promise<Answer> | Answer | undefined => {
    if (command.kind === 'form_control') return engine.control(scene, form, command.control);
    if (command.kind === 'form_choice') return engine.choose(scene, form, command.step, command.value);
    if (command.kind === 'form_edit') return engine.edit(scene, form, command.step);
    if (command.kind === 'help') return engine.control(scene, form, 'help');
    const changesNothing: readonly Command['kind'][] = ['complaint_file', 'greeting', 'thanks'];
    return changesNothing.includes(command.kind) ? engine.repeat(scene, form) : undefined;
  };

  /** Something else was asked: it is answered, then the form goes on where it was, or steps aside when it must. */
  const interrupt = async (scene: Scene, form: FormState, command: Command): Promise<Answer> => {
    const answer = await topics.perform(withoutForm(scene), command);
    if (command.kind === 'formal_complaint')
      return { ...answer, session: { ...answer.session, form: undefined } };
    // A code that was not found is asked for again only when the code was what the conversation was about.
    const other =
      command.kind === 'procedure_status' && command.code !== undefined ? undefined : answer.session?.form;
    if (other) return { ...answer, session: { ...answer.session, form: other, parked: form } };
    if (answer.awaits || command.kind === 'human' || command.kind === 'emergency') {
      return parkUnder(scene, answer, form);
    }
    const question = engine.repeat(sceneIn(scene, answer), form);
    return {
      ...answer,
      replies: [...answer.replies.map(withoutChoices), ...question.replies],
      session: { ...answer.session, ...question.session },
    };
  };

  /** A single question is simply dropped when the resident wants something else. */
  const leaveQuestion = async (scene: Scene, command: Command): Promise<Answer> => {
    // A wrong code counts with the ones before it, so that question sees the form it came from.
    const keepsCounting = command.kind === 'procedure_status' && command.code !== undefined;
    const answer = await topics.perform(keepsCounting ? scene : withoutForm(scene), command);
    return { ...answer, session: { form: undefined, ...answer.session } };
  };

  const hearInFeedback = async (scene: Scene, form: FormState): Promise<Decision> => {
    const { text, understanding } = scene;
    const input: FormInput = { kind: 'words', text, understanding: understanding ?? NOTHING_UNDERSTOOD };
    const command = engine.recognises(scene, form, text) ? undefined : interruption(scene);
    if (command) return obey(scene, form, command);
    return { intent: 'form_answer', answer: await engine.answer(scene, form, input) };
  };

  const hearSingle = async (scene: Scene, form: FormState): Promise<Decision> => {
    if (form.form !== DOSSIER_FORM) {
      const command = interruption(scene);
      if (command) return obey(scene, form, command);
      return { intent: 'subscribe', answer: topics.subscription.readVillage(scene, form) };
    }
    const command = parseDossierCode(scene.text).kind === 'none' ? otherWish(scene) : undefined;
    if (command) return obey(scene, form, command);
    return { intent: 'procedure_status', answer: await topics.status.lookUp(scene, scene.text) };
  };

  return {
    obey,
    take: async (scene, form, input) => ({
      intent: 'form_answer',
      answer: await engine.answer(scene, form, input),
    }),
    async hear(scene, form) {
      const control = parseControlWord(scene.text);
      if (control) return obey(scene, form, { kind: 'form_control', control });
      const match = matchChoice(scene.text, scene.session.choices ?? []);
      if (match.kind === 'chosen') {
        const command = parsePayload(match.choice.payload);
        if (command) return obey(scene, form, command);
      }
      const keyword = parsePayload(scene.text);
      if (keyword) return obey(scene, form, keyword);
      if (form.form !== FEEDBACK_FORM) return hearSingle(scene, form);
      if (match.kind === 'out_of_range' && (scene.session.choices ?? []).length > 0) {
        return { intent: 'form_answer', answer: engine.miss(scene, form, 'form.pickNumber') };
      }
      return hearInFeedback(scene, form);
    },
  };
}

/** What the words ask for instead of answering the question; nothing when they are an answer. */
function interruption(scene: Scene): Command | undefined {
  const { text, understanding } = scene;
  const reading = parseDossierCode(text);
  if (reading.kind === 'code' && text.length <= reading.code.length + WORDS_AROUND_A_CODE) {
    return { kind: 'procedure_status', code: reading.code };
  }
  return understanding && mayInterrupt(understanding) ? toCommand(understanding, text) : undefined;
}

/** While a code is awaited: another wish; asking for the status again is not another wish. */
function otherWish(scene: Scene): Command | undefined {
  const { understanding } = scene;
  if (!understanding || understanding.intent === 'procedure_status') return undefined;
  if (understanding.intent === 'complaint_file' || understanding.intent === 'formal_complaint') {
    return toCommand(understanding, scene.text);
  }
  return interruption(scene);
}

const NOTHING_UNDERSTOOD = { intent: 'form_answer', confidence: 0, alternatives: [], entities: {} } as const;

function withoutForm(scene: Scene): Scene {
  return { ...scene, session: without(scene.session, 'form') };
}

/** Above a repeated question the numbers must belong to that question alone. */
function withoutChoices({ text, buttons }: Reply): Reply {
  return { text, ...(buttons && { buttons }) };
}
