import type { NewFeedback } from '../feedback/feedback.ts';
import type { FormalKind } from './commands.ts';
import { toFeedbackAnswers, type FeedbackAnswers } from './feedback-answers.ts';
import { categoryStep, createPlaceStep, descriptionStep, photosStep, sayCategory } from './feedback-steps.ts';
import type { Answers, FormDefinition } from './forms.ts';
import { officeCall, sayOfficeNow } from './office-now.ts';
import { toMenu } from './offers.ts';
import { payloadFor } from './payloads.ts';
import { paragraphs, shorten, type Answer, type ConversationDeps, type Reply, type Scene } from './scene.ts';
import type { Choice } from './turn.ts';
import { findMentionedVillage, sayVillageById } from './villages.ts';

export const FEEDBACK_FORM = 'feedback';

/** Enough of the story to recognise it; the officer gets all of it. */
const PREVIEW_CHARS = 300;

export interface FeedbackFormDeps extends Pick<ConversationDeps, 'feedback' | 'commune' | 'calendar'> {
  /** Explains the lawful way of an appeal or denunciation instead of taking it. */
  readonly formalRefusal: (scene: Scene, formalKind: FormalKind | undefined) => Answer;
}

/** Phản ánh, kiến nghị: kind → what happened → where → photos → look it over → send. */
export function createFeedbackForm(deps: FeedbackFormDeps): FormDefinition {
  const { commune } = deps;
  return {
    id: FEEDBACK_FORM,
    intent: 'complaint_file',
    steps: [categoryStep, descriptionStep, createPlaceStep(commune), photosStep],
    refuses: (scene, { intent, formalKind }) =>
      intent === 'formal_complaint' || formalKind !== undefined
        ? deps.formalRefusal(scene, formalKind)
        : undefined,
    takes: { photos: 'photos', place: 'place' },
    cancelledKey: 'feedback.cancelled',
    helpKey: 'feedback.help',
    review: (scene, answers) => review(scene, answers, deps),
    finish: (scene, form) => file(scene, form.answers, deps),
  };
}

function review(scene: Scene, answers: Answers, deps: FeedbackFormDeps): Reply {
  const given = toFeedbackAnswers(answers);
  const line = (step: string, value: string): Choice => ({
    title: scene.say(`feedback.line.${step}`, { value }),
    payload: payloadFor({ kind: 'form_edit', step }),
  });
  return {
    text: scene.say('feedback.review'),
    choices: [
      line('category', given.category ? sayCategory(scene, given.category) : ''),
      line('description', shorten(given.description ?? '', PREVIEW_CHARS)),
      line('place', sayPlace(scene, given, deps)),
      line('photos', String(given.photoUrls?.length ?? 0)),
    ],
    // Typing a number changes that line; the one button is for the one thing most people now want.
    featured: 0,
    buttons: [
      {
        kind: 'send',
        title: scene.say('buttons.send'),
        payload: payloadFor({ kind: 'form_control', control: 'send' }),
      },
    ],
  };
}

/** Where it is, in the words the resident gave; the village only where the words do not name it already. */
function sayPlace(scene: Scene, { place }: FeedbackAnswers, { commune }: FeedbackFormDeps): string {
  const village = place?.villageId === undefined ? undefined : sayVillageById(place.villageId, commune);
  const isNamed = village !== undefined && findMentionedVillage(place?.words ?? '', commune) !== undefined;
  const parts = [
    place?.words,
    isNamed ? undefined : village,
    place?.latitude === undefined ? undefined : scene.say('feedback.placePin'),
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(', ') : scene.say('feedback.placeUnknown');
}

async function file(scene: Scene, answers: Answers, deps: FeedbackFormDeps): Promise<Answer> {
  const given = toFeedbackAnswers(answers);
  const code = await deps.feedback.nextCode(scene.now);
  const feedback: NewFeedback = {
    code,
    oaId: scene.event.oaId,
    residentId: scene.event.residentId,
    category: given.category ?? 'other',
    description: given.description ?? '',
    place: given.place ?? {},
    photoUrls: given.photoUrls ?? [],
    createdAt: scene.now,
  };
  return {
    reason: 'feedback.filed',
    effects: [{ kind: 'feedback.create', feedback }],
    replies: [
      {
        text: paragraphs(scene.say('feedback.filed', { code }), sayOfficeNow(deps, scene)),
        choices: [
          { title: scene.say('feedback.follow'), payload: payloadFor({ kind: 'complaint_status', code }) },
          toMenu(scene),
        ],
        buttons: officeCall(deps, scene),
      },
    ],
  };
}
