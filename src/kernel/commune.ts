import { z } from 'zod';
import { ConfigError } from './errors.ts';

/**
 * Everything that differs between communes. One JSON file (`COMMUNE_FILE`) holds it, so that a second commune is
 * a second file and no code. Times are local (Asia/Ho_Chi_Minh), `HH:mm`.
 */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:mm');
const timeBlock = z.strictObject({ from: timeOfDay, to: timeOfDay });
const isoDay = z.iso.date();
const phone = z.string().regex(/^0\d{8,10}$|^1\d{2,9}$/, 'a Vietnamese phone number, digits only');

const villageSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  aliases: z.array(z.string()).default([]),
});

const communeSchema = z.strictObject({
  name: z.string().min(1),
  /** How residents call it in a sentence, for example `xã Tiền An`. */
  shortName: z.string().min(1),
  formerNames: z.array(z.string()).default([]),
  /** `thôn` in a commune, `khu` in most wards. */
  villageWord: z.string().min(1),
  villages: z.array(villageSchema).min(1),
  address: z.string().min(1),
  mapUrl: z.url().optional(),
  officePhone: phone,
  policePhone: phone,
  oneStopName: z.string().min(1),
  oneStopPhone: phone.optional(),
  dossierLookupUrl: z.url(),
  /** ISO weekdays, 1 = Monday. Several blocks a day make a lunch break. */
  officeHours: z.array(
    z.strictObject({ weekdays: z.array(z.int().min(1).max(7)).min(1), blocks: z.array(timeBlock).min(1) }),
  ),
  holidays: z.array(
    z.strictObject({ day: isoDay, name: z.string(), provisional: z.boolean().default(false) }),
  ),
  /** Saturdays worked in exchange for a day off. */
  workDays: z.array(isoDay).default([]),
  citizenReception: z
    .strictObject({ text: z.string(), source: z.string(), reviewedAt: isoDay.optional() })
    .optional(),
  feedbackChannel: z.strictObject({ name: z.string(), url: z.url() }).optional(),
  /**
   * Fields whose value above is only a stand-in or an assumption, by name (`officePhone`). The start-up log warns
   * about each, and residents are not shown a stand-in as a fact. Empty it as the operator confirms them.
   */
  placeholders: z.array(z.string()).default([]),
});
const fileSchema = communeSchema.superRefine((commune, context) => {
  for (const field of commune.placeholders.filter((name) => !(name in communeSchema.shape))) {
    context.addIssue({ code: 'custom', path: ['placeholders'], message: `there is no field "${field}"` });
  }
});

export type Commune = z.infer<typeof communeSchema>;
export type Village = Commune['villages'][number];
export type TimeBlock = z.infer<typeof timeBlock>;

/** Throws `ConfigError` naming every problem of the file at once. */
export function parseCommune(json: unknown, file: string): Commune {
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join('.') || '(file)'}: ${issue.message}`,
  );
  throw new ConfigError(`${file} is not a valid commune file:\n${problems.join('\n')}`, {
    code: 'config.commune_invalid',
  });
}

/** True when the operator has not confirmed this field yet, so it must not be told to a resident as a fact. */
export function isPlaceholder(commune: Commune, field: keyof Commune): boolean {
  return commune.placeholders.includes(field);
}
