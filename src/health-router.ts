import express, { type Response, type Router } from 'express';
import { withDeadline } from './kernel/deadline.ts';
import { AppError, errorCode } from './kernel/errors.ts';
import type { Logger } from './kernel/logger.ts';
import type { Metrics } from './metrics.ts';

/** Something the application cannot work without. Gives a problem's code, or nothing when all is well; may throw. */
export type ReadinessCheck = () => Promise<string | undefined>;

export interface HealthRouterDeps {
  readonly checkDatabase: ReadinessCheck;
  readonly checkToken: ReadinessCheck;
  readonly metrics: Metrics;
  /** Brings the gauges up to date before they are read. */
  readonly collect: () => Promise<void>;
  readonly log: Logger;
  /** How long one check or collection may take, milliseconds. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 2000;

/**
 * `/healthz`: the process answers. `/readyz`: it can also do its work, else 503 with the codes of what is missing.
 * `/metrics`: numbers for Prometheus. A supervisor restarts on `/healthz` only: restarting does not bring a database back.
 */
export function createHealthRouter(deps: HealthRouterDeps): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    await answerReadiness(deps, response);
  });
  router.get('/metrics', async (_request, response) => {
    await answerMetrics(deps, response);
  });
  return router;
}

async function answerReadiness(deps: HealthRouterDeps, response: Response): Promise<void> {
  const outcomes = await Promise.all(
    [deps.checkDatabase, deps.checkToken].map((check) => problemOf(check, deps.deadlineMs)),
  );
  const problems = outcomes.filter((problem) => problem !== undefined);
  const ready = problems.length === 0;
  if (!ready) deps.log.warn('health.not_ready', { problems: problems.join(' ') });
  response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not_ready', problems });
}

async function problemOf(check: ReadinessCheck, deadlineMs = DEADLINE_MS): Promise<string | undefined> {
  try {
    return await withDeadline(check(), deadlineMs, tooSlow);
  } catch (error) {
    return errorCode(error);
  }
}

async function answerMetrics(deps: HealthRouterDeps, response: Response): Promise<void> {
  try {
    await withDeadline(deps.collect(), deps.deadlineMs ?? DEADLINE_MS, tooSlow);
  } catch (error) {
    // The counters of this process are still true, and most wanted while the database is away.
    deps.log.warn('health.collect_failed', {}, error);
  }
  const { registry } = deps.metrics;
  response.set('Content-Type', registry.contentType).send(await registry.metrics());
}

function tooSlow(): AppError {
  return new AppError('A health check did not answer in time', {
    code: 'health.check_too_slow',
    retryable: true,
  });
}
