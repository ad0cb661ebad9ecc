import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatorOptions } from '../../scripts/simulator/options.ts';
import { createSimulator, type Simulator } from '../../scripts/simulator/simulator.ts';
import { createFixedClock, type FixedClock } from '../../src/kernel/clock.ts';

export const APP_ID = '4021557788990012345';
export const APP_SECRET = 'app-secret-of-tests';
export const OA_SECRET_KEY = 'kQ7uXnV2sLr9TzEwB4pY';
export const OA_ID = '2871100223344556677';

/** Monday 23 November 2026, 9:00 in Vietnam. */
const START = new Date('2026-11-23T02:00:00Z');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: { readonly error: number; readonly message: string; readonly data?: unknown };
}

export interface TestZalo extends Simulator {
  readonly clock: FixedClock;
  /** Calls the API with the valid token, unless `headers` says otherwise. */
  api(method: string, path: string, options?: ApiOptions): Promise<Answer>;
  /** Sends a message on the path of this page's generation. */
  send(userId: string, message: unknown): Promise<Answer>;
  refresh(refreshToken: string, changes?: Readonly<Record<string, string>>): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }>;
  /** A person who has just written, so that everything may be sent. */
  aResident(): string;
}

export interface ApiOptions {
  readonly body?: unknown;
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function startZalo(options: Partial<SimulatorOptions> = {}): Promise<TestZalo> {
  const clock = createFixedClock(START);
  const generation = options.generation ?? 'government';
  const simulator = await createSimulator({
    appId: APP_ID,
    appSecret: APP_SECRET,
    oaSecretKey: OA_SECRET_KEY,
    oaId: OA_ID,
    oaName: 'UBND xã thử nghiệm',
    generation,
    clock,
    webhookDeadlineMs: 300,
    ...options,
  });

  const api: TestZalo['api'] = async (method, path, { body, rawBody, headers } = {}) => {
    const payload = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(simulator.url + path, {
      method,
      headers: headers ?? {
        access_token: simulator.tokens().accessToken,
        'content-type': 'application/json',
      },
      ...(payload === undefined ? {} : { body: payload }),
    });
    return toAnswer(response);
  };

  // The simulator's `calls` and `webhooks` are live; spreading would freeze them.
  return Object.assign(Object.create(simulator) as Simulator, {
    clock,
    api,
    send: (userId: string, message: unknown) =>
      api('POST', generation === 'government' ? '/v2.0/oa/message' : '/v3.0/oa/message/cs', {
        body: { recipient: { user_id: userId }, message },
      }),
    async refresh(refreshToken: string, changes: Readonly<Record<string, string>> = {}) {
      const { secret_key: secret = APP_SECRET, ...fields } = changes;
      const form = { refresh_token: refreshToken, app_id: APP_ID, grant_type: 'refresh_token', ...fields };
      const response = await fetch(`${simulator.url}/v4/oa/access_token`, {
        method: 'POST',
        headers: { secret_key: secret },
        body: new URLSearchParams(form),
      });
      return toAnswer(response);
    },
    async control(method: string, path: string, body?: unknown) {
      const response = await fetch(`${simulator.url}/control${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, json: text === '' ? null : (JSON.parse(text) as unknown) };
    },
    aResident() {
      const userId = simulator.addResident({ displayName: 'Bà Sáu', follows: true });
      simulator.say(userId, 'Xin chào');
      return userId;
    },
  });
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const json = (isJson ? JSON.parse(text) : {}) as Answer['json'];
  return { status: response.status, headers: response.headers, text, json };
}

export interface ReceivedEvent {
  readonly headers: http.IncomingHttpHeaders;
  readonly raw: string;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly event_name: string;
    readonly timestamp: string;
  };
}

/** The application's end of the webhook. */
export interface App {
  readonly url: string;
  readonly events: readonly ReceivedEvent[];
  names(): readonly string[];
  /** What to answer from now on; null never answers. */
  answerWith(status: number | null): void;
  close(): Promise<void>;
}

export async function startApp(): Promise<App> {
  const events: ReceivedEvent[] = [];
  let status: number | null = 200;
  const server = http.createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      events.push({ headers: req.headers, raw, body: JSON.parse(raw) as ReceivedEvent['body'] });
      if (status !== null) res.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/webhook`,
    events,
    names: () => events.map((event) => event.body.event_name),
    answerWith(next) {
      status = next;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
