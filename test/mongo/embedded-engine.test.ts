import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { openConnection } from '../../src/mongo/connection.ts';
import { startEmbeddedEngine, type EmbeddedEngine } from '../../src/mongo/embedded-engine.ts';
import { readEngineNotice } from '../../src/mongo/engine-notice.ts';
import { restartDelayMs } from '../../src/mongo/engine-supervisor.ts';
import { JOURNALED } from '../../src/mongo/write-concern.ts';
import type { Logger } from '../../src/kernel/logger.ts';
import {
  describeWithEngine,
  engineOptions,
  isServing,
  makeDataDir,
  type DataDir,
} from '../support/engine.ts';
import { until } from '../support/until.ts';

const PEOPLE = 300;

let dataDir: DataDir;
let cleanUps: (() => Promise<unknown>)[];

beforeEach(async () => {
  dataDir = await makeDataDir();
  cleanUps = [() => dataDir.remove()];
});

afterEach(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

async function startEngine(options = engineOptions(dataDir.path)): Promise<EmbeddedEngine> {
  const engine = await startEmbeddedEngine(options);
  cleanUps.push(() => engine.stop());
  return engine;
}

async function connect(uri: string): Promise<Connection> {
  const connection = await openConnection(uri);
  cleanUps.push(() => connection.close());
  return connection;
}

/** What `owner-process.ts` says once: the engine it got, or why it got none. */
type Said = { readonly uri: string; readonly enginePid: number } | { readonly refused: string };

async function startApplication(): Promise<{ process: ChildProcess; said: Said }> {
  const args = ['--import', 'tsx', 'test/mongo/owner-process.ts', dataDir.path];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const [said] = (await once(child, 'message')) as [Said];
  cleanUps.push(async () => {
    await kill(child);
    if ('uri' in said) await untilSilent(said.uri);
  });
  return { process: child, said };
}

async function startOwner() {
  const { process: child, said } = await startApplication();
  if ('refused' in said) throw new Error(`The application got no engine: ${said.refused}`);
  return { process: child, ...said };
}

async function untilSilent(uri: string): Promise<void> {
  await until('the engine has ended', async () => !(await isServing(uri)));
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function savePeople(connection: Connection, names: readonly number[]): Promise<void> {
  const people = connection.collection<{ _id: number }>('people');
  await Promise.all(names.map((name) => people.insertOne({ _id: name }, JOURNALED)));
}

async function countPeople(uri: string): Promise<number> {
  const connection = await connect(uri);
  return await connection.collection('people').countDocuments();
}

const names = Array.from({ length: PEOPLE }, (_, name) => name);

describeWithEngine('the embedded engine', () => {
  it('starts on a directory named relative to where we are, as DATA_DIR usually is', async () => {
    const engine = await startEngine(engineOptions(relative(process.cwd(), dataDir.path)));

    expect(engine.uri).toContain('127.0.0.1');
  });

  it('keeps the data when it is stopped and started again', async () => {
    const first = await startEngine();
    await savePeople(await connect(first.uri), names);
    await first.stop();

    const second = await startEngine();

    expect(await countPeople(second.uri)).toBe(PEOPLE);
  });

  it('says in the log that it is not for production', async () => {
    const warnings: unknown[] = [];
    const log: Logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: (event, fields) => warnings.push([event, fields?.['advice']]),
      error: () => undefined,
    };

    await startEngine({ ...engineOptions(dataDir.path), log });

    expect(warnings).toEqual([['engine.embedded', expect.stringContaining('not for production')]]);
  });

  it('keeps the directory from other users of the machine', async () => {
    await startEngine();

    expect((await stat(join(dataDir.path, 'db'))).mode & 0o077).toBe(0);
  });

  it('comes back by itself, on the same address, when its process is killed', async () => {
    const engine = await startEngine();
    const connection = await connect(engine.uri);
    await savePeople(connection, names);
    const killed = engine.pid;

    process.kill(killed, 'SIGKILL');
    await until('another process runs the engine', () => engine.pid !== killed);
    await until('the connection works again', () =>
      connection
        .collection('people')
        .findOne()
        .then(Boolean, () => false),
    );

    expect(await connection.collection('people').countDocuments()).toBe(PEOPLE);
    expect(await readEngineNotice(dataDir.path)).toMatchObject({ pid: engine.pid, ownerPid: process.pid });
  });

  it('can be stopped while it is about to be restarted', async () => {
    const engine = await startEngine();

    process.kill(engine.pid, 'SIGKILL');
    await untilSilent(engine.uri);
    await engine.stop();

    expect(await isServing(engine.uri)).toBe(false);
    expect(await readEngineNotice(dataDir.path)).toBeUndefined();
  });

  it('refuses a second owner, naming the process that has the directory and the cure', async () => {
    const owner = await startOwner();

    await expect(startEngine()).rejects.toMatchObject({
      code: 'database.in_use',
      message: expect.stringMatching(new RegExp(`process ${String(owner.process.pid)}.*MONGODB_URI`)),
    });
  });

  it('goes to exactly one of three processes that start at once', async () => {
    const applications = await Promise.all([startApplication(), startApplication(), startApplication()]);

    const refusals = applications.flatMap(({ said }) => ('refused' in said ? [said.refused] : []));
    expect(refusals).toEqual(['database.in_use', 'database.in_use']);
  });

  it('ends when the application is killed, and gives the directory with all data to the next one', async () => {
    const owner = await startOwner();
    await savePeople(await connect(owner.uri), names);

    await kill(owner.process);
    const next = await startEngine();

    expect(await countPeople(next.uri)).toBe(PEOPLE);
    expect(await isServing(owner.uri)).toBe(false);
  });

  it('takes over when both the application and its engine were killed', async () => {
    const owner = await startOwner();
    await savePeople(await connect(owner.uri), names);

    process.kill(owner.enginePid, 'SIGKILL');
    await kill(owner.process);
    const next = await startEngine();

    expect(await countPeople(next.uri)).toBe(PEOPLE);
  });

  it('starts although a broken notice lies in the directory', async () => {
    await writeFile(join(dataDir.path, 'engine.json'), '{"pid":');

    const engine = await startEngine();

    expect(JSON.parse(await readFile(join(dataDir.path, 'engine.json'), 'utf8'))).toMatchObject({
      pid: engine.pid,
    });
  });

  it('starts although the notice of an earlier start with the same process id is left, as in a container', async () => {
    const notice = { pid: 1, port: 1, ownerPid: process.pid, startedAt: '2026-11-24T01:00:00.000Z' };
    await writeFile(join(dataDir.path, 'engine.json'), JSON.stringify(notice));

    const engine = await startEngine();

    expect(await countPeople(engine.uri)).toBe(0);
  });

  it('says so when its process cannot be run at all', async () => {
    const entry = { execPath: join(dataDir.path, 'no-such-node'), args: [] };

    await expect(startEngine({ ...engineOptions(dataDir.path), entry })).rejects.toMatchObject({
      code: 'database.engine_not_run',
    });
  });

  it('says so when its process ends before it is ready', async () => {
    const entry = { execPath: process.execPath, args: ['--eval', 'process.exit(3)'] };

    await expect(startEngine({ ...engineOptions(dataDir.path), entry })).rejects.toMatchObject({
      code: 'database.engine_died',
    });
  });
});

it('waits longer between restarts when they keep failing, but never more than five seconds', () => {
  expect([0, 1, 2, 5, 6, 60].map(restartDelayMs)).toEqual([100, 200, 400, 3200, 5000, 5000]);
});
