import type { ErrorRequestHandler } from 'express';
import { ZodError } from 'zod';

/** A "no" of the control API. */
export class HttpProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'HttpProblem';
    this.status = status;
  }
}

/** Turns whatever a handler threw into `{"error": "…"}`; express knows a handler of errors by its four parameters. */
export const answerProblem: ErrorRequestHandler = (error: unknown, _req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const { status, message } = describe(error);
  res.status(status).json({ error: message });
};

function describe(error: unknown): { readonly status: number; readonly message: string } {
  if (error instanceof ZodError) {
    const problems = error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    return { status: 400, message: problems.join('; ') };
  }
  if (error instanceof TypeError) return { status: 400, message: error.message };
  // Our own problems and those of express's body parsers carry their status.
  const status = (error as { readonly status?: unknown }).status;
  const known = typeof status === 'number' && error instanceof Error;
  return known ? { status, message: error.message } : { status: 500, message: 'The simulator failed' };
}
