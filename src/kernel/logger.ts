import winston from 'winston';
import { AppError, errorCode } from './errors.ts';

/** Ids, codes and numbers only. Never message text, names, phones, ID numbers or tokens. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Writes one JSON line per call. The first argument is a static event name (`outbox.retry`), so that lines can
 * be counted; ERROR means somebody must act now, what heals itself is WARN.
 */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields, error?: unknown): void;
  error(event: string, fields?: LogFields, error?: unknown): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Where lines go instead of standard output; for tests. */
  readonly stream?: NodeJS.WritableStream;
}

export function createLogger({ level, stream }: LoggerOptions): Logger {
  const transport = stream
    ? new winston.transports.Stream({ stream })
    : new winston.transports.Console({ stderrLevels: [] });
  const target = winston.createLogger({
    level: level === 'silent' ? 'error' : level,
    silent: level === 'silent',
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [transport],
  });
  const write = (severity: string, event: string, fields?: LogFields, error?: unknown): void => {
    target.log({
      ...fields,
      ...(error === undefined ? {} : describeError(error)),
      level: severity,
      message: event,
    });
  };
  return {
    debug: (event, fields) => {
      write('debug', event, fields);
    },
    info: (event, fields) => {
      write('info', event, fields);
    },
    warn: (event, fields, error) => {
      write('warn', event, fields, error);
    },
    error: (event, fields, error) => {
      write('error', event, fields, error);
    },
  };
}

/**
 * What may be said of an error in a log. Our own errors carry safe messages; foreign ones (drivers, HTTP
 * clients, parsers) quote their input in the message, so only their name and the stack's places are kept.
 */
function describeError(error: unknown): Record<string, unknown> {
  const safe: Record<string, unknown> = { code: errorCode(error) };
  if (error instanceof AppError) {
    Object.assign(safe, { reason: error.message, retryable: error.retryable, ...error.fields });
  }
  if (error instanceof Error) {
    safe['at'] = stackPlaces(error);
    if (error.cause !== undefined) safe['cause'] = errorCode(error.cause);
  }
  return safe;
}

function stackPlaces(error: Error): string[] {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.slice(0, 6).map((line) => line.trim().slice(0, 200));
}

/** A logger that says nothing: the default of tests. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
