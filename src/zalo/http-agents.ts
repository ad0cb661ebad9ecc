import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';

export interface HttpAgents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
}

/**
 * Shorter than servers keep idle connections, so that a request is seldom written into one that is just being
 * closed: that ends in a reset which proves nothing about delivery.
 */
const IDLE_CONNECTION_MS = 4_000;

/**
 * Connections kept between calls, and given up while still connecting after `connectTimeoutMs`. A failed connect
 * proves that nothing was sent, which one time-out over the whole call could not.
 */
export function createHttpAgents(connectTimeoutMs: number): HttpAgents {
  const options = { keepAlive: true, timeout: IDLE_CONNECTION_MS };
  return {
    httpAgent: withConnectTimeout(new http.Agent(options), connectTimeoutMs),
    httpsAgent: withConnectTimeout(new https.Agent(options), connectTimeoutMs),
  };
}

function withConnectTimeout<T extends http.Agent>(agent: T, connectTimeoutMs: number): T {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    if (socket) giveUpConnecting(socket, connectTimeoutMs);
    return socket;
  };
  return agent;
}

function giveUpConnecting(socket: Duplex, connectTimeoutMs: number): void {
  const timer = setTimeout(() => {
    // The shape of the operating system's own connect time-out.
    socket.destroy(Object.assign(new Error('connect timed out'), { code: 'ETIMEDOUT', syscall: 'connect' }));
  }, connectTimeoutMs);
  const clear = (): void => {
    clearTimeout(timer);
  };
  socket.once('connect', clear).once('close', clear);
}
