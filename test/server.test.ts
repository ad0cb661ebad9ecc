import { EventEmitter, once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import express, { type RequestHandler, type Response } from 'express';
import { AppError } from '../src/kernel/errors.ts';
import { createServer, listen, type RunningServer, type ServerDeps } from '../src/server.ts';
import { createLogLines } from './zalo/log-lines.ts';

let running: RunningServer | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

const passOn: RequestHandler = (_request, _response, next) => {
  next();
};

async function start(more: Partial<ServerDeps> = {}) {
  const output = createLogLines();
  const app = createServer({
    webhookRouter: passOn,
    healthRouter: passOn,
    verificationRouter: passOn,
    log: output.log,
    ...more,
  });
  running = await listen(app, 0);
  return { url: running.url, output };
}

function failingWith(error: unknown): RequestHandler {
  return () => {
    throw error;
  };
}

describe('the HTTP server', () => {
  it('answers an unknown address in JSON, and says nothing about what it is made of', async () => {
    const { url } = await start();

    const response = await fetch(`${url}/nothing-here`);

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: 'not_found' });
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('does not upgrade addresses by itself, because there may be no TLS in front', async () => {
    const { url } = await start();

    const policy = (await fetch(url)).headers.get('content-security-policy');

    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('upgrade-insecure-requests');
  });

  it('reaches every room it is given', async () => {
    const page = express.Router().get('/console', (_request, response) => {
      response.send('staff');
    });
    const { url } = await start({ otherRouters: [page] });

    expect(await (await fetch(`${url}/console`)).text()).toBe('staff');
  });

  it.each([
    ['an error of ours', new AppError('SECRET words', { code: 'test.broken' }), 'test.broken'],
    ['a foreign error', new RangeError('SECRET words'), 'unexpected.RangeError'],
    ['something that is no error', 'SECRET words', 'unexpected.unknown'],
  ])('tells the client nothing about %s, and the log its code', async (_name, error, code) => {
    const { url, output } = await start({ otherRouters: [failingWith(error)] });

    const response = await fetch(`${url}/?text=SECRET`);

    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: 'internal' });
    expect(output.lines()).toMatchObject([{ level: 'error', message: 'http.failed', code }]);
    expect(output.text()).not.toContain('text=SECRET');
  });

  it('keeps the message of a foreign error out of the log', async () => {
    const { url, output } = await start({ otherRouters: [failingWith(new RangeError('SECRET words'))] });

    await fetch(url);

    expect(output.text()).not.toContain('SECRET');
  });

  it('calls a client’s mistake a client’s mistake', async () => {
    const page = express.Router().get('/dossiers/:code', passOn);
    const { url, output } = await start({ otherRouters: [page] });

    const response = await fetch(`${url}/dossiers/%E0%A4%A`);

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'bad_request' });
    expect(output.lines()).toMatchObject([{ level: 'warn', message: 'http.bad_request' }]);
  });

  it.each([
    [0, '127.0.0.1'],
    [1, '203.0.113.7'],
  ])('believes the address a proxy states behind %d of them', async (trustProxyHops, expected) => {
    const whoAsks: RequestHandler = (request, response) => {
      response.send(request.ip?.replace('::ffff:', ''));
    };
    const { url } = await start({ trustProxyHops, otherRouters: [whoAsks] });

    const response = await fetch(url, { headers: { 'X-Forwarded-For': '198.51.100.1, 203.0.113.7' } });

    expect(await response.text()).toBe(expected);
  });
});

describe('starting and stopping', () => {
  it('finishes the request it is working on before it closes', async () => {
    const arrivals = new EventEmitter();
    const slow: RequestHandler = (_request, response) => {
      arrivals.emit('request', response);
    };
    const { url } = await start({ otherRouters: [slow] });
    const arrival = once(arrivals, 'request');
    const answer = fetch(url);
    const [held] = (await arrival) as [Response];

    const closing = running?.close();
    held.send('done');

    expect(await (await answer).text()).toBe('done');
    await expect(closing).resolves.toBeUndefined();
  });

  it('takes no more requests once closed, and can be closed twice', async () => {
    const { url } = await start();

    await running?.close();
    await running?.close();

    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('names the cure when the port is taken', async () => {
    await start();
    const port = running?.port ?? 0;

    await expect(listen(express(), port)).rejects.toMatchObject({
      code: 'config.port_unavailable',
      message: `Port ${port} cannot be used: choose another PORT, or stop what holds it.`,
    });
  });
});
