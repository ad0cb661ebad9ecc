/** Phản ánh, kiến nghị: a field problem or suggestion. Never an appeal (khiếu nại) or a denunciation (tố cáo). */

export const FEEDBACK_CATEGORIES = [
  'road',
  'lighting',
  'tree',
  'water_supply',
  'drainage',
  'electricity',
  'waste',
  'noise',
  'encroachment',
  'land',
  'security',
  'food_safety',
  'health',
  'education',
  'social_policy',
  'slow_procedure',
  'staff_attitude',
  'telecom',
  'animals',
  'disaster',
  'scam',
  'suggestion',
  'other',
] as const;

export type FeedbackCategory = (typeof FEEDBACK_CATEGORIES)[number];

export type FeedbackState =
  'received' | 'assigned' | 'in_progress' | 'done' | 'refused' | 'moved' | 'duplicate';

export interface FeedbackPlace {
  readonly villageId?: string;
  readonly words?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

export interface NewFeedback {
  /** `PA-261124-0007`: what the resident reads aloud. */
  readonly code: string;
  readonly oaId: string;
  readonly residentId: string;
  readonly category: FeedbackCategory;
  readonly description: string;
  readonly place: FeedbackPlace;
  readonly photoUrls: readonly string[];
  readonly createdAt: Date;
}

export interface Feedback extends NewFeedback {
  readonly state: FeedbackState;
  readonly updatedAt: Date;
}

export interface FeedbackStore {
  /** The next free code of that local day; a number may be skipped, never given twice. */
  nextCode(now: Date): Promise<string>;
  /** Idempotent by `sourceKey`: applying the same turn twice files one case. */
  create(feedback: NewFeedback, sourceKey: string): Promise<void>;
  /** Only the resident's own cases are found. */
  findOwn(oaId: string, residentId: string, code: string): Promise<Feedback | undefined>;
  listOwn(oaId: string, residentId: string, limit: number): Promise<readonly Feedback[]>;
}
