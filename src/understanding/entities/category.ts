import type { FeedbackCategory } from '../../feedback/feedback.ts';
import { createPhraseFinder } from '../phrases.ts';
import type { PhraseHit } from '../phrases.ts';
import type { Word } from '../text/words.ts';

/** Finds what a report is about. The longest phrase wins, then the first one said. */
export type CategoryFinder = (words: readonly Word[]) => FeedbackCategory | undefined;

/** Feedback category ids by the keyword file. */
export function createCategoryFinder(
  categories: Readonly<Record<FeedbackCategory, readonly string[]>>,
): CategoryFinder {
  const finder = createPhraseFinder(
    (Object.keys(categories) as FeedbackCategory[]).flatMap((id) =>
      categories[id].map((phrase) => ({ phrase, value: id })),
    ),
  );
  return (words) => finder.find(words).reduce<Hit | undefined>(better, undefined)?.value;
}

type Hit = PhraseHit<FeedbackCategory>;

function better(best: Hit | undefined, hit: Hit): Hit {
  if (!best || hit.size > best.size) return hit;
  return hit.size === best.size && hit.start < best.start ? hit : best;
}
