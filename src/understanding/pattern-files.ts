import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { FEEDBACK_CATEGORIES } from '../feedback/feedback.ts';
import { ConfigError } from '../kernel/errors.ts';
import type { Language } from '../kernel/messages.ts';
import { findContradictions } from './example-check.ts';
import {
  KEYWORD_INTENTS,
  abbreviationsFileSchema,
  categoriesFileSchema,
  emergencyFileSchema,
  fillersFileSchema,
  formAnswerFileSchema,
  formalFileSchema,
  intentFileSchema,
} from './pattern-schemas.ts';
import type { Example, KeywordIntent, LearningMaterial, Patterns } from './pattern-schemas.ts';
import type { AmbiguousForm } from './text/shorthand.ts';

/** Every language has to bring these; abbreviations and fillers only where there are any. */
const REQUIRED = [...KEYWORD_INTENTS, 'formal_complaint', 'emergency', 'categories'] as const;
const OPTIONAL = ['abbreviations', 'fillers', 'form_answer'] as const;
const LANGUAGES = ['vi', 'en'] as const satisfies readonly Language[];
const INTENT_LISTS = ['whole', 'sure', 'hint', 'against'] as const;
const FORMAL_LISTS = ['appeal', 'denunciation', 'decisions', 'against'] as const;
const FILLER_LISTS = ['before', 'after'] as const;
/** Words that mean something else inside a form may have another meaning outside. */
const ONLY_IN_FORMS: readonly KeywordIntent[] = ['yes', 'no', 'cancel', 'back'];

/** The name under which sentences of no particular group stand. */
const NO_GROUP = 'general';

type LanguageFiles = ReturnType<typeof readLanguage>;

/**
 * Reads `<localesDir>/<language>/intents/*.json`. Throws one `ConfigError` listing the problems of all files: unknown or
 * missing files, broken JSON, shapes, phrases that cannot be read, one phrase claimed as certain by two intents.
 */
export function loadPatterns(localesDir: string): LearningMaterial {
  const problems: string[] = [];
  const languages = LANGUAGES.filter((language) => existsSync(join(localesDir, language, 'intents')));
  if (!languages.includes('vi')) problems.push(`${join(localesDir, 'vi', 'intents')}: the folder is missing`);
  const files = languages.map((language) => readLanguage(localesDir, language, problems));
  const intents = mergeIntents(files);
  const examples = files.flatMap(examplesOf);
  problems.push(...claimedTwice(intents), ...contradictions(examples));
  if (problems.length > 0) {
    throw new ConfigError(`The pattern files cannot be used:\n  ${problems.join('\n  ')}`, {
      code: 'config.patterns_invalid',
    });
  }
  return {
    intents,
    formal: mergeLists(
      FORMAL_LISTS,
      files.map((file) => file.formal),
    ),
    emergency: files.map((file) => file.emergency),
    categories: mergeLists(
      FEEDBACK_CATEGORIES,
      files.map((file) => file.categories),
    ),
    shorthand: {
      abbreviations: Object.assign({}, ...files.map(({ shorthand }) => shorthand.abbreviations)) as Record<
        string,
        string
      >,
      ambiguous: Object.assign({}, ...files.map(({ shorthand }) => shorthand.ambiguous)) as Record<
        string,
        AmbiguousForm
      >,
    },
    fillers: mergeLists(
      FILLER_LISTS,
      files.map((file) => file.fillers),
    ),
    examples,
  };
}

function readLanguage(localesDir: string, language: Language, problems: string[]) {
  const folder = join(localesDir, language, 'intents');
  problems.push(...wrongNames(folder));
  const read = <S extends z.ZodType>(name: string, schema: S, ifAbsent: unknown): z.infer<S> =>
    readPatternFile(join(folder, `${name}.json`), schema, ifAbsent, problems);
  const noCategories = Object.fromEntries(FEEDBACK_CATEGORIES.map((id) => [id, []]));
  return {
    intents: Object.fromEntries(
      KEYWORD_INTENTS.map((intent) => [intent, read(intent, intentFileSchema, {})]),
    ) as Record<KeywordIntent, z.infer<typeof intentFileSchema>>,
    formal: read('formal_complaint', formalFileSchema, {}),
    fillers: read('fillers', fillersFileSchema, {}),
    formAnswers: read('form_answer', formAnswerFileSchema, {}),
    emergency: { ...read('emergency', emergencyFileSchema, { kinds: {} }), language },
    language,
    categories: read('categories', categoriesFileSchema, { categories: noCategories }).categories,
    shorthand: read('abbreviations', abbreviationsFileSchema, { abbreviations: {} }),
  };
}

function examplesOf({
  language,
  intents,
  formal,
  emergency,
  formAnswers,
}: LanguageFiles): readonly Example[] {
  const files = { ...intents, formal_complaint: formal, emergency, form_answer: formAnswers };
  return ([...KEYWORD_INTENTS, 'formal_complaint', 'emergency', 'form_answer'] as const).flatMap((intent) => {
    const { examples } = files[intent];
    const groups: Readonly<Record<string, readonly string[]>> = Array.isArray(examples)
      ? { [NO_GROUP]: examples }
      : examples;
    return Object.entries(groups).flatMap(([group, texts]) =>
      texts.map((text) => ({ text, intent, language, ...(group !== NO_GROUP && { group }) })),
    );
  });
}

function wrongNames(folder: string): string[] {
  const found = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const known = [...REQUIRED, ...OPTIONAL].map((name) => `${name}.json`);
  const required = REQUIRED.map((name) => `${name}.json`);
  return [
    ...found
      .filter((file) => !known.includes(file))
      .map((file) => `${join(folder, file)}: no intent has this name`),
    ...required
      .filter((file) => !found.includes(file))
      .map((file) => `${join(folder, file)}: the file is missing`),
  ];
}

/** An unusable file is reported and read as empty, so that the other files' problems are found in the same run. */
function readPatternFile<S extends z.ZodType>(
  path: string,
  schema: S,
  ifAbsent: unknown,
  problems: string[],
): z.infer<S> {
  if (!existsSync(path)) return schema.parse(ifAbsent);
  const parsed = schema.safeParse(readJson(path, problems) ?? ifAbsent);
  if (parsed.success) return parsed.data;
  problems.push(...parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.')} ${issue.message}`));
  return schema.parse(ifAbsent);
}

function readJson(path: string, problems: string[]): unknown {
  try {
    // Windows editors put a byte-order mark in front.
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    // The editor of the file has to mend it; all files are reported together.
    problems.push(`${path}: not JSON (${error instanceof Error ? error.message : 'unreadable'})`);
    return undefined;
  }
}

function mergeIntents(files: readonly LanguageFiles[]): Patterns['intents'] {
  return Object.fromEntries(
    KEYWORD_INTENTS.map((intent) => [
      intent,
      mergeLists(
        INTENT_LISTS,
        files.map((file) => file.intents[intent]),
      ),
    ]),
  ) as Record<KeywordIntent, Record<(typeof INTENT_LISTS)[number], string[]>>;
}

/** One record of lists out of one per language. */
function mergeLists<K extends string>(
  keys: readonly K[],
  records: readonly Readonly<Record<K, readonly string[]>>[],
): Record<K, string[]> {
  return Object.fromEntries(keys.map((key) => [key, records.flatMap((record) => record[key])])) as Record<
    K,
    string[]
  >;
}

function contradictions(examples: readonly Example[]): string[] {
  return findContradictions(examples).map(
    ({ example, other }) =>
      `"${example.text}" is an example of both ${other?.intent ?? ''}.json and ${example.intent}.json`,
  );
}

/** The same words cannot mean two things for certain: the order of files would silently decide. */
function claimedTwice(intents: Patterns['intents']): string[] {
  const owner = new Map<string, string>();
  const problems: string[] = [];
  for (const intent of KEYWORD_INTENTS.filter((each) => !ONLY_IN_FORMS.includes(each))) {
    for (const words of new Set([...intents[intent].whole, ...intents[intent].sure])) {
      const other = owner.get(words.toLowerCase());
      if (other) problems.push(`"${words}" is certain in both ${other}.json and ${intent}.json`);
      owner.set(words.toLowerCase(), intent);
    }
  }
  return problems;
}
