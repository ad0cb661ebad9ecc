import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMessageReader } from '../../../src/understanding/message-reader.ts';
import { buildModel } from '../../../src/understanding/model/build-model.ts';
import { classify } from '../../../src/understanding/model/linear-model.ts';
import { decodeModel, encodeModel } from '../../../src/understanding/model/model-file.ts';
import { GROUPED_INTENTS, STEP_KINDS } from '../../../src/understanding/model/model.ts';
import type { UnderstandingModel } from '../../../src/understanding/model/model.ts';
import { loadPatterns } from '../../../src/understanding/pattern-files.ts';
import { copySmallLocales } from '../../support/small-locales.ts';

const FINGERPRINT = 'f'.repeat(64);
let model: UnderstandingModel;
let bytes: Buffer;
/** Where the head, the readable part of the file, ends. */
let headEnd: number;

beforeAll(() => {
  const locales = mkdtempSync(join(tmpdir(), 'model-file-'));
  copySmallLocales(locales);
  model = buildModel(loadPatterns(locales));
  bytes = encodeModel(model, FINGERPRINT);
  headEnd = 4 + bytes.readUInt32LE(0);
  rmSync(locales, { recursive: true });
});

afterAll(() => {
  bytes = Buffer.alloc(0);
});

function withHead(head: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  return Buffer.concat([length, json, bytes.subarray(headEnd)]);
}

function headOf(): Record<string, unknown> {
  return JSON.parse(bytes.toString('utf8', 4, headEnd)) as Record<string, unknown>;
}

/** What a model says of a message, in all its classifiers. */
function saysOf(each: UnderstandingModel, text: string): unknown {
  const { vector } = createMessageReader(each).read(text);
  return [each.intents, ...STEP_KINDS.map((kind) => each.forms[kind])]
    .concat(GROUPED_INTENTS.map((intent) => each.groups[intent]))
    .map((classifier) => classify(classifier, vector));
}

describe('a model file', () => {
  it.each(['hồ sơ của tôi đến đâu rồi', 'den duong hong', 'không', 'cháy nhà', ''])(
    'says of "%s" what the model said that was written',
    (text) => {
      expect(saysOf(decodeModel(bytes, FINGERPRINT)!, text)).toEqual(saysOf(model, text));
    },
  );

  it('is the same when the model that was read is written again', () => {
    expect(encodeModel(decodeModel(bytes, FINGERPRINT)!, FINGERPRINT).equals(bytes)).toBe(true);
  });

  it('is read wherever its bytes begin in memory', () => {
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);

    expect(saysOf(decodeModel(shifted, FINGERPRINT)!, 'rác')).toEqual(saysOf(model, 'rác'));
  });

  it('of other example files is no model', () => {
    expect(decodeModel(bytes, 'e'.repeat(64))).toBeUndefined();
    expect(decodeModel(bytes, '')).toBeUndefined();
  });

  it('cut off anywhere is no model', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(bytes.length - 1), fc.nat(headEnd), fc.nat(8)), (end) => {
        expect(decodeModel(bytes.subarray(0, end), FINGERPRINT)).toBeUndefined();
      }),
    );
  });

  it('with something behind its end is no model', () => {
    expect(decodeModel(Buffer.concat([bytes, Buffer.from([0])]), FINGERPRINT)).toBeUndefined();
  });

  it.each(['known', 'classifiers', 'fingerprint'])('without its %s is no model', (field) => {
    expect(decodeModel(withHead({ ...headOf(), [field]: undefined }), FINGERPRINT)).toBeUndefined();
  });

  it.each(['labels', 'size', 'scales', 'bias', 'name'])(
    'with a classifier without its %s is no model',
    (field) => {
      const head = headOf();
      const [first, ...rest] = head['classifiers'] as Record<string, unknown>[];
      const classifiers = [{ ...first, [field]: undefined }, ...rest];

      expect(decodeModel(withHead({ ...head, classifiers }), FINGERPRINT)).toBeUndefined();
    },
  );

  it.each([
    ['null', null],
    ['a number', 1],
    ['a list', []],
    ['fewer than no words', { known: -1 }],
    ['more words than there are', { known: 1e12 }],
    ['no classifiers', { classifiers: [] }],
  ])('whose head is %s is no model', (_what, head) => {
    const wrong =
      typeof head === 'object' && head !== null && !Array.isArray(head) ? { ...headOf(), ...head } : head;

    expect(decodeModel(withHead(wrong), FINGERPRINT)).toBeUndefined();
  });

  it('of any other bytes is no model', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (garbage) => {
        expect(decodeModel(Buffer.from(garbage), FINGERPRINT)).toBeUndefined();
      }),
    );
  });

  it('with a wrong byte in its head is read or refused, never an error', () => {
    fc.assert(
      fc.property(fc.nat(headEnd - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(bytes);
        damaged[at]! ^= change;

        expect(['object', 'undefined']).toContain(typeof decodeModel(damaged, FINGERPRINT));
      }),
      { numRuns: 60 },
    );
  });
});
