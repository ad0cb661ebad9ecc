import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createMessageReader } from '../../../src/understanding/message-reader.ts';
import { classify } from '../../../src/understanding/model/linear-model.ts';
import type { UnderstandingModel } from '../../../src/understanding/model/model.ts';
import { fingerprintOf, openModel } from '../../../src/understanding/model/open-model.ts';
import type { ModelPlace, OpenedModel } from '../../../src/understanding/model/open-model.ts';
import { copySmallLocales } from '../../support/small-locales.ts';

/** Files and the model of them, as the first start leaves them; each test works on a copy. */
let original: string;
let first: OpenedModel;
let folder: string;
let localesDir: string;
let modelFile: string;

beforeAll(() => {
  original = mkdtempSync(join(tmpdir(), 'open-model-'));
  copySmallLocales(join(original, 'locales'));
  first = openModel(placeIn(original));
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-model-'));
  cpSync(original, folder, { recursive: true });
  ({ localesDir, modelFile } = placeIn(folder));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

afterAll(() => {
  rmSync(original, { recursive: true });
});

function placeIn(root: string): ModelPlace {
  return {
    localesDir: join(root, 'locales'),
    modelFile: join(root, 'dist', 'deeper', 'understanding.model'),
  };
}

/** Adds sentences of one intent, as a person would with an editor. */
function teach(intent: string, ...sentences: readonly string[]): void {
  const file = join(localesDir, 'vi', 'intents', `${intent}.json`);
  const content = JSON.parse(readFileSync(file, 'utf8')) as { readonly examples: readonly string[] };
  writeFileSync(file, JSON.stringify({ ...content, examples: [...content.examples, ...sentences] }));
}

function bestOf(model: UnderstandingModel, text: string): string | undefined {
  return classify(model.intents, createMessageReader(model).read(text).vector)[0]?.label;
}

describe('the model', () => {
  it('is learnt once and read the next time, with the same answers', () => {
    const second = openModel({ localesDir, modelFile });

    expect([first.wasReady, second.wasReady]).toEqual([false, true]);
    expect(readdirSync(join(folder, 'dist', 'deeper'))).toEqual(['understanding.model']);
    for (const text of ['hồ sơ của tôi đến đâu rồi', 'cảm ơn', 'xyz']) {
      expect(bestOf(second.model, text)).toBe(bestOf(first.model, text));
    }
  });

  it('is learnt again after an example was added, and knows it', () => {
    teach('goodbye', ...Array.from({ length: 8 }, (_, at) => `qwzx plugh ${'ôơư'.repeat(at + 1)}`));

    const { model, wasReady } = openModel({ localesDir, modelFile });

    expect(wasReady).toBe(false);
    expect(bestOf(model, 'qwzx plugh')).toBe('goodbye');
    expect(openModel({ localesDir, modelFile }).wasReady).toBe(true);
  });

  it('works where its folder cannot be written', () => {
    const file = join(folder, 'a file');
    writeFileSync(file, 'kept');
    const place = { localesDir, modelFile: join(file, 'understanding.model') };

    const { model, wasReady } = openModel(place);

    expect(bestOf(model, 'cảm ơn')).toBe(bestOf(first.model, 'cảm ơn'));
    expect(wasReady).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['something else', () => Buffer.from('{"not": "a model"}'.repeat(50))],
  ])('is learnt again when its file is %s, and the file is mended', (_how, damage) => {
    const whole = readFileSync(modelFile);
    writeFileSync(modelFile, damage(whole));

    expect(openModel({ localesDir, modelFile }).wasReady).toBe(false);
    expect(readFileSync(modelFile).equals(whole)).toBe(true);
  });

  it('of wrong files is refused, and nothing is written', () => {
    rmSync(modelFile);
    writeFileSync(join(localesDir, 'vi', 'intents', 'thanks.json'), '{');

    expect(() => openModel({ localesDir, modelFile })).toThrow(
      expect.objectContaining({ code: 'config.patterns_invalid' }),
    );
    expect(existsSync(modelFile)).toBe(false);
  });
});

describe('the fingerprint of the pattern files', () => {
  it('is the same for a copy of them, wherever it lies', () => {
    const copy = join(folder, 'copy');
    copySmallLocales(copy);

    expect(fingerprintOf(copy)).toBe(fingerprintOf(localesDir));
  });

  it('changes with a sentence, with a short form and with a file, and not with a card', () => {
    const prints = [fingerprintOf(localesDir)];
    teach('thanks', 'đội ơn xã');
    prints.push(fingerprintOf(localesDir));
    writeFileSync(join(localesDir, 'en', 'intents', 'abbreviations.json'), '{"abbreviations":{}}');
    prints.push(fingerprintOf(localesDir));
    writeFileSync(join(localesDir, 'vi', 'messages.json'), '{}');

    expect(new Set(prints).size).toBe(3);
    expect(fingerprintOf(localesDir)).toBe(prints.at(-1));
  });
});
