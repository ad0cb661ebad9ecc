import { existsSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from './kernel/errors.ts';
import type { LogLevel } from './kernel/logger.ts';

/** What one process does: serve HTTP, work off the queues, or both. */
export type Role = 'web' | 'worker' | 'all';

/**
 * Every environment variable once, with its meaning. `.env.example` is generated from this list
 * (`npm run env:example`) and a test keeps the two equal. Values with a default may stay empty.
 */
const settings = {
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('TCP port of the web process.'),
  WORKER_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe(
      'TCP port on which a separate worker process answers /healthz, /readyz and /metrics. Empty: none.',
    ),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Address residents and Zalo reach, https, without a path. Example: https://zalo.xa-tien-an.example.vn',
    ),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
    .optional()
    .describe('MongoDB server. Empty: the embedded engine in DATA_DIR, for demo and development only.'),
  DATA_DIR: z.string().default('.data').describe('Where the embedded engine keeps its files.'),
  COMMUNE_FILE: z
    .string()
    .default('locales/commune.tien-an.json')
    .describe('Name, villages, hours, phones: everything that differs between communes.'),
  ZALO_APP_ID: id().describe('Application id, from developers.zalo.me.'),
  ZALO_APP_SECRET: z.string().min(8).describe("The application's secret key, for OAuth only."),
  ZALO_OA_SECRET_KEY: z
    .string()
    .min(8)
    .optional()
    .describe(
      '"OA Secret Key" of the Webhook page (not the application secret). Empty: events are acknowledged and not processed.',
    ),
  ZALO_OA_ID: id().describe("The Official Account's id."),
  ZALO_OA_GENERATION: z
    .enum(['auto', 'v2', 'v3'])
    .default('auto')
    .describe('Which message API the account uses; government accounts use v2. auto asks Zalo.'),
  ZALO_ACCESS_TOKEN: z
    .string()
    .min(8)
    .optional()
    .describe('Seed for the very first start only; afterwards the database wins.'),
  ZALO_REFRESH_TOKEN: z
    .string()
    .min(8)
    .optional()
    .describe('Seed for the very first start only; single use, so never share it between installations.'),
  ZALO_API_URL: z.url().default('https://openapi.zalo.me').describe("Zalo's API host."),
  ZALO_OAUTH_URL: z.url().default('https://oauth.zaloapp.com').describe("Zalo's OAuth host."),
  ZALO_RATE_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(0)
    .default(60)
    .describe('API calls a minute, shared by all processes. 0 switches the limit off (load tests only).'),
  ZALO_VERIFIER_CODES: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(,[A-Za-z0-9_-]+)*$/, 'codes separated by commas')
    .optional()
    .describe('Domain verification codes, separated by commas: the CODE of zalo_verifierCODE.html.'),
  ENCRYPTION_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits: make one with "openssl rand -hex 32"')
    .describe('64 hexadecimal digits; encrypts tokens at rest. Make one with: openssl rand -hex 32'),
  TRUST_PROXY_HOPS: z.coerce
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe('Reverse proxies in front of the web process.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('How much is logged, as JSON lines on standard output.'),
} as const;

function id() {
  return z.string().regex(/^\d{5,20}$/, 'must be digits only');
}

const schema = z.object(settings);
type Settings = z.infer<typeof schema>;

export interface Config {
  readonly port: number;
  readonly workerPort?: number;
  readonly publicUrl?: string;
  readonly mongodbUri?: string;
  readonly dataDir: string;
  readonly communeFile: string;
  readonly logLevel: LogLevel;
  readonly trustProxyHops: number;
  readonly encryptionKey: string;
  readonly zalo: ZaloConfig;
}

export interface ZaloConfig {
  readonly appId: string;
  readonly appSecret: string;
  /** Absent while the webhook is being set up. */
  readonly oaSecretKey?: string;
  readonly oaId: string;
  readonly generation: 'auto' | 'v2' | 'v3';
  readonly seed?: { readonly accessToken: string; readonly refreshToken: string };
  readonly apiUrl: string;
  readonly oauthUrl: string;
  /** 0 = no limit. */
  readonly ratePerMinute: number;
  readonly verifierCodes: readonly string[];
}

/** Name, meaning and default of every variable, in order: for `.env.example` and the documentation. */
export function listSettings(): readonly {
  readonly name: string;
  readonly meaning: string;
  readonly defaultValue: string;
}[] {
  return Object.entries(settings).map(([name, setting]) => ({
    name,
    meaning: setting.description ?? '',
    defaultValue: defaultOf(setting),
  }));
}

/** Throws one `ConfigError` that lists every problem with its cure; never falls back to a working-looking secret. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, role: Role): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in settings && value !== ''),
  );
  const parsed = schema.safeParse(given);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => describeIssue(issue, given));
  problems.push(...findContradictions(given, role));
  if (!parsed.success || problems.length > 0) {
    const list = problems.map((problem) => `  - ${problem}`).join('\n');
    throw new ConfigError(`The configuration has ${problems.length} problem(s):\n${list}`, {
      code: 'config.invalid',
    });
  }
  return toConfig(parsed.data);
}

/** The part that one-off commands need: which database. Throws `ConfigError` like `loadConfig`. */
export function loadDatabaseConfig(
  env: Readonly<Record<string, string | undefined>>,
): Pick<Config, 'mongodbUri' | 'dataDir'> {
  const given = { MONGODB_URI: env['MONGODB_URI'] || undefined, DATA_DIR: env['DATA_DIR'] || undefined };
  const parsed = schema.pick({ MONGODB_URI: true, DATA_DIR: true }).safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => describeIssue(issue, given)).join('\n  - ');
    throw new ConfigError(`The database settings are not usable:\n  - ${problems}`, {
      code: 'config.invalid',
    });
  }
  const { MONGODB_URI: mongodbUri, DATA_DIR: dataDir } = parsed.data;
  return { ...(mongodbUri ? { mongodbUri } : {}), dataDir };
}

function describeIssue(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  const meaning = settings[name as keyof typeof settings].description ?? '';
  if (given[name] === undefined) return `${name} is missing: ${meaning}`;
  return `${name} is not usable (${issue.message}): ${meaning}`;
}

/** Settings that are each fine and together are not. */
function findContradictions(env: Readonly<Record<string, string | undefined>>, role: Role): string[] {
  const problems: string[] = [];
  if (role !== 'all' && !env['MONGODB_URI']) {
    problems.push(
      `MONGODB_URI is empty: "${role}" shares its database with other processes, so it needs a MongoDB server (only "all" can use the embedded engine).`,
    );
  }
  if (Boolean(env['ZALO_ACCESS_TOKEN']) !== Boolean(env['ZALO_REFRESH_TOKEN'])) {
    problems.push(
      'ZALO_ACCESS_TOKEN and ZALO_REFRESH_TOKEN go together: set both from the same grant, or neither.',
    );
  }
  if (env['ZALO_OA_SECRET_KEY'] && env['ZALO_OA_SECRET_KEY'] === env['ZALO_APP_SECRET']) {
    problems.push(
      'ZALO_OA_SECRET_KEY equals ZALO_APP_SECRET: they are two different values. Copy the first from the Webhook page, where it is called "OA Secret Key".',
    );
  }
  if (
    env['PUBLIC_URL']?.startsWith('http://') &&
    !/^http:\/\/(localhost|127\.0\.0\.1)[:/]?/.test(env['PUBLIC_URL'])
  ) {
    problems.push(
      'PUBLIC_URL is not https: Zalo only calls https addresses. Put a certificate in front, then change the address.',
    );
  }
  return problems;
}

function toConfig(env: Settings): Config {
  const { ZALO_ACCESS_TOKEN: accessToken, ZALO_REFRESH_TOKEN: refreshToken } = env;
  return {
    port: env.PORT,
    ...(env.WORKER_PORT ? { workerPort: env.WORKER_PORT } : {}),
    ...(env.PUBLIC_URL ? { publicUrl: env.PUBLIC_URL } : {}),
    ...(env.MONGODB_URI ? { mongodbUri: env.MONGODB_URI } : {}),
    dataDir: env.DATA_DIR,
    communeFile: env.COMMUNE_FILE,
    logLevel: env.LOG_LEVEL,
    trustProxyHops: env.TRUST_PROXY_HOPS,
    encryptionKey: env.ENCRYPTION_KEY,
    zalo: {
      appId: env.ZALO_APP_ID,
      appSecret: env.ZALO_APP_SECRET,
      ...(env.ZALO_OA_SECRET_KEY ? { oaSecretKey: env.ZALO_OA_SECRET_KEY } : {}),
      oaId: env.ZALO_OA_ID,
      generation: env.ZALO_OA_GENERATION,
      ...(accessToken && refreshToken ? { seed: { accessToken, refreshToken } } : {}),
      apiUrl: env.ZALO_API_URL,
      oauthUrl: env.ZALO_OAUTH_URL,
      ratePerMinute: env.ZALO_RATE_PER_MINUTE,
      verifierCodes: env.ZALO_VERIFIER_CODES?.split(',') ?? [],
    },
  };
}

function defaultOf(setting: z.ZodType): string {
  const parsed = setting.safeParse(undefined);
  return typeof parsed.data === 'string' || typeof parsed.data === 'number' ? String(parsed.data) : '';
}

/** The process environment, with a `.env` file of the working directory underneath: the only place that reads it. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
