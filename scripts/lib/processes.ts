import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { readFileSync } from 'node:fs';

/** A part of the application running in a process of its own. */
export interface Running {
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends it at once, as a crash or a power cut of the process would. */
  kill(): Promise<void>;
  /** Ends it cleanly. */
  stop(): Promise<void>;
}

export interface RunOptions {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Receives each line the process writes; nothing is printed without it. */
  readonly onLine?: (line: string) => void;
}

/** Starts a process of this project; it ends with ours. */
export function run({ command, env, onLine }: RunOptions): Running {
  const child = spawn(process.execPath, command, {
    env: { ...keepOnly(process.env, ['PATH', 'HOME', 'NODE_OPTIONS', 'TMPDIR']), ...env },
    stdio: ['ignore', onLine ? 'pipe' : 'ignore', onLine ? 'pipe' : 'ignore'],
  });
  const end = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', end);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      process.removeListener('exit', end);
      resolve();
    });
  });
  if (onLine) forwardLines(child, onLine);
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    child.kill(name);
    await ended;
  };
  return { pid: child.pid ?? 0, ended, kill: () => signal('SIGKILL'), stop: () => signal('SIGTERM') };
}

function keepOnly(env: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

function forwardLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      lines.filter((line) => line !== '').forEach(onLine);
    });
  }
}

/** A TCP port nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Waits until the address answers 200, at most `timeoutMs`. */
export async function waitForOk(url: string, timeoutMs = 20_000): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    if (Date.now() > giveUpAt) throw new Error(`${url} did not answer within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Resident memory of a process in megabytes, as Linux counts it; undefined elsewhere. */
export function residentMegabytes(pid: number): number | undefined {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return Math.round((pages * 4096) / 1e6);
  } catch {
    return undefined;
  }
}
