import { Writable } from 'node:stream';
import { createLogger, type Logger } from '../../src/kernel/logger.ts';

/** The application's real log, kept in memory. */
export interface MemoryLog {
  readonly logger: Logger;
  text(): string;
  /** The event names of all lines. */
  events(): readonly string[];
  /** The `code` fields of all lines. */
  codes(): readonly string[];
}

export function createMemoryLog(): MemoryLog {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  const fields = (name: string): string[] =>
    lines
      .map((line) => (JSON.parse(line) as Record<string, unknown>)[name])
      .filter((value) => typeof value === 'string');
  return {
    logger: createLogger({ level: 'debug', stream }),
    text: () => lines.join(''),
    events: () => fields('message'),
    codes: () => fields('code'),
  };
}
