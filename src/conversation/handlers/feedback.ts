import { isCategory, patch, type FeedbackAnswers } from '../feedback-answers.ts';
import { isTellingSomething, shortenStory } from '../feedback-steps.ts';
import type { FormEngine } from '../forms.ts';
import type { Answer, ConversationDeps, Scene } from '../scene.ts';
import type { Entities } from '../../understanding/understanding.ts';
import type { FormState } from '../turn.ts';

/** Beginning, or going on with, a report. What the resident has said or sent already is not asked again. */
export interface FeedbackTopic {
  begin(scene: Scene, words: string | undefined): Promise<Answer>;
}

export function createFeedbackTopic(
  engine: FormEngine,
  { understander }: Pick<ConversationDeps, 'understander'>,
): FeedbackTopic {
  return {
    async begin(scene, words) {
      const { kept, parked } = scene.session;
      if (parked) return goOn(scene, parked, engine);
      const isAboutElse = kept?.about !== undefined && kept.about !== 'complaint_file';
      const story = words ?? (isAboutElse ? undefined : kept?.text);
      const entities = story === undefined ? {} : understander.understand(story).entities;
      const answers: FeedbackAnswers = {
        ...fromWords(story, entities),
        ...(kept?.photoUrls && { photoUrls: kept.photoUrls, photosDone: true }),
        ...(kept?.latitude !== undefined &&
          kept.longitude !== undefined && { place: { latitude: kept.latitude, longitude: kept.longitude } }),
      };
      return engine.start(scene, patch(answers), scene.say(greetingKey(answers)));
    },
  };
}

/** A picture or a place sent while a report was set aside belongs to that report. */
function goOn(scene: Scene, parked: FormState, engine: FormEngine): Promise<Answer> {
  const { kept } = scene.session;
  if (kept?.photoUrls) return engine.answer(scene, parked, { kind: 'photos', urls: kept.photoUrls });
  if (kept?.latitude !== undefined && kept.longitude !== undefined) {
    const { latitude, longitude } = kept;
    return engine.answer(scene, parked, { kind: 'place', latitude, longitude });
  }
  return engine.control(scene, parked, 'resume');
}

function fromWords(story: string | undefined, { category, village }: Entities): FeedbackAnswers {
  return {
    ...(isCategory(category) && { suggested: category }),
    ...(village !== undefined && { place: { villageId: village } }),
    ...(story !== undefined && isTellingSomething(story) && { description: shortenStory(story) }),
  };
}

function greetingKey({ description, photoUrls, place }: FeedbackAnswers): string {
  if (description !== undefined) return 'feedback.storyNoted';
  if (photoUrls !== undefined) return 'feedback.photoNoted';
  return place?.latitude === undefined ? 'feedback.begin' : 'feedback.placeNoted';
}
