import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newSession } from '../../src/conversation/turn.ts';
import { createInboxStore } from '../../src/inbox/inbox-store.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { buildIndexes } from '../../src/mongo/connection.ts';
import { createOutboxStore } from '../../src/outbox/outbox-store.ts';
import { PRIORITY, type OutboxStore } from '../../src/outbox/outbox.ts';
import { openTestDatabase, type TestDatabase } from '../support/database.ts';
import { anIncoming, OA_ID, RESIDENT_ID } from '../support/events.ts';

const WORDS = 'lời của bác Sáu';
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const inbox = createInboxStore(database.connection, systemClock);
  const outbox = createOutboxStore(database.connection, systemClock);
  await buildIndexes(database.connection);
  await inbox.accept(anIncoming({ key: 'dead-event', text: WORDS }));
  const outcome = { intent: 'greeting', reason: 'test', say: [], session: newSession(), effects: [] };
  await inbox.recordOutcome('dead-event', { outcome, firstOrder: 1 });
  await inbox.finish('dead-event', 'dead');
  await giveUp(outbox, 'refused-message', 'refused');
  await giveUp(outbox, 'unknown-message', 'unknown');
});

afterAll(async () => {
  await database.drop();
});

async function giveUp(outbox: OutboxStore, key: string, state: 'refused' | 'unknown'): Promise<void> {
  const expiresAt = new Date(Date.now() + 60_000);
  await outbox.enqueue([
    {
      key,
      oaId: OA_ID,
      residentId: RESIDENT_ID,
      part: { text: WORDS },
      priority: PRIORITY.reply,
      order: 1,
      expiresAt,
    },
  ]);
  const [row] = await outbox.listOpen(`${OA_ID}:${RESIDENT_ID}`, 1);
  await outbox.markFinal(row!, state, 'test.code');
}

function run(...args: readonly string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/dead-letters.ts', ...args],
    { env: { PATH: process.env['PATH'] ?? '', MONGODB_URI: database.uri }, encoding: 'utf8' },
  );
  return { status, said: stdout + stderr };
}

describe('npm run dead-letters', () => {
  it('lists what was given up on, by key and code, without anybody’s words', () => {
    const { status, said } = run('list');

    expect(status).toBe(0);
    for (const key of ['dead-event', 'refused-message', 'unknown-message', 'test.code'])
      expect(said).toContain(key);
    expect(said).toContain('3 dead letter(s)');
    expect(said).not.toContain(WORDS);
  });

  it('shows what a replay would do, and replays all that is safe, but not what may have arrived', () => {
    expect(run('replay', '--all', '--dry-run').said).toContain('2 dead letter(s)');
    expect(run('list').said).toContain('3 dead letter(s)');

    expect(run('replay', '--all').said).toContain('2 put back');

    expect(run('list').said).toMatch(/unknown-message[\s\S]*1 dead letter\(s\)/);
  });

  it('replays a message of unknown outcome when a person names it', () => {
    expect(run('replay', 'unknown-message').said).toContain('1 put back');
    expect(run('list').said).toContain('0 dead letter(s)');
  });

  it('refuses a key that is not there, and words it does not know', () => {
    expect(run('replay', 'no-such-key')).toMatchObject({ status: 1 });
    expect(run('explode').said).toContain('Usage');
  });
});
