import type { WordingValues } from '../kernel/i18n.ts';
import type { Intent, Understanding, UnderstandingContext } from '../understanding/understanding.ts';
import type { FormControl } from './commands.ts';
import { toMenu, toPerson, toResume, withWayBack } from './offers.ts';
import { payloadFor } from './payloads.ts';
import { lines, paragraphs, type Answer, type Reply, type Scene } from './scene.ts';
import type { Choice, FormState } from './turn.ts';

/** Wrong answers in a row at one step after which a person is called. */
export const MAX_MISSES = 3;

export type Answers = FormState['answers'];

/** Something the resident gave while a form is open. */
export type FormInput =
  | { readonly kind: 'words'; readonly text: string; readonly understanding: Understanding }
  | { readonly kind: 'choice'; readonly value: string }
  | { readonly kind: 'photos'; readonly urls: readonly string[]; readonly caption?: string }
  | { readonly kind: 'place'; readonly latitude: number; readonly longitude: number };

/** What a step made of an input. */
export type Reading =
  | {
      readonly kind: 'accepted';
      readonly answers: Answers;
      /** Something to tell beside the next question, by wording key. */
      readonly notice?: { readonly key: string; readonly values?: WordingValues };
      /** Ask the same step again: there may be more. */
      readonly stay?: boolean;
    }
  | { readonly kind: 'refused'; readonly key: string };

/** One question of a form. */
export interface FormStep {
  readonly id: string;
  readonly context: UnderstandingContext;
  readonly optional?: boolean;
  isAnswered(answers: Answers): boolean;
  ask(scene: Scene, answers: Answers): Reply;
  /** True when the text can be nothing but an answer to this question, however else it might be read. */
  recognises?(text: string, scene: Scene): boolean;
  read(input: FormInput, scene: Scene, answers: Answers): Reading;
  /** The answers after the resident passed this step over. */
  skip?(answers: Answers): Answers;
}

/** A form as data: its questions in order, and what happens at the end. */
export interface FormDefinition {
  readonly id: string;
  readonly intent: Intent;
  readonly steps: readonly FormStep[];
  /** Offered when every step is answered; without it the form ends at once. */
  readonly review?: (scene: Scene, answers: Answers) => Reply;
  /** Photos and places are taken at any step by the step that can use them. */
  readonly takes: Readonly<Partial<Record<'photos' | 'place', string>>>;
  finish(scene: Scene, form: FormState): Promise<Answer>;
  /** Words that may not be taken into this form at any step; the form is left and this is said instead. */
  readonly refuses?: (scene: Scene, understanding: Understanding) => Answer | undefined;
  /** What is said when the resident gives the form up. */
  readonly cancelledKey: string;
  readonly helpKey: string;
}

/** The step name of the review, where the only questions left are "send" and "change". */
export const REVIEW = 'review';

export interface FormEngine {
  start(scene: Scene, answers?: Answers, notice?: string): Promise<Answer>;
  answer(scene: Scene, form: FormState, input: FormInput): Promise<Answer>;
  /** An answer that names its step, from a button that may be old. */
  choose(scene: Scene, form: FormState, step: string, value: string): Promise<Answer>;
  control(scene: Scene, form: FormState, control: FormControl): Promise<Answer>;
  edit(scene: Scene, form: FormState, step: string): Answer;
  /** The open question again, for after something else was answered. */
  repeat(scene: Scene, form: FormState, notice?: string): Answer;
  /** A wrong answer: the question again with a hint, and after the third a person. */
  miss(scene: Scene, form: FormState, hintKey: string): Answer;
  contextOf(form: FormState): UnderstandingContext;
  recognises(scene: Scene, form: FormState, text: string): boolean;
}

export interface FormEngineDeps {
  readonly definition: FormDefinition;
  /** Said, and done, when the resident could not answer three times. */
  readonly callPerson: (scene: Scene, reason: string) => Answer;
}

export function createFormEngine({ definition, callPerson }: FormEngineDeps): FormEngine {
  const { id, steps } = definition;
  const findStep = (stepId: string): FormStep | undefined => steps.find((step) => step.id === stepId);

  const nextStepId = (answers: Answers): string =>
    steps.find((step) => !step.isAnswered(answers))?.id ?? REVIEW;

  const question = (scene: Scene, form: FormState): Reply => {
    const step = findStep(form.step);
    const reply = step ? step.ask(scene, form.answers) : definition.review?.(scene, form.answers);
    const controls = controlChoices(scene, {
      first: form.step === steps[0]?.id,
      optional: step?.optional ?? false,
    });
    return { text: '', ...reply, controls };
  };

  const ask = (scene: Scene, form: FormState, reason: string, notice?: string): Answer => {
    const reply = question(scene, form);
    return {
      reason: `${id}.${reason}`,
      replies: [{ ...reply, choices: reply.choices ?? [], text: paragraphs(notice, reply.text) }],
      session: { form, parked: undefined },
    };
  };

  const goOn = async (scene: Scene, form: FormState, stepId: string, notice?: string): Promise<Answer> => {
    const next: FormState = { ...form, step: stepId, misses: 0 };
    if (stepId !== REVIEW || definition.review) return ask(scene, next, `asked.${stepId}`, notice);
    return finish(scene, next);
  };

  const finish = async (scene: Scene, form: FormState): Promise<Answer> => {
    const answer = await definition.finish(scene, form);
    return { ...answer, session: { form: undefined, parked: undefined, ...answer.session } };
  };

  const miss = (scene: Scene, form: FormState, hintKey: string): Answer => {
    const misses = form.misses + 1;
    if (misses < MAX_MISSES)
      return ask(scene, { ...form, misses }, `refused.${form.step}`, scene.say(hintKey));
    const person = callPerson(scene, `${id}.exhausted.${form.step}`);
    return parkUnder(scene, person, { ...form, misses: 0 });
  };

  const readInto = async (
    scene: Scene,
    form: FormState,
    step: FormStep,
    input: FormInput,
  ): Promise<Answer> => {
    const reading = step.read(input, scene, form.answers);
    if (reading.kind === 'refused') return miss(scene, { ...form, step: step.id }, reading.key);
    const answers = { ...form.answers, ...reading.answers };
    const notice = reading.notice && scene.say(reading.notice.key, reading.notice.values);
    const stepId = reading.stay ? step.id : nextStepId(answers);
    return goOn(scene, { ...form, answers }, stepId, notice);
  };

  const takerOf = (form: FormState, input: FormInput): FormStep | undefined => {
    const taker =
      input.kind === 'photos' || input.kind === 'place' ? definition.takes[input.kind] : undefined;
    return findStep(taker ?? form.step);
  };

  const back = (scene: Scene, form: FormState): Promise<Answer> => {
    const answered = nextStepId(form.answers) === REVIEW;
    // Someone changing one line of the review goes back to the review, not to the question before that line.
    if (answered && form.step !== REVIEW && definition.review) return goOn(scene, form, REVIEW);
    const at = form.step === REVIEW ? steps.length : steps.findIndex((step) => step.id === form.step);
    return goOn(scene, form, steps[Math.max(0, at - 1)]?.id ?? REVIEW);
  };

  const skip = (scene: Scene, form: FormState): Promise<Answer> | Answer => {
    const step = findStep(form.step);
    if (!step?.optional || !step.skip) return miss(scene, form, 'form.cannotSkip');
    const answers = { ...form.answers, ...step.skip(form.answers) };
    return goOn(scene, { ...form, answers }, nextStepId(answers));
  };

  const start = (scene: Scene, answers: Answers = {}, notice?: string): Promise<Answer> =>
    goOn(
      scene,
      { form: id, step: '', answers, misses: 0, startedAt: scene.now.toISOString() },
      nextStepId(answers),
      notice,
    );

  const control = async (scene: Scene, form: FormState, name: FormControl): Promise<Answer> => {
    switch (name) {
      case 'back':
        return back(scene, form);
      case 'skip':
        return skip(scene, form);
      case 'restart':
        return start(scene, {}, scene.say('form.restarted'));
      case 'help':
        return ask(scene, form, 'help', lines(scene.say(definition.helpKey), scene.say('form.controls')));
      case 'resume':
        return ask(scene, form, 'resumed', scene.say('form.resumed'));
      case 'cancel':
        return cancelled(scene, definition);
      case 'send':
        return form.step === REVIEW ? finish(scene, form) : miss(scene, form, 'form.notYet');
      case 'done':
        return readOrMiss(scene, form, { kind: 'choice', value: 'done' });
    }
  };

  const readOrMiss = async (scene: Scene, form: FormState, input: FormInput): Promise<Answer> => {
    const refusal = scene.understanding && definition.refuses?.(scene, scene.understanding);
    if (refusal) return { ...refusal, session: { form: undefined, ...refusal.session } };
    const step = takerOf(form, input);
    return step ? readInto(scene, form, step, input) : readReview(scene, form, input);
  };

  const readReview = async (scene: Scene, form: FormState, input: FormInput): Promise<Answer> => {
    if (input.kind !== 'words') return miss(scene, form, 'form.reviewHint');
    if (input.understanding.intent === 'yes') return finish(scene, form);
    if (input.understanding.intent === 'no')
      return ask(scene, form, 'review.edit', scene.say('form.reviewEdit'));
    return miss(scene, form, 'form.reviewHint');
  };

  const edit = (scene: Scene, form: FormState, stepId: string): Answer => {
    if (!findStep(stepId)) return ask(scene, form, 'edit.unknown');
    return ask(scene, { ...form, step: stepId, misses: 0 }, `edit.${stepId}`);
  };

  return {
    start,
    answer: readOrMiss,
    choose: async (scene, form, stepId, value) => {
      const step = findStep(stepId);
      return step
        ? readInto(scene, form, step, { kind: 'choice', value })
        : ask(scene, form, 'choice.unknown');
    },
    control,
    edit,
    repeat: (scene, form, notice) => ask(scene, form, 'repeated', notice),
    miss,
    recognises: (scene, form, text) => findStep(form.step)?.recognises?.(text, scene) ?? false,
    contextOf: (form) => findStep(form.step)?.context ?? 'form:confirm',
  };
}

/** Sets a form aside under an answer about something else, and offers the way back. */
export function parkUnder(scene: Scene, answer: Answer, form: FormState): Answer {
  const resume = toResume(scene);
  const last = answer.replies.at(-1);
  const replies = last ? [...answer.replies.slice(0, -1), withWayBack(last, resume)] : answer.replies;
  return { ...answer, replies, session: { ...answer.session, form: undefined, parked: form } };
}

function cancelled(scene: Scene, definition: FormDefinition): Answer {
  return {
    reason: `${definition.id}.cancelled`,
    replies: [
      {
        text: scene.say(definition.cancelledKey),
        choices: [toMenu(scene), toPerson(scene)],
      },
    ],
    session: { form: undefined, parked: undefined },
  };
}

/** The same words at every step, as buttons as far as there is room. */
function controlChoices(scene: Scene, at: { readonly first: boolean; readonly optional: boolean }): Choice[] {
  const control = (key: string, name: FormControl): Choice => ({
    title: scene.say(key),
    payload: payloadFor({ kind: 'form_control', control: name }),
  });
  return [
    ...(at.optional ? [control('buttons.skip', 'skip')] : []),
    ...(at.first ? [] : [control('buttons.back', 'back')]),
    control('buttons.cancel', 'cancel'),
    toPerson(scene),
  ];
}
