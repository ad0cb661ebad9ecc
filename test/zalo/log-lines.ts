import { Writable } from 'node:stream';
import { createLogger, type Logger } from '../../src/kernel/logger.ts';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly code?: string;
}

export interface LogLines {
  readonly log: Logger;
  /** Everything written so far, as it would stand in the log file. */
  text(): string;
  lines(): readonly LogLine[];
}

/** The real logger, writing where a test can read. */
export function createLogLines(): LogLines {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString('utf8');
      done();
    },
  });
  return {
    log: createLogger({ level: 'debug', stream }),
    text: () => written,
    lines: () =>
      written
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LogLine),
  };
}
