import type { FormalPatterns } from './pattern-schemas.ts';
import { createPhraseFinder } from './phrases.ts';
import type { Understanding } from './understanding.ts';
import type { Word } from './text/words.ts';

export interface FormalComplaint {
  readonly kind: NonNullable<Understanding['formalKind']>;
  /** An appeal that names a decision or act of an authority. Without, "khiếu nại" may just be a strong word for a report. */
  readonly namesDecision: boolean;
}

/** Finds khiếu nại (appeal) and tố cáo, tố giác, bribery (denunciation). */
export interface FormalComplaintDetector {
  detect(words: readonly Word[]): FormalComplaint | undefined;
}

/** A denunciation wins over an appeal in the same message: the law protects who makes it, so nothing may be filed openly. */
export function createFormalComplaintDetector(patterns: FormalPatterns): FormalComplaintDetector {
  const finder = createPhraseFinder(
    (['appeal', 'denunciation', 'decisions', 'against'] as const).flatMap((value) =>
      patterns[value].map((phrase) => ({ phrase, value })),
    ),
  );
  return {
    detect: (words) => {
      const found = new Set(finder.find(words).map((hit) => hit.value));
      if (found.has('against')) return undefined;
      if (found.has('denunciation')) return { kind: 'denunciation', namesDecision: true };
      if (found.has('appeal')) return { kind: 'appeal', namesDecision: found.has('decisions') };
      return undefined;
    },
  };
}
