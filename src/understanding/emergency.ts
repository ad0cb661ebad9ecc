import type { EmergencyPatterns } from './pattern-schemas.ts';
import { createPhraseFinder } from './phrases.ts';
import type { PhraseEntry, PhraseHit } from './phrases.ts';
import type { EmergencyKind } from './understanding.ts';
import type { Word } from './text/words.ts';

/** Whom to ring, most useful first, and whether a person of the commune must be told as well. */
export interface EmergencyContact {
  readonly numbers: readonly string[];
  readonly alertPerson: boolean;
}

/**
 * Vietnam's free emergency numbers: 113 police, 114 fire and rescue, 115 ambulance, 111 child protection, 112 disaster
 * and rescue, run by the Ministry of National Defence under a decision of September 2025 (press, read 2026-11-22).
 * No national line for people who want to die is known to us, so 115 and a person answer.
 */
export const EMERGENCY_CONTACTS = {
  fire: { numbers: ['114', '115', '113'], alertPerson: false },
  drowning: { numbers: ['114', '115', '112'], alertPerson: false },
  electricity: { numbers: ['114', '115'], alertPerson: false },
  medical: { numbers: ['115', '113'], alertPerson: false },
  crime: { numbers: ['113', '115'], alertPerson: false },
  child: { numbers: ['111', '113', '115'], alertPerson: false },
  disaster: { numbers: ['112', '114', '115'], alertPerson: false },
  self_harm: { numbers: ['115', '113', '111'], alertPerson: true },
} as const satisfies Readonly<Record<EmergencyKind, EmergencyContact>>;

/** Which kind wins when a message tells of two: the one whose help differs most from the rest comes first. */
export const EMERGENCY_KINDS = [
  'self_harm',
  'drowning',
  'electricity',
  'fire',
  'child',
  'crime',
  'medical',
  'disaster',
] as const satisfies readonly EmergencyKind[];

/** Never calmed down: "con tôi mất tích từ hôm qua" tells of yesterday and is danger now. */
const NEVER_CALM: readonly EmergencyKind[] = ['self_harm', 'child'];

/** "Cứu tôi với" and nothing else: the police come for any reason and pass the call on. */
const WHEN_ONLY_CRYING: EmergencyKind = 'crime';

export interface EmergencyDetector {
  /** The danger told in a message, or undefined. Missing one is worse than asking once too often. */
  detect(words: readonly Word[]): EmergencyKind | undefined;
}

type Role = 'idiom' | 'calm' | 'urgent' | 'cry';
type Signal = { readonly kind: EmergencyKind; readonly pair?: PairSide };
interface PairSide {
  readonly id: string;
  readonly side: 'act' | 'with';
  readonly within: number;
}

/**
 * Danger is a phrase that says it all ("cháy nhà"), or an act near a person or thing ("đâm" … "dao").
 * Words inside an idiom ("cháy túi") do not count. A calm frame ("hỗ trợ nhà bị cháy", "hôm qua") makes it a
 * question or a report, unless somebody also calls for help.
 */
export function createEmergencyDetector(files: readonly EmergencyPatterns[]): EmergencyDetector {
  const signals = createPhraseFinder(files.flatMap(signalEntries));
  const roles = createPhraseFinder(files.flatMap(roleEntries));
  return {
    detect: (words) => {
      const found = roles.find(words);
      const inIdiom = positionsIn(found.filter((hit) => hit.value === 'idiom'));
      const live = signals.find(words).filter((hit) => !touches(hit, inIdiom));
      const told = EMERGENCY_KINDS.find((candidate) => tellsOf(candidate, live));
      const kind = told ?? (found.some((hit) => hit.value === 'cry') ? WHEN_ONLY_CRYING : undefined);
      if (kind === undefined || NEVER_CALM.includes(kind)) return kind;
      return isCalm(found) ? undefined : kind;
    },
  };
}

function signalEntries(file: EmergencyPatterns): readonly PhraseEntry<Signal>[] {
  return EMERGENCY_KINDS.flatMap((kind) => {
    const { sure, pairs } = file.kinds[kind];
    return [
      ...sure.map((phrase) => ({ phrase, value: { kind } })),
      ...pairs.flatMap((pair, index) => {
        const id = `${file.language}:${kind}:${String(index)}`;
        const side = (phrases: readonly string[], name: PairSide['side']): PhraseEntry<Signal>[] =>
          phrases.map((phrase) => ({
            phrase,
            value: { kind, pair: { id, side: name, within: pair.within } },
          }));
        return [...side(named(file, pair.act), 'act'), ...side(named(file, pair.with), 'with')];
      }),
    ];
  });
}

/** Replaces `@person` by the phrases of that list. The file's check has seen to it that the list exists. */
function named(file: EmergencyPatterns, phrases: readonly string[]): readonly string[] {
  return phrases.flatMap((phrase) =>
    phrase.startsWith('@') ? (file.lists[phrase.slice(1)] ?? []) : [phrase],
  );
}

function roleEntries(file: EmergencyPatterns): readonly PhraseEntry<Role>[] {
  const entries = (phrases: readonly string[], value: Role): PhraseEntry<Role>[] =>
    phrases.map((phrase) => ({ phrase, value }));
  return [
    ...entries(file.idioms, 'idiom'),
    ...entries(file.calm, 'calm'),
    ...entries(file.urgent, 'urgent'),
    ...entries(file.cries, 'cry'),
  ];
}

function positionsIn(hits: readonly PhraseHit<Role>[]): ReadonlySet<number> {
  const positions = new Set<number>();
  for (const { start, end } of hits) for (let at = start; at < end; at += 1) positions.add(at);
  return positions;
}

function touches(hit: PhraseHit<Signal>, positions: ReadonlySet<number>): boolean {
  if (positions.size === 0) return false;
  for (let at = hit.start; at < hit.end; at += 1) if (positions.has(at)) return true;
  return false;
}

function tellsOf(kind: EmergencyKind, hits: readonly PhraseHit<Signal>[]): boolean {
  const own = hits.filter((hit) => hit.value.kind === kind);
  return own.some((hit) => hit.value.pair === undefined) || hasPair(own);
}

/** True when the two sides of one pair stand near each other, in either order, without sharing a word. */
function hasPair(hits: readonly PhraseHit<Signal>[]): boolean {
  const lastOf = new Map<string, PhraseHit<Signal>>();
  const inOrder = [...hits].sort((a, b) => a.end - b.end || b.start - a.start);
  for (const hit of inOrder) {
    const { pair } = hit.value;
    if (!pair) continue;
    const other = lastOf.get(`${pair.id}:${pair.side === 'act' ? 'with' : 'act'}`);
    if (other && other.end <= hit.start && hit.start - other.end <= pair.within) return true;
    lastOf.set(`${pair.id}:${pair.side}`, hit);
  }
  return false;
}

function isCalm(hits: readonly PhraseHit<Role>[]): boolean {
  return hits.some((hit) => hit.value === 'calm') && !hits.some((hit) => hit.value === 'urgent');
}
