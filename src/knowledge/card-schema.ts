import { z } from 'zod';
import type { Language } from '../kernel/messages.ts';
import type { ProcedureCard, VneidCard } from './knowledge.ts';
import { SOURCE_REGISTER } from './source-register.ts';

/**
 * The card files `locales/<lang>/knowledge/{procedures,vneid}/<id>.json`. Strict on purpose: a misspelt field in
 * a card is a fact that silently never reaches a resident.
 */
const sentence = z.string().trim().min(1);
const sentences = z.array(sentence).min(1);
const isoDay = z.iso.date();

const commonFields = {
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, as in the file name'),
  source: z.strictObject({
    text: sentence,
    /** For reviewers only, never shown. Empty where the fact comes from general knowledge of the rules. */
    keys: z.array(
      z.string().refine((key) => Object.hasOwn(SOURCE_REGISTER, key), 'is not in source-register.ts'),
    ),
  }),
  asOf: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/, 'must be YYYY-MM or YYYY-MM-DD'),
  confidence: z.enum(['high', 'medium', 'low']),
  review: z.strictObject({ reviewedBy: sentence, reviewedAt: isoDay }).nullable(),
};

const procedureFileSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('procedure'),
  code: z
    .string()
    .regex(/^\d\.\d{6}$/, 'a national code such as 1.001193')
    .optional(),
  codeVerified: z.boolean().optional(),
  name: sentence,
  aliases: z.array(sentence),
  time: sentence,
  fee: sentence,
  papers: sentences,
  handler: sentence,
  online: sentence.optional(),
  onlineUrl: z.url({ protocol: /^https$/ }).optional(),
  legalBasis: sentences,
  clarifyFirst: sentences.optional(),
  validFrom: isoDay.optional(),
  validTo: isoDay.optional(),
  verifyLocally: z.boolean(),
});

const vneidFileSchema = z.strictObject({
  ...commonFields,
  kind: z.literal('vneid'),
  question: sentence,
  variants: z.array(sentence),
  steps: sentences,
  escalateTo: sentence.optional(),
});

export type ProcedureFile = z.infer<typeof procedureFileSchema>;
export type VneidFile = z.infer<typeof vneidFileSchema>;
type CardFile = ProcedureFile | VneidFile;

/** A checked file, or everything that is wrong with it in words for the person who edits cards. */
export type CheckedCard<T> = { readonly card: T } | { readonly problems: readonly string[] };

/**
 * Procedures that only a signed petition can start (Luật Khiếu nại 2011, Luật Tố cáo 2018). A resident who took a
 * chat message for one could miss a legal time limit, so these cards must say that it is not.
 */
const PETITION_CARDS: readonly string[] = ['khieu-nai', 'to-cao'];
const NOT_A_PETITION: Readonly<Record<Language, RegExp>> = {
  vi: /chưa phải là đơn/i,
  en: /\bnot (yet )?an? (formal|official|legal)\b/i,
};

export function checkProcedure(
  json: unknown,
  fileId: string,
  language: Language,
): CheckedCard<ProcedureCard> {
  const parsed = procedureFileSchema.safeParse(json);
  if (!parsed.success) return { problems: describeIssues(parsed.error) };
  const file = parsed.data;
  const problems = [...idProblems(file, fileId), ...procedureProblems(file, language)];
  return problems.length > 0 ? { problems } : { card: toProcedureCard(file, language) };
}

export function checkVneid(json: unknown, fileId: string, language: Language): CheckedCard<VneidCard> {
  const parsed = vneidFileSchema.safeParse(json);
  if (!parsed.success) return { problems: describeIssues(parsed.error) };
  const problems = idProblems(parsed.data, fileId);
  return problems.length > 0 ? { problems } : { card: toVneidCard(parsed.data, language) };
}

function idProblems(file: CardFile, fileId: string): string[] {
  return file.id === fileId ? [] : [`id: "${file.id}" must be the file name "${fileId}"`];
}

function procedureProblems(file: ProcedureFile, language: Language): string[] {
  const problems: string[] = [];
  if (file.code !== undefined && file.codeVerified === undefined) {
    problems.push('codeVerified: say whether the code was checked; an unchecked code is not shown');
  }
  if (file.validFrom && file.validTo && file.validTo < file.validFrom) {
    problems.push('validTo: is before validFrom');
  }
  if (PETITION_CARDS.includes(file.id) && !NOT_A_PETITION[language].test(file.time)) {
    problems.push('time: must say that a chat message is not a formal petition and starts no time limit');
  }
  return problems;
}

function describeIssues(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join('.') || '(card)'}: ${issue.message}`);
}

function toProcedureCard(file: ProcedureFile, language: Language): ProcedureCard {
  return {
    ...toCommon(file, language),
    kind: 'procedure',
    ...(file.code !== undefined && file.codeVerified === true ? { code: file.code } : {}),
    name: file.name,
    aliases: file.aliases,
    time: file.time,
    fee: file.fee,
    papers: file.papers,
    handler: file.handler,
    ...(file.online === undefined ? {} : { online: file.online }),
    ...(file.onlineUrl === undefined ? {} : { onlineUrl: file.onlineUrl }),
    legalBasis: file.legalBasis,
    ...(file.clarifyFirst === undefined ? {} : { clarifyFirst: file.clarifyFirst }),
    ...(file.validFrom === undefined ? {} : { validFrom: file.validFrom }),
    ...(file.validTo === undefined ? {} : { validTo: file.validTo }),
    verifyLocally: file.verifyLocally,
  };
}

function toVneidCard(file: VneidFile, language: Language): VneidCard {
  return {
    ...toCommon(file, language),
    kind: 'vneid',
    question: file.question,
    variants: file.variants,
    steps: file.steps,
    ...(file.escalateTo === undefined ? {} : { escalateTo: file.escalateTo }),
  };
}

function toCommon(file: CardFile, language: Language) {
  return {
    id: file.id,
    language,
    source: file.source.text,
    asOf: file.asOf,
    confidence: file.confidence,
    ...(file.review === null ? {} : { review: file.review }),
  };
}
