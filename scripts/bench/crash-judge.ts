import type { Connection } from 'mongoose';

/** What a crash run came to; every list must be empty. */
export interface CrashVerdict {
  readonly events: number;
  readonly kills: number;
  /** Events that are not in the inbox once, finished, with an outcome. */
  readonly withoutOutcome: readonly string[];
  /** Codes nobody was answered about. */
  readonly missing: readonly string[];
  /** Codes somebody was answered about more than once. */
  readonly repeated: readonly string[];
  /** Answers that came in another order than the turns were decided, or turns decided against the order of writing. */
  readonly outOfOrder: readonly string[];
  /** Sends whose outcome a kill left unknown, and an echo or the history made known. */
  readonly settledAfterwards: number;
}

interface Turn {
  readonly _id: string;
  readonly state: string;
  readonly sentAt: Date;
  readonly receivedAt: Date;
  readonly decidedAt?: Date;
  readonly event: { readonly residentId: string; readonly content: { readonly text?: string } };
  readonly decided?: { readonly firstOrder: number };
}

/**
 * An event that arrived after a later one was taken up cannot be answered before it. Between taking up and deciding
 * lie milliseconds; on a machine that restarts processes all the time, perhaps seconds.
 */
const TAKEN_UP_BEFORE_MS = 5000;

export async function judge(
  connection: Connection,
  codes: readonly string[],
  answers: readonly { readonly residentId: string; readonly texts: readonly string[] }[],
  kills: number,
): Promise<CrashVerdict> {
  // Greetings of new followers are turns too, but their answers carry no code to look for.
  const turns = await connection
    .collection<Turn>('inbox')
    .find({ track: 'turn', 'event.content.kind': 'text' })
    .toArray();
  const allTexts = answers.flatMap((each) => each.texts);
  const timesAnswered = (code: string): number => allTexts.filter((text) => text.includes(code)).length;
  return {
    events: codes.length,
    kills,
    withoutOutcome: codes.filter((code) => !hasOneOutcome(turns, code)),
    missing: codes.filter((code) => timesAnswered(code) === 0),
    repeated: codes.filter((code) => timesAnswered(code) > 1),
    outOfOrder: answers.flatMap(({ residentId, texts }) =>
      findDisorder(
        turns.filter((turn) => turn.event.residentId === residentId),
        texts,
      ),
    ),
    settledAfterwards: await connection.collection('outbox').countDocuments({ settledBy: { $exists: true } }),
  };
}

function hasOneOutcome(turns: readonly Turn[], code: string): boolean {
  const found = turns.filter((turn) => turn.event.content.text === code);
  return found.length === 1 && found[0]?.state === 'done' && found[0].decided !== undefined;
}

function findDisorder(turns: readonly Turn[], texts: readonly string[]): string[] {
  const decided = [...turns].sort((a, b) => (a.decided?.firstOrder ?? 0) - (b.decided?.firstOrder ?? 0));
  const codes = decided.map((turn) => turn.event.content.text ?? '');
  const answeredAt = codes.map((code) => texts.findIndex((text) => text.includes(code)));
  const wrongAnswers = codes.filter((_, n) => n > 0 && (answeredAt[n] ?? 0) < (answeredAt[n - 1] ?? 0));
  const wrongTurns = decided.filter((turn, n) => {
    const before = decided[n - 1];
    if (!before || before.sentAt <= turn.sentAt) return false;
    const takenUpAt = (before.decidedAt?.getTime() ?? 0) - TAKEN_UP_BEFORE_MS;
    return turn.receivedAt.getTime() < takenUpAt;
  });
  return [...wrongAnswers, ...wrongTurns.map((turn) => turn._id)];
}
