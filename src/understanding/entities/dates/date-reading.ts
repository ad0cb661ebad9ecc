import type { LocalDay } from '../../../calendar/calendar.ts';

/** One place in a message that names a day. */
export interface SpokenDate {
  /** The named groups of the pattern. */
  readonly said: Readonly<Record<string, string | undefined>>;
  /** What stands before and behind it, a few words each. */
  readonly before: string;
  readonly behind: string;
  readonly today: LocalDay;
}

/** One way to name a day: where it stands, and which day it is; undefined when it is none after all. */
export interface DateReading {
  readonly pattern: RegExp;
  readonly read: (date: SpokenDate) => LocalDay | undefined;
}
