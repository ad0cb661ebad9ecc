import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import nock from 'nock';

/**
 * In every test of the file: no HTTP but to nock and this machine, and every mock matched exactly as often as set
 * up. Importing nock patches Node's HTTP for the whole worker, so whoever imports it calls this, which undoes it.
 */
export function guardHttp(): void {
  const unmatched: string[] = [];
  const onNoMatch = (request: {
    readonly method?: string;
    readonly path?: string;
    readonly host?: string;
  }): void => {
    if (!isLocal(request.host ?? '')) unmatched.push(`${request.method ?? ''} ${request.path ?? ''}`);
  };

  beforeAll(() => {
    nock.disableNetConnect();
    nock.enableNetConnect(isLocal);
    nock.emitter.on('no match', onNoMatch);
  });
  beforeEach(() => {
    unmatched.length = 0;
  });
  afterEach(() => {
    const unused = nock.pendingMocks();
    nock.cleanAll();
    // A delayed answer that nobody waits for any more must not arrive in another test.
    nock.abortPendingRequests();
    expect({ unmatched, unused }).toEqual({ unmatched: [], unused: [] });
  });
  afterAll(() => {
    nock.emitter.off('no match', onNoMatch);
    nock.enableNetConnect();
    nock.restore();
  });
}

function isLocal(host: string): boolean {
  return host.startsWith('127.0.0.1') || host.startsWith('localhost');
}
