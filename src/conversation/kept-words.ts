import type { Command } from './commands.ts';
import type { SessionState } from './turn.ts';

/**
 * After "did you mean", or beside the first of two wishes, the words that were not answered yet are the question of the
 * topic that is chosen.
 */
export function withKeptWords(command: Command, { kept }: SessionState): Command {
  if (kept?.text === undefined || (kept.about !== undefined && kept.about !== command.kind)) return command;
  const asksOpenly =
    (command.kind === 'procedure_info' || command.kind === 'vneid_help') &&
    command.id === undefined &&
    command.query === undefined;
  return asksOpenly ? { ...command, query: kept.text } : command;
}
