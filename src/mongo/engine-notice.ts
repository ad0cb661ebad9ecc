import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const noticeSchema = z.object({
  pid: z.int().positive(),
  port: z.int().min(1).max(65_535),
  ownerPid: z.int().positive(),
  startedAt: z.iso.datetime(),
});

/**
 * `engine.json` in the data directory: where the running engine answers, so that one-off commands find it.
 * It only informs. Who owns the directory is decided by the lock file the engine itself holds open, which the
 * operating system releases with the process; a notice left behind by kill -9 therefore does no harm.
 */
export type EngineNotice = Readonly<z.infer<typeof noticeSchema>>;

/** How long an owner that lives may be silent because its engine is just being restarted. */
const RESTART_PATIENCE_MS = 3000;
const ASK_AGAIN_MS = 100;
const ANSWER_WITHIN_MS = 1000;

export async function writeEngineNotice(dataDir: string, notice: EngineNotice): Promise<void> {
  const file = noticeFile(dataDir);
  const draft = `${file}.${String(process.pid)}`;
  await writeFile(draft, `${JSON.stringify(notice)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

/** `undefined` when there is none, or when it cannot be read as one. */
export async function readEngineNotice(dataDir: string): Promise<EngineNotice | undefined> {
  try {
    return noticeSchema.parse(JSON.parse(await readFile(noticeFile(dataDir), 'utf8')));
  } catch {
    // Missing or broken: either way it tells nothing, and the next owner writes a new one.
    return undefined;
  }
}

export async function removeEngineNotice(dataDir: string): Promise<void> {
  await rm(noticeFile(dataDir), { force: true });
}

/** The engine that serves this directory now, if its owner lives and it answers. */
export async function findRunningEngine(dataDir: string): Promise<EngineNotice | undefined> {
  for (let waitedMs = 0; waitedMs <= RESTART_PATIENCE_MS; waitedMs += ASK_AGAIN_MS) {
    const notice = await readEngineNotice(dataDir);
    if (!notice || !isProcessAlive(notice.ownerPid)) return undefined;
    if (await answers(notice.port)) return notice;
    // In a container every start may get the same process id: then the notice is our own predecessor's.
    if (notice.ownerPid === process.pid) return undefined;
    await delay(ASK_AGAIN_MS);
  }
  return undefined;
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function answers(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: ANSWER_WITHIN_MS });
    const settle = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => {
      settle(true);
    });
    socket.once('timeout', () => {
      settle(false);
    });
    socket.once('error', () => {
      settle(false);
    });
  });
}

function noticeFile(dataDir: string): string {
  return join(dataDir, 'engine.json');
}
