import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Examples = readonly string[] | Readonly<Record<string, readonly string[]>>;

/** The vocabulary drops what fewer sentences share, so that still fewer would leave nothing to learn. */
const PER_GROUP = 6;
/** There are as many groups as cards, and each costs time. */
const GROUPS = 4;

/** A copy of `locales/` with few example sentences, so that a model of it is learnt in a moment. */
export function copySmallLocales(to: string): void {
  cpSync('locales', to, { recursive: true, filter: (path) => !path.endsWith('intents') });
  for (const language of ['vi', 'en']) {
    const folder = join(to, language, 'intents');
    mkdirSync(folder, { recursive: true });
    for (const file of readdirSync(join('locales', language, 'intents'))) {
      const content = JSON.parse(readFileSync(join('locales', language, 'intents', file), 'utf8')) as {
        readonly examples?: Examples;
      };
      const { examples } = content;
      const small = { ...content, ...(examples && { examples: few(examples) }) };
      writeFileSync(join(folder, file), `${JSON.stringify(small, null, 2)}\n`);
    }
  }
}

function few(examples: Examples): Examples {
  if (isList(examples)) return examples.slice(0, PER_GROUP);
  const groups = Object.entries(examples).slice(0, GROUPS);
  return Object.fromEntries(groups.map(([group, texts]) => [group, texts.slice(0, PER_GROUP)]));
}

function isList(examples: Examples): examples is readonly string[] {
  return Array.isArray(examples);
}
