/** The two generations of Zalo's message API: government pages are served by v2, business pages by v3. */
export type Generation = 'v2' | 'v3';

/** `ZALO_OA_GENERATION`. */
export type GenerationSetting = 'auto' | Generation;

/** What is known of a page that decides its generation. */
export interface GenerationFacts {
  /** From `getoa`: 2 business, 4 government. */
  readonly oaType?: number;
  /** Learnt from a refusal, which is stronger than the type. */
  readonly pinned?: Generation;
  readonly refusedAt?: Partial<Readonly<Record<Generation, Date>>>;
}

// Zalo OA docs: v2 was closed for business pages in 2024; -235 and -240 seen on live pages, read 2026-11-22.
const GOVERNMENT = 4;
const SENT_TO_WRONG_V3 = -235;
const SENT_TO_CLOSED_V2 = -240;

/** A page refused by both generations is not sent back and forth; after this long it may have been moved. */
const REFUSAL_COUNTS_MS = 24 * 3_600_000;

/** An unknown page starts on the documented v3; the refusal of a government page is definite and costs one call. */
export function chooseGeneration(setting: GenerationSetting, facts: GenerationFacts): Generation {
  if (setting !== 'auto') return setting;
  return facts.pinned ?? (facts.oaType === GOVERNMENT ? 'v2' : 'v3');
}

/**
 * The generation to use after this refusal, if any: only these two codes prove that nothing was delivered because
 * of the path. On every other error the other path could deliver a message twice.
 */
export function generationAfterRefusal(
  used: Generation,
  zaloCode: number | undefined,
  setting: GenerationSetting,
  facts: GenerationFacts,
  now: Date,
): Generation | undefined {
  if (setting !== 'auto') return undefined;
  const next = otherGeneration(used, zaloCode);
  if (!next) return undefined;
  const refusedAt = facts.refusedAt?.[next];
  const wasRefused = refusedAt !== undefined && now.getTime() - refusedAt.getTime() < REFUSAL_COUNTS_MS;
  return wasRefused ? undefined : next;
}

function otherGeneration(used: Generation, zaloCode: number | undefined): Generation | undefined {
  if (used === 'v3' && zaloCode === SENT_TO_WRONG_V3) return 'v2';
  if (used === 'v2' && zaloCode === SENT_TO_CLOSED_V2) return 'v3';
  return undefined;
}
