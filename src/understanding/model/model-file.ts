import type { LinearModel } from './linear-model.ts';
import type { Patterns } from '../pattern-schemas.ts';
import { GROUPED_INTENTS, STEP_KINDS } from './model.ts';
import type { UnderstandingModel } from './model.ts';
import { RARITY_STEP, toVocabulary } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * A model as bytes: four bytes with the length of the head, the head as JSON (fingerprint, phrases, shapes), the known
 * hashes as four bytes each, the rarity of each as a byte, then the weights of each classifier in the order of the head.
 */
interface Head {
  readonly fingerprint: string;
  readonly patterns: Patterns;
  /** How many hashes are known. */
  readonly known: number;
  readonly classifiers: readonly ClassifierHead[];
}

interface ClassifierHead {
  readonly name: string;
  readonly labels: readonly string[];
  readonly size: number;
  readonly scales: readonly number[];
  readonly bias: readonly number[];
  readonly temperature: number;
}

const HEAD_LENGTH_BYTES = 4;
const HASH_BYTES = 4;

/** `fingerprint` names the files the model was learnt from; see `fingerprintOf`. */
export function encodeModel(model: UnderstandingModel, fingerprint: string): Buffer {
  const classifiers = listClassifiers(model);
  const head: Head = {
    fingerprint,
    patterns: model.patterns,
    known: model.vocabulary.hashes.length,
    classifiers: classifiers.map(({ name, model: each }) => ({
      name,
      labels: each.labels,
      size: each.size,
      scales: [...each.scales],
      bias: [...each.bias],
      temperature: each.temperature,
    })),
  };
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(HEAD_LENGTH_BYTES);
  length.writeUInt32LE(json.length);
  const hashes = Buffer.alloc(head.known * HASH_BYTES);
  model.vocabulary.hashes.forEach((hash, at) => hashes.writeUInt32LE(hash, at * HASH_BYTES));
  const rarity = Buffer.from(
    Uint8Array.from(model.vocabulary.rarity, (value) => Math.round(value / RARITY_STEP)),
  );
  const weights = classifiers.map((each) => toBuffer(each.model.weights));
  return Buffer.concat([length, json, hashes, rarity, ...weights]);
}

/** The model, or undefined when the bytes are of other example files, of another version, or damaged. */
export function decodeModel(bytes: Buffer, fingerprint: string): UnderstandingModel | undefined {
  try {
    return readModel(bytes, fingerprint);
  } catch {
    // A damaged head lacks what it should name. The caller builds a model.
    return undefined;
  }
}

function readModel(bytes: Buffer, fingerprint: string): UnderstandingModel | undefined {
  const head = readHead(bytes);
  if (head?.fingerprint !== fingerprint) return undefined;
  let at = HEAD_LENGTH_BYTES + bytes.readUInt32LE(0);
  if (at + head.known * (HASH_BYTES + 1) > bytes.length) return undefined;
  const vocabulary = readVocabulary(bytes, at, head.known);
  at += head.known * (HASH_BYTES + 1);
  const classifiers = new Map<string, LinearModel>();
  for (const { name, labels, size, scales, bias, temperature } of head.classifiers) {
    const length = size * labels.length;
    if (at + length > bytes.length) return undefined;
    const weights = new Int8Array(bytes.buffer, bytes.byteOffset + at, length);
    classifiers.set(name, {
      labels,
      size,
      weights,
      scales: Float32Array.from(scales),
      bias: Float32Array.from(bias),
      temperature,
    });
    at += length;
  }
  return at === bytes.length ? assemble(head.patterns, vocabulary, classifiers) : undefined;
}

function assemble(
  patterns: Patterns,
  vocabulary: Vocabulary,
  classifiers: ReadonlyMap<string, LinearModel>,
): UnderstandingModel | undefined {
  const intents = classifiers.get('intents');
  const forms = pick(STEP_KINDS, (kind) => classifiers.get(`forms.${kind}`));
  const groups = pick(GROUPED_INTENTS, (intent) => classifiers.get(`groups.${intent}`));
  return intents && forms && groups ? { patterns, vocabulary, intents, forms, groups } : undefined;
}

/** A record with a value for every key, or undefined when one is missing. */
function pick<K extends string, T>(
  keys: readonly K[],
  valueOf: (key: K) => T | undefined,
): Readonly<Record<K, T>> | undefined {
  const entries = keys.map((key) => [key, valueOf(key)] as const);
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(entries) as unknown as Readonly<Record<K, T>>;
}

function readVocabulary(bytes: Buffer, start: number, known: number): Vocabulary {
  const hashes = Uint32Array.from({ length: known }, (_, at) => bytes.readUInt32LE(start + at * HASH_BYTES));
  const rarityStart = start + known * HASH_BYTES;
  const rarity = Float32Array.from(
    bytes.subarray(rarityStart, rarityStart + known),
    (value) => value * RARITY_STEP,
  );
  return toVocabulary(hashes, rarity);
}

function readHead(bytes: Buffer): Head | undefined {
  const length = bytes.readUInt32LE(0);
  return JSON.parse(bytes.toString('utf8', HEAD_LENGTH_BYTES, HEAD_LENGTH_BYTES + length)) as
    Head | undefined;
}

function listClassifiers({ intents, forms, groups }: UnderstandingModel) {
  return [
    { name: 'intents', model: intents },
    ...STEP_KINDS.map((kind) => ({ name: `forms.${kind}`, model: forms[kind] })),
    ...GROUPED_INTENTS.map((intent) => ({ name: `groups.${intent}`, model: groups[intent] })),
  ];
}

function toBuffer({ buffer, byteOffset, byteLength }: Int8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
