import type { AddressInfo } from 'node:net';
import http, { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHttpAgents } from '../../src/zalo/http-agents.ts';
import { createHttp } from '../../src/zalo/http.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(handler: http.RequestListener): Promise<string> {
  const started = createServer(handler);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((started.address() as AddressInfo).port)}`;
}

const get = { method: 'GET', path: '/x' } as const;

describe('a real connection', () => {
  it('answers with status and text, whatever the status', async () => {
    const baseUrl = await listen((_request, response) => response.writeHead(404).end('{"error":404}'));

    const outcome = await createHttp({ baseUrl, timeoutMs: 1000 }).request(get);

    expect(outcome).toEqual({ kind: 'answer', status: 404, text: '{"error":404}' });
  });

  it('refused was never reached', async () => {
    const baseUrl = await listen((_request, response) => response.end());
    server?.close();

    const outcome = await createHttp({ baseUrl, timeoutMs: 1000 }).request(get);

    expect(outcome).toEqual({ kind: 'not_reached', reason: 'ECONNREFUSED' });
  });

  it('to a name that does not exist was never reached', async () => {
    const nobody = createHttp({ baseUrl: 'http://nobody.invalid', timeoutMs: 3000 });

    expect(await nobody.request(get)).toMatchObject({ kind: 'not_reached' });
  });

  it('cut after the request arrived is lost: it may have been acted on', async () => {
    let arrived = false;
    const baseUrl = await listen((request) => {
      arrived = true;
      request.socket.destroy();
    });

    const outcome = await createHttp({ baseUrl, timeoutMs: 1000 }).request(get);

    expect(outcome).toEqual({ kind: 'lost', reason: 'ECONNRESET' });
    expect(arrived).toBe(true);
  });

  it('without an answer in time is lost', async () => {
    const baseUrl = await listen(() => undefined);

    const outcome = await createHttp({ baseUrl, timeoutMs: 60 }).request(get);

    expect(outcome).toEqual({ kind: 'lost', reason: 'ECONNABORTED' });
  });

  it('with an endless answer is lost, not read to the end', async () => {
    const baseUrl = await listen((_request, response) => response.end('x'.repeat(2 * 1024 * 1024)));

    const outcome = await createHttp({ baseUrl, timeoutMs: 5000 }).request(get);

    expect(outcome).toMatchObject({ kind: 'lost' });
  });

  it('is not led elsewhere', async () => {
    const baseUrl = await listen((request, response) =>
      request.url === '/x' ? response.writeHead(302, { location: '/stolen' }).end() : response.end('stolen'),
    );

    const outcome = await createHttp({ baseUrl, timeoutMs: 1000 }).request(get);

    expect(outcome).toEqual({ kind: 'answer', status: 302, text: '' });
  });
});

it('a connection that does not come about in time fails as a connect time-out, which proves that nothing was sent', async () => {
  const { httpAgent } = createHttpAgents(30);
  const neverResolves = (): void => undefined;

  const error = await new Promise((resolve) => {
    http.get('http://slow.invalid/', { agent: httpAgent, lookup: neverResolves }).once('error', resolve);
  });

  expect(error).toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect' });
});
