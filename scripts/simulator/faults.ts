import { ZALO_ERRORS, isZaloErrorCode } from './zalo-errors.ts';
import type { Random } from './random.ts';

/** A number is "the next n times"; true is "until switched off". */
export type Times = number | boolean;

/** Disputed and wrong ways to write the signature header. */
export type SignatureStyle = 'normal' | 'bare' | 'spaced' | 'uppercase' | 'wrong';

/** Everything that can be made to go wrong. All off at the start. */
export interface Faults {
  /** Calls answered with -32. */
  readonly rateLimit: Times;
  /** Calls answered with HTTP 502; nothing is done. */
  readonly serverErrors: Times;
  /** Calls answered with a gateway's HTML page; nothing is done. */
  readonly html: Times;
  /** Calls never answered; nothing is done. */
  readonly timeouts: Times;
  /** Sends that reach the resident and are answered with HTTP 502. */
  readonly errorsAfterAccepting: Times;
  /** Sends that reach the resident and are never answered. */
  readonly timeoutAfterAccepting: Times;
  /** Sends that reach the resident, after which the connection is reset. */
  readonly resetAfterAccepting: Times;
  /** Sends refused with this documented code, until it is set to 0. */
  readonly refuseWith: number;
  /** Chat answers refused as if they were promotion at night (-234). */
  readonly nightForCs: boolean;
  /** Error codes as JSON strings, as some answers have been seen. */
  readonly errorsAsStrings: boolean;
  /** Every answer waits this long first. */
  readonly slowMs: number;
  /** Refreshes that use up the refresh token and are answered with HTTP 502. */
  readonly tokenErrorsAfterAccepting: Times;
  /** Refreshes that are refused with HTTP 200 and an empty body. */
  readonly emptyTokenAnswers: Times;
  /** Administrators who say no on the permission page. */
  readonly permissionDenied: Times;
  /** Below 1: the share of events delivered twice; from 1: so many extra copies of every event. */
  readonly duplicateDelivery: number;
  /** Every event is held back this long by the simulator's clock. */
  readonly lateDeliveryMs: number;
  /** Events wait a random while of up to so many ms and overtake each other. */
  readonly reorderWindowMs: number;
  /** The share of events (0 to 1) that are lost for good. */
  readonly dropWebhooks: number;
  readonly signature: SignatureStyle;
}

const NO_FAULTS: Faults = {
  rateLimit: 0,
  serverErrors: 0,
  html: 0,
  timeouts: 0,
  errorsAfterAccepting: 0,
  timeoutAfterAccepting: 0,
  resetAfterAccepting: 0,
  refuseWith: 0,
  nightForCs: false,
  errorsAsStrings: false,
  slowMs: 0,
  tokenErrorsAfterAccepting: 0,
  emptyTokenAnswers: 0,
  permissionDenied: 0,
  duplicateDelivery: 0,
  lateDeliveryMs: 0,
  reorderWindowMs: 0,
  dropWebhooks: 0,
  signature: 'normal',
};

/** A change to the faults; `reset` switches all off first, `tokenExpired` kills the access token once. */
export interface FaultsPatch extends Partial<Faults> {
  readonly reset?: boolean;
  readonly tokenExpired?: boolean;
  /** `true` is a window of 200 ms. */
  readonly reorder?: boolean | number;
}

type CountedFault = { [K in keyof Faults]: Faults[K] extends Times ? K : never }[keyof Faults];

const COUNTED = [
  'rateLimit',
  'serverErrors',
  'html',
  'timeouts',
  'errorsAfterAccepting',
  'timeoutAfterAccepting',
  'resetAfterAccepting',
  'tokenErrorsAfterAccepting',
  'emptyTokenAnswers',
  'permissionDenied',
] as const satisfies readonly CountedFault[];

export type TakeableFault = (typeof COUNTED)[number];

const SIGNATURE_STYLES: readonly string[] = ['normal', 'bare', 'spaced', 'uppercase', 'wrong'];
const SWITCHES: readonly string[] = ['nightForCs', 'errorsAsStrings'];
const COMMANDS: readonly string[] = ['reset', 'tokenExpired', 'reorder'];
const DEFAULT_REORDER_MS = 200;

export interface FaultBoard {
  current(): Faults;
  /** Throws a `TypeError` that names what is wrong with the patch. */
  apply(patch: FaultsPatch): void;
  /** True when this fault is to be played now; counts it down. */
  take(fault: TakeableFault): boolean;
  /** How many extra copies of the event in hand to deliver. */
  extraCopies(random: Random): number;
}

export function createFaultBoard(): FaultBoard {
  let faults: Faults = NO_FAULTS;
  return {
    current: () => faults,
    apply(patch) {
      checkPatch(patch);
      const changes = Object.entries(patch).filter(([name]) => !COMMANDS.includes(name));
      faults = { ...(patch.reset ? NO_FAULTS : faults), ...(Object.fromEntries(changes) as Partial<Faults>) };
      if (patch.reorder !== undefined) faults = { ...faults, reorderWindowMs: reorderWindow(patch.reorder) };
    },
    take(fault) {
      const times = faults[fault];
      if (times === true) return true;
      if (times === false || times <= 0) return false;
      faults = { ...faults, [fault]: times - 1 };
      return true;
    },
    extraCopies(random) {
      const share = faults.duplicateDelivery;
      return share >= 1 ? Math.floor(share) : Number(random.fraction() < share);
    },
  };
}

function reorderWindow(reorder: boolean | number): number {
  if (typeof reorder === 'number') return reorder;
  return reorder ? DEFAULT_REORDER_MS : 0;
}

function checkPatch(patch: FaultsPatch): void {
  for (const [name, value] of Object.entries(patch)) {
    const problem = problemOf(name, value);
    if (problem) throw new TypeError(`${name}: ${problem}`);
  }
}

function problemOf(name: string, value: unknown): string | undefined {
  if (name === 'signature') {
    return SIGNATURE_STYLES.includes(value as string) ? undefined : `one of ${SIGNATURE_STYLES.join(', ')}`;
  }
  if (name === 'refuseWith') {
    const known = value === 0 || isZaloErrorCode(String(value));
    return known ? undefined : `0 or one of ${Object.keys(ZALO_ERRORS).join(', ')}`;
  }
  if (SWITCHES.includes(name)) return typeof value === 'boolean' ? undefined : 'true or false';
  const takesBoolean = COMMANDS.includes(name) || (COUNTED as readonly string[]).includes(name);
  if (!takesBoolean && !Object.hasOwn(NO_FAULTS, name)) return 'there is no such fault';
  if (takesBoolean && typeof value === 'boolean') return undefined;
  return typeof value === 'number' && value >= 0 ? undefined : 'a number from 0 up';
}
