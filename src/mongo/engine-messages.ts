import { AppError, ConfigError, DatabaseError } from '../kernel/errors.ts';

/** What the engine's process tells the process that started it, once. */
export type EngineReport =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** Another process holds the directory: it may be going away. */
export const IN_USE = 'database.in_use';

/** Says a failure in words that survive the way between two processes. */
export function toFailureReport(error: unknown): EngineReport {
  if (error instanceof AppError) return { kind: 'failed', code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  // The engine has one error for everything; MongoDB's own name of the trouble is inside the message.
  const code = message.includes('DBPathInUse') ? IN_USE : 'database.engine_failed';
  return { kind: 'failed', code, message };
}

/** The same failure as an error again, at the other end. */
export function toEngineError(report: { readonly code: string; readonly message: string }): AppError {
  if (report.code.startsWith('config.')) return new ConfigError(report.message, { code: report.code });
  return new DatabaseError(`The embedded database did not start: ${report.message}`, {
    code: report.code,
    retryable: report.code === IN_USE,
  });
}
