import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import { createHealthRouter, type HealthRouterDeps } from '../src/health-router.ts';
import { DatabaseError } from '../src/kernel/errors.ts';
import { createMetrics } from '../src/metrics.ts';
import { listen, type RunningServer } from '../src/server.ts';
import { createLogLines } from './zalo/log-lines.ts';

let running: RunningServer | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

const fine = () => Promise.resolve(undefined);
const away = () => Promise.reject(new DatabaseError('away', { code: 'database.unreachable' }));
const hanging = () => new Promise<never>(() => undefined);

async function start(more: Partial<HealthRouterDeps> = {}) {
  const output = createLogLines();
  const metrics = createMetrics();
  const router = createHealthRouter({
    checkDatabase: fine,
    checkToken: fine,
    collect: () => Promise.resolve(),
    metrics,
    log: output.log,
    ...more,
  });
  running = await listen(express().use(router), 0);
  return { url: running.url, metrics, output };
}

describe('/healthz', () => {
  it('says that the process lives, whatever else is broken', async () => {
    const { url } = await start({ checkDatabase: away, checkToken: away });

    const response = await fetch(`${url}/healthz`);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });
});

describe('/readyz', () => {
  it('says that work can be done', async () => {
    const { url, output } = await start();

    const response = await fetch(`${url}/readyz`);

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready', problems: [] });
    expect(output.lines()).toEqual([]);
  });

  it('names everything that is missing, by code', async () => {
    const { url, output } = await start({
      checkDatabase: away,
      checkToken: () => Promise.resolve('zalo.token_missing'),
    });

    const response = await fetch(`${url}/readyz`);

    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'not_ready',
      problems: ['database.unreachable', 'zalo.token_missing'],
    });
    expect(output.lines()).toMatchObject([{ level: 'warn', message: 'health.not_ready' }]);
  });

  it('does not wait for a database that does not answer', async () => {
    const { url } = await start({ checkDatabase: hanging, deadlineMs: 20 });

    const response = await fetch(`${url}/readyz`);

    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ problems: ['health.check_too_slow'] });
  });
});

describe('/metrics', () => {
  it('shows counters and freshly collected gauges to Prometheus', async () => {
    const metrics = createMetrics();
    metrics.webhookEvents.inc({ result: 'accepted' }, 3);
    const { url } = await start({
      metrics,
      collect: () => {
        metrics.queueDepth.set({ queue: 'outbox', state: 'dead' }, 2);
        return Promise.resolve();
      },
    });

    const response = await fetch(`${url}/metrics`);
    const lines = (await response.text()).split('\n');

    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(lines).toContain('webhook_events_total{result="accepted"} 3');
    expect(lines).toContain('queue_depth{queue="outbox",state="dead"} 2');
  });

  it.each([
    ['fails', away],
    ['does not answer', hanging],
  ])('still shows what it has when collecting %s', async (_name, collect) => {
    const { url, metrics, output } = await start({ collect, deadlineMs: 20 });
    metrics.sends.inc({ result: 'sent' });

    const response = await fetch(`${url}/metrics`);

    expect(response.status).toBe(200);
    expect(await response.text()).toContain('sends_total{result="sent"} 1');
    expect(output.lines()).toMatchObject([{ level: 'warn', message: 'health.collect_failed' }]);
  });

  it('knows every number that operators watch', () => {
    const names = createMetrics()
      .registry.getMetricsAsArray()
      .map(({ name }) => name);

    expect(names.sort()).toEqual([
      'api_calls_total',
      'bad_signature_total',
      'queue_depth',
      'queue_oldest_seconds',
      'sends_total',
      'token_age_seconds',
      'token_expires_in_seconds',
      'turn_seconds',
      'turns_total',
      'webhook_ack_seconds',
      'webhook_events_total',
    ]);
  });
});
