/**
 * Part of `npm run build`, and of `npm ci`: learns the model of the example sentences, unless it is there already.
 * `npm run check:examples` only reports what is wrong with the sentences.
 */
import { join } from 'node:path';
import { statSync } from 'node:fs';
import { modelFileIn } from '../src/compose-understanding.ts';
import { openModel } from '../src/understanding/model/open-model.ts';
import { loadPatterns } from '../src/understanding/pattern-files.ts';

const root = process.cwd();
const localesDir = join(root, 'locales');
const modelFile = modelFileIn(root);
const startedAt = Date.now();
const patterns = loadPatterns(localesDir);
const { wasReady } = openModel({ localesDir, modelFile }, patterns);
const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
const megabytes = (statSync(modelFile).size / 1e6).toFixed(1);
console.log(
  wasReady
    ? `The model of ${String(patterns.examples.length)} example sentences is up to date (${megabytes} MB).`
    : `Learnt ${String(patterns.examples.length)} example sentences in ${seconds} s (${megabytes} MB).`,
);
