import type { TimeSource } from './clock.ts';
import type { TokenPair } from './tokens.ts';
import type { Generation } from './types.ts';

/** How to start a simulator: which page and app it serves, and what to make easier or harder. */
export interface SimulatorOptions {
  readonly appId: string;
  readonly appSecret: string;
  readonly oaSecretKey: string;
  readonly oaId: string;
  readonly oaName: string;
  readonly generation: Generation;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Default 127.0.0.1: the control API has no password. */
  readonly host?: string;
  /** May also be set later; without one, events are recorded and go nowhere. */
  readonly webhookUrl?: string | undefined;
  /** The first token pair; generated when absent. A state file's pair is preferred. */
  readonly tokens?: TokenPair | undefined;
  /** Default 25 hours. */
  readonly accessTokenLifeMs?: number;
  /** Default 0: no limit. */
  readonly rateLimitPerMinute?: number;
  /** Messages a month that the package pays for between 48 hours and 7 days; default 500. */
  readonly packageQuota?: number;
  readonly clock?: TimeSource;
  /** JSON file that keeps people, conversations and tokens over a restart. */
  readonly stateFile?: string | undefined;
  /** Zalo's copies of what the page sends; default on. */
  readonly echoes?: boolean;
  /** "Received" and "seen"; default on. */
  readonly receipts?: boolean;
  /** Zalo waits 2,000 ms for a webhook's answer; tests wait less. */
  readonly webhookDeadlineMs?: number;
  /** Makes ids and chances repeat from run to run. */
  readonly randomSeed?: number;
  /** Where the page and the sample media lie; default: this folder, seen from the project's root. */
  readonly assetsDir?: string;
}
