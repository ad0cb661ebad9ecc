import http from 'node:http';
import https from 'node:https';

export interface PostOutcome {
  readonly status: number | null;
  readonly problem?: string;
}

/** Posts one body and gives the status, or the reason why there was none. Never rejects. */
export interface Poster {
  post(url: string, body: Buffer, headers: Readonly<Record<string, string>>): Promise<PostOutcome>;
  close(): void;
}

const MAX_SOCKETS = 100;

/** node:http instead of fetch: a load run posts hundreds of events a second beside the system it measures. */
export function createPoster(deadlineMs: number): Poster {
  const settings = { keepAlive: true, maxSockets: MAX_SOCKETS };
  const agents = { 'http:': new http.Agent(settings), 'https:': new https.Agent(settings) };

  const attempt: Poster['post'] = (url, body, headers) =>
    new Promise((resolve) => {
      const target = new URL(url);
      const secure = target.protocol === 'https:';
      const request = (secure ? https : http).request(target, {
        method: 'POST',
        agent: secure ? agents['https:'] : agents['http:'],
        headers: { ...headers, 'content-length': String(body.byteLength) },
      });
      let timer: NodeJS.Timeout | undefined;
      const settle = (outcome: PostOutcome): void => {
        clearTimeout(timer);
        resolve(outcome);
      };
      // The deadline runs from the moment a connection is free: waiting in our own queue is not the app's fault.
      request.on('socket', () => {
        timer = setTimeout(() => {
          request.destroy(new Error('deadline'));
        }, deadlineMs);
      });
      request.on('response', (response) => {
        response.resume();
        response.on('end', () => {
          settle({ status: response.statusCode ?? null });
        });
        response.on('error', () => {
          settle({ status: null, problem: 'aborted' });
        });
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        const stale = request.reusedSocket && error.code === 'ECONNRESET';
        settle({ status: null, problem: stale ? 'stale' : (error.code ?? error.message) });
      });
      request.end(body);
    });

  return {
    async post(url, body, headers) {
      const outcome = await attempt(url, body, headers);
      // The other side closed an idle connection just as it was used again: that was no delivery attempt.
      return outcome.problem === 'stale' ? attempt(url, body, headers) : outcome;
    },
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}
