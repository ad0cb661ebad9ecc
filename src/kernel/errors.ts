/**
 * The few kinds of error in this program. Callers ask `code` and `retryable`, never the message text.
 * `code` is stable and dotted (`zalo.outside_window`); the message is for operators and names the cure
 * where they can mend it. Residents never read these: their sentences live in `locales/`.
 */
export interface AppErrorOptions {
  readonly code: string;
  /** True only when the same call may succeed later without anybody changing anything. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
  /** Ids and codes for the log. Never text, names, phones, ID numbers or tokens. */
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
}

export class AppError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly fields: Readonly<Record<string, string | number | boolean>>;

  constructor(message: string, options: AppErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.retryable = options.retryable ?? false;
    this.fields = options.fields ?? {};
  }
}

/** A setting is missing or contradicts another; the message names the cure. */
export class ConfigError extends AppError {}

/** Something asked for by id is not there. */
export class NotFoundError extends AppError {}

/** Input from outside does not have the expected shape. */
export class InvalidInputError extends AppError {}

/** The database refused, is away, or is held by somebody else. */
export class DatabaseError extends AppError {}

/** Stable code of any thrown value, for logs and metrics. */
export function errorCode(error: unknown): string {
  if (error instanceof AppError) return error.code;
  if (error instanceof Error) return `unexpected.${error.name}`;
  return 'unexpected.unknown';
}
