import { FEEDBACK_CATEGORIES, type FeedbackCategory, type FeedbackPlace } from '../feedback/feedback.ts';
import type { Answers } from './forms.ts';

/** The answers of the feedback form with their types; `skipped` fields were passed over on purpose. */
export interface FeedbackAnswers {
  readonly category?: FeedbackCategory;
  /** What the resident's words sounded like; asked, never taken silently. */
  readonly suggested?: FeedbackCategory;
  /** The second page of the list of categories is shown. */
  readonly moreCategories?: boolean;
  readonly description?: string;
  readonly place?: FeedbackPlace;
  readonly photoUrls?: readonly string[];
  /** No more photos are expected. */
  readonly photosDone?: boolean;
}

/** Sessions hold plain JSON, and an older release may have written it: only what has the right shape is used. */
export function toFeedbackAnswers(answers: Answers): FeedbackAnswers {
  const { category, suggested, moreCategories, description, place, photoUrls, photosDone } = answers;
  return {
    ...(isCategory(category) && { category }),
    ...(isCategory(suggested) && { suggested }),
    ...(moreCategories === true && { moreCategories }),
    ...(typeof description === 'string' && { description }),
    ...(typeof place === 'object' && place !== null && { place }),
    ...(Array.isArray(photoUrls) && { photoUrls: photoUrls.filter((url) => typeof url === 'string') }),
    ...(photosDone === true && { photosDone }),
  };
}

export function isCategory(value: unknown): value is FeedbackCategory {
  return FEEDBACK_CATEGORIES.some((category) => category === value);
}

/** The same as answers of a form, so that a misspelt field does not compile. */
export function patch(answers: FeedbackAnswers): Answers {
  return { ...answers };
}
