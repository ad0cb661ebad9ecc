import { FEEDBACK_CATEGORIES, type FeedbackCategory, type FeedbackPlace } from '../feedback/feedback.ts';
import type { Commune } from '../kernel/commune.ts';
import { foldVietnamese } from '../kernel/vietnamese.ts';
import { isCategory, patch, toFeedbackAnswers, type FeedbackAnswers } from './feedback-answers.ts';
import type { FormInput, FormStep, Reading } from './forms.ts';
import { payloadFor } from './payloads.ts';
import { shorten, type Scene } from './scene.ts';
import type { Choice } from './turn.ts';
import { findMentionedVillage, findVillage, sayVillage } from './villages.ts';

export const MAX_PHOTOS = 3;
/** Long enough for any honest account; more would not fit the officer's screen nor one message of the summary. */
export const MAX_DESCRIPTION_CHARS = 2000;
const MIN_DESCRIPTION_LETTERS = 6;

/** What most reports are about comes first, so that the list stays short. */
const COMMON: readonly FeedbackCategory[] = [
  'road',
  'lighting',
  'waste',
  'drainage',
  'water_supply',
  'electricity',
  'noise',
  'security',
];
const RARER = FEEDBACK_CATEGORIES.filter((category) => !COMMON.includes(category));
const MORE = 'more';
const NO_PHOTOS = 'none';

export function sayCategory(scene: Scene, category: FeedbackCategory): string {
  return scene.say(`categories.${category}`);
}

export const categoryStep: FormStep = {
  id: 'category',
  context: 'form',
  isAnswered: (answers) => toFeedbackAnswers(answers).category !== undefined,

  ask(scene, answers) {
    const { suggested, moreCategories } = toFeedbackAnswers(answers);
    const choice = (category: FeedbackCategory): Choice => ({
      title: sayCategory(scene, category),
      payload: payloadFor({ kind: 'form_choice', step: 'category', value: category }),
    });
    const more: Choice = {
      title: scene.say('feedback.otherCategories'),
      payload: payloadFor({ kind: 'form_choice', step: 'category', value: MORE }),
    };
    if (suggested && !moreCategories) {
      const text = scene.say('feedback.askSuggested', { category: sayCategory(scene, suggested) });
      return { text, choices: [choice(suggested), more] };
    }
    const page = moreCategories ? RARER : COMMON;
    return {
      text: scene.say('feedback.askCategory'),
      choices: [...page.map(choice), ...(moreCategories ? [] : [more])],
    };
  },

  recognises: (text, scene) => findNamedCategory(text, scene) !== undefined,

  read(input, scene, answers) {
    if (input.kind === 'choice') return readCategory(input.value, toFeedbackAnswers(answers));
    if (input.kind !== 'words') return { kind: 'refused', key: 'feedback.hintCategory' };
    const named = findNamedCategory(input.text, scene);
    if (named) return accepted({ category: named });
    return readStory(input.text, input.understanding.entities.category);
  },
};

function findNamedCategory(text: string, scene: Scene): FeedbackCategory | undefined {
  return FEEDBACK_CATEGORIES.find((id) => sameWords(sayCategory(scene, id), text));
}

/** Someone tells what happened instead of choosing a kind: the story is kept, the kind only suggested. */
function readStory(text: string, category: string | undefined): Reading {
  const suggested = isCategory(category) ? category : undefined;
  if (isTellingSomething(text)) {
    return {
      ...accepted({
        description: shortenStory(text),
        ...(suggested && { suggested, moreCategories: false }),
      }),
      notice: { key: 'feedback.storyNoted' },
      stay: true,
    };
  }
  return suggested ? accepted({ category: suggested }) : { kind: 'refused', key: 'feedback.hintCategory' };
}

function readCategory(value: string, { suggested }: FeedbackAnswers): Reading {
  if (value === MORE) {
    // After a suggestion the common page has not been seen yet; otherwise the rest of the list comes.
    const next: Record<string, unknown> = suggested ? { suggested: null } : { moreCategories: true };
    return { kind: 'accepted', answers: next, stay: true };
  }
  return isCategory(value)
    ? accepted({ category: value })
    : { kind: 'refused', key: 'feedback.hintCategory' };
}

export const descriptionStep: FormStep = {
  id: 'description',
  context: 'form:text',
  isAnswered: (answers) => toFeedbackAnswers(answers).description !== undefined,
  ask: (scene) => ({ text: scene.say('feedback.askDescription') }),
  read(input) {
    if (input.kind !== 'words' || countLetters(input.text) < MIN_DESCRIPTION_LETTERS) {
      return { kind: 'refused', key: 'feedback.hintDescription' };
    }
    const description = shortenStory(input.text);
    return description === input.text
      ? accepted({ description })
      : { ...accepted({ description }), notice: { key: 'feedback.descriptionCut' } };
  },
};

export function createPlaceStep(commune: Commune): FormStep {
  return {
    id: 'place',
    context: 'form:village',
    optional: true,
    isAnswered: (answers) => toFeedbackAnswers(answers).place !== undefined,
    ask: (scene) => ({
      text: scene.say('feedback.askPlace', { village: commune.villageWord }),
      choices: commune.villages.map((village) => ({
        title: sayVillage(village, commune),
        payload: payloadFor({ kind: 'form_choice', step: 'place', value: village.id }),
      })),
    }),
    read(input) {
      const place = readPlace(input, commune);
      return place ? accepted({ place }) : { kind: 'refused', key: 'feedback.hintPlace' };
    },
    skip: () => patch({ place: {} }),
  };
}

function readPlace(input: FormInput, commune: Commune): FeedbackPlace | undefined {
  if (input.kind === 'place') return { latitude: input.latitude, longitude: input.longitude };
  if (input.kind === 'photos') return undefined;
  if (input.kind === 'choice') {
    return commune.villages.some(({ id }) => id === input.value) ? { villageId: input.value } : undefined;
  }
  const exact = findVillage(input.text, commune);
  if (exact) return { villageId: exact.id };
  if (countLetters(input.text) < 2) return undefined;
  const mentioned = findMentionedVillage(input.text, commune)?.id ?? input.understanding.entities.village;
  return { ...(mentioned !== undefined && { villageId: mentioned }), words: shorten(input.text, 300) };
}

export const photosStep: FormStep = {
  id: 'photos',
  context: 'form',
  optional: true,
  isAnswered: (answers) => toFeedbackAnswers(answers).photosDone === true,

  ask(scene, answers) {
    const count = toFeedbackAnswers(answers).photoUrls?.length ?? 0;
    if (count === 0) return { text: scene.say('feedback.askPhotos', { max: MAX_PHOTOS }) };
    const removeAll = payloadFor({ kind: 'form_choice', step: 'photos', value: NO_PHOTOS });
    return {
      text: scene.say('feedback.askMorePhotos', { photos: count, max: MAX_PHOTOS }),
      choices: [
        { title: scene.say('buttons.done'), payload: payloadFor({ kind: 'form_control', control: 'done' }) },
        { title: scene.say('feedback.removePhotos'), payload: removeAll },
      ],
    };
  },

  read(input, _scene, answers) {
    const current = toFeedbackAnswers(answers);
    if (input.kind === 'photos') return readPhotos(input, current);
    if (input.kind === 'choice' && input.value === 'done') return accepted({ photosDone: true });
    if (input.kind === 'choice' && input.value === NO_PHOTOS) {
      return accepted({ photoUrls: [], photosDone: true });
    }
    return { kind: 'refused', key: 'feedback.hintPhotos' };
  },

  skip: () => patch({ photosDone: true }),
};

function readPhotos(input: FormInput & { readonly kind: 'photos' }, current: FeedbackAnswers): Reading {
  const all = [...new Set([...(current.photoUrls ?? []), ...input.urls])];
  const photoUrls = all.slice(0, MAX_PHOTOS);
  const tooMany = all.length > MAX_PHOTOS;
  const caption = current.description === undefined && isTellingSomething(input.caption ?? '');
  // Before the photo question the pictures came on their own: nobody needs to be asked for them again.
  const isEarly = !current.category || current.description === undefined || !current.place;
  const isDone = isEarly || current.photosDone === true || photoUrls.length === MAX_PHOTOS;
  const reading = accepted({
    photoUrls,
    ...(caption && { description: shortenStory(input.caption ?? '') }),
    ...(isDone && { photosDone: true }),
  });
  if (!isDone) return reading;
  const values = { photos: photoUrls.length, max: MAX_PHOTOS };
  return { ...reading, notice: { key: tooMany ? 'feedback.photosTooMany' : 'feedback.photosKept', values } };
}

/** More than a name: a sentence that says what is wrong. */
export function isTellingSomething(text: string): boolean {
  return countLetters(text) >= 15 && text.trim().split(/\s+/).length >= 4;
}

export function shortenStory(text: string): string {
  return shorten(text.trim(), MAX_DESCRIPTION_CHARS);
}

function accepted(answers: FeedbackAnswers): Reading & { kind: 'accepted' } {
  return { kind: 'accepted', answers: patch(answers) };
}

function countLetters(text: string): number {
  return (text.match(/[\p{L}\p{N}]/gu) ?? []).length;
}

function sameWords(title: string, text: string): boolean {
  const plain = (words: string): string =>
    foldVietnamese(words)
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  return plain(title) === plain(text);
}
