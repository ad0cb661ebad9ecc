/**
 * Part of `npm run build`, and of `npm ci`: learns the model of the example sentences, unless it is there already.
 * `npm run check:examples` only reports what is wrong with the sentences.
 */
import { join } from 'node:path';
import { statSync } from 'node:fs';
import { modelFileIn } from '../src/compose-understanding.ts';
import { openModel } from '../src/understanding/model/open-model.ts';

const root = process.cwd();
const localesDir = join(root, 'locales');
const modelFile = modelFileIn(root);
const startedAt = Date.now();
const { wasReady } = openModel({ localesDir, modelFile });
const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
const megabytes = (statSync(modelFile).size / 1e6).toFixed(1);
console.log(
  wasReady
    ? `The model of the example sentences is up to date (${megabytes} MB).`
    : `Learnt the example sentences in ${seconds} s (${megabytes} MB).`,
);
