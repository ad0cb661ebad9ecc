import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeUnderstanding } from '../../src/compose-understanding.ts';
import type { UnderstandingParts } from '../../src/compose-understanding.ts';
import { parseCommune } from '../../src/kernel/commune.ts';

const COMMUNE_FILE = 'locales/commune.tien-an.json';

/** What the product understands, for commands: the checkout's files, the model of the last build, the first commune's villages. */
export function openUnderstanding(root = process.cwd()): UnderstandingParts {
  const file = join(root, process.env['COMMUNE_FILE'] ?? COMMUNE_FILE);
  const { villages } = parseCommune(JSON.parse(readFileSync(file, 'utf8')), file);
  return composeUnderstanding(root, villages);
}
