import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { assemble, type SimulatorParts } from './assemble.ts';
import type { FaultsPatch } from './faults.ts';
import type { SimulatorOptions } from './options.ts';
import { toMessageView, type NewResident, type Resident } from './residents.ts';
import type { TokenPair } from './tokens.ts';
import type { ChatMessageView, RecordedCall, ResidentContent, TapResult, WebhookRecord } from './types.ts';

/** A running Zalo. Methods throw an `Error` when the resident is not known. */
export interface Simulator {
  readonly url: string;
  readonly port: number;
  /** Where `/media` files are; the application must be allowed to fetch from here. */
  readonly mediaBaseUrl: string;
  /** Calls of the API, oldest first, the newest 2,000. Holds no tokens. */
  readonly calls: readonly RecordedCall[];
  /** Webhook events and what became of them, likewise. */
  readonly webhooks: readonly WebhookRecord[];
  /** The pair that is valid now. */
  tokens(): TokenPair;
  setWebhookUrl(url: string): void;
  /** Gives the new person's id; a follower's `follow` event is sent. */
  addResident(resident: NewResident): string;
  /** Gives the message's id. */
  say(userId: string, content: string | ResidentContent): string;
  /** Throws when no message has a button with this title. */
  tap(userId: string, title: string): TapResult;
  follow(userId: string): void;
  unfollow(userId: string): void;
  /** Oldest first. */
  messages(userId: string): readonly ChatMessageView[];
  adminReply(userId: string, text: string): string;
  faults(patch: FaultsPatch): void;
  /** Repetitions that come due on the way are delivered before this resolves. */
  advanceClock(ms: number): Promise<void>;
  /** Resolves when no event is queued or on the wire. Repetitions waiting for the clock do not count. */
  idle(): Promise<void>;
  /** Resolves as soon as the condition holds; looks after every change. Default limit 5 s. */
  waitFor(condition: () => boolean, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

const WAIT_MS = 5000;

/** Starts Zalo's side of the wire. Rejects when the port is taken or the state file cannot be read. */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const server = http.createServer();
  const address = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const parts = assembleOrClose(server, options, address.url);
  const { world, calls, actions, sending } = parts;

  const residentOf = (userId: string): Resident => {
    const resident = world.residents.find(userId);
    if (!resident) throw new Error(`The simulator knows no resident ${userId}`);
    return resident;
  };

  return {
    ...address,
    mediaBaseUrl: `${address.url}/media`,
    get calls() {
      return calls.list();
    },
    get webhooks() {
      return world.webhooks.records();
    },
    tokens() {
      const { accessToken, refreshToken } = world.tokens.current();
      return { accessToken, refreshToken };
    },
    setWebhookUrl(webhookUrl) {
      world.webhooks.setUrl(webhookUrl);
      world.changed();
    },
    addResident: ({ displayName, follows }) => actions.add(displayName, follows).userId,
    say(userId, content) {
      const full = typeof content === 'string' ? { text: content } : content;
      return actions.say(residentOf(userId), full).msgId;
    },
    tap(userId, title) {
      const result = actions.tap(residentOf(userId), title);
      if (!result) throw new Error(`No message to ${userId} has a button "${title}"`);
      return result;
    },
    follow(userId) {
      actions.follow(residentOf(userId));
    },
    unfollow(userId) {
      actions.unfollow(residentOf(userId));
    },
    messages: (userId) => residentOf(userId).messages.map(toMessageView),
    adminReply: (userId, text) => sending.adminReply(residentOf(userId), text).msgId,
    faults: parts.applyFaults,
    advanceClock: parts.advanceClock,
    idle: () => world.webhooks.idle(),
    waitFor: (condition, timeoutMs = WAIT_MS) => world.changes.waitFor(condition, timeoutMs),
    close: () => closeAll(server, parts),
  };
}

/** A state file that cannot be read must not leave an open port behind. */
function assembleOrClose(server: http.Server, options: SimulatorOptions, url: string): SimulatorParts {
  try {
    const parts = assemble(options, url);
    server.on('request', parts.app);
    return parts;
  } catch (error) {
    server.close();
    throw error;
  }
}

async function listen(
  server: http.Server,
  port: number,
  host: string,
): Promise<{ url: string; port: number }> {
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const name = host === '0.0.0.0' ? '127.0.0.1' : host;
  return { url: `http://${name}:${String(address.port)}`, port: address.port };
}

async function closeAll(server: http.Server, { world, live, state }: SimulatorParts): Promise<void> {
  world.webhooks.close();
  live.close();
  const closed = once(server, 'close');
  server.close();
  // Calls whose answer is withheld on purpose would keep the server open for ever.
  server.closeAllConnections();
  await closed;
  await state.saveNow();
}
