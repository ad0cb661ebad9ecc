/**
 * `npm run dead-letters -- list`                     what was given up on, in and out
 * `npm run dead-letters -- replay KEY [--dry-run]`   decides an event anew, or sends a message again
 * `npm run dead-letters -- replay --all [--dry-run]` everything that is safe to repeat
 *
 * Messages whose outcome is unknown may have arrived: `--all` leaves them out, a person replays them one by one.
 * Keys, codes and times are printed; never what people wrote.
 */
import { createInboxStore, type InboxStore } from '../src/inbox/inbox-store.ts';
import type { Clock } from '../src/kernel/clock.ts';
import type { Database } from '../src/mongo/database.ts';
import { REPLY_LIFE_MS } from '../src/outbox/outbox-rules.ts';
import { createOutboxStore } from '../src/outbox/outbox-store.ts';
import type { OutboxStore } from '../src/outbox/outbox.ts';
import { runCommand } from './lib/command-database.ts';

const MOST = 1000;
const USAGE = 'Usage: npm run dead-letters -- list | replay KEY [--dry-run] | replay --all [--dry-run]';

interface Queues {
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly clock: Clock;
}

interface DeadLetter {
  readonly key: string;
  readonly queue: 'in' | 'out';
  readonly state: string;
  readonly code: string;
  readonly since: Date;
}

async function listAll({ inbox, outbox }: Queues): Promise<DeadLetter[]> {
  const [dead, trouble] = await Promise.all([inbox.listDead(MOST), outbox.listTrouble(MOST)]);
  return [
    ...dead.map((each) => ({
      key: each.key,
      queue: 'in' as const,
      state: 'dead',
      code: each.errorCode,
      since: each.receivedAt,
    })),
    ...trouble.map((each) => ({
      key: each.key,
      queue: 'out' as const,
      state: each.state,
      code: each.failureCode ?? '',
      since: each.availableAt,
    })),
  ];
}

async function replayOne({ inbox, outbox, clock }: Queues, letter: DeadLetter): Promise<boolean> {
  if (letter.queue === 'in') return inbox.replayDead(letter.key);
  const now = clock.now();
  return outbox.replay(letter.key, now, new Date(now.getTime() + REPLY_LIFE_MS));
}

function print(letters: readonly DeadLetter[]): void {
  for (const letter of letters) {
    console.log([letter.queue, letter.state, letter.since.toISOString(), letter.code, letter.key].join('\t'));
  }
  console.log(`${letters.length} dead letter(s)`);
}

async function replay(queues: Queues, wanted: string, dryRun: boolean): Promise<void> {
  const all = await listAll(queues);
  const chosen = all.filter((letter) =>
    wanted === '--all' ? letter.state !== 'unknown' : letter.key === wanted,
  );
  if (chosen.length === 0) throw new Error(`Nothing to replay for ${wanted}. "list" shows the keys.`);
  print(chosen);
  if (dryRun) return;
  const done = await Promise.all(chosen.map((letter) => replayOne(queues, letter)));
  console.log(`${done.filter(Boolean).length} put back; a running worker takes them within a second`);
}

async function run(database: Database, clock: Clock): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  const dryRun = rest.includes('--dry-run');
  const wanted = rest.find((word) => word !== '--dry-run');
  const queues = {
    inbox: createInboxStore(database.connection, clock),
    outbox: createOutboxStore(database.connection, clock),
    clock,
  };
  if (command === 'list') print(await listAll(queues));
  else if (command === 'replay' && wanted) await replay(queues, wanted, dryRun);
  else throw new Error(USAGE);
}

await runCommand(run);
