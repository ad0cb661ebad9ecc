import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { FaultBoard, TakeableFault } from '../faults.ts';
import type { ZaloAnswer } from '../zalo-errors.ts';

/** What went over the wire, for the record. */
export interface Sent {
  readonly status: number | null;
  readonly response: unknown;
  readonly fault?: string;
}

const GATEWAY_PAGE = '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';

/** Zalo answers 200 whatever the body says. */
export function sendAnswer(res: Response, answer: ZaloAnswer, faults: FaultBoard): Sent {
  const asStrings = faults.current().errorsAsStrings;
  const body = asStrings ? { ...answer, error: String(answer.error) } : answer;
  sendJson(res, body);
  return { status: 200, response: body };
}

export function sendJson(res: Response, body: unknown): void {
  res.setHeader('content-type', 'application/json; charset=utf-8');
  res.end(JSON.stringify(body));
}

/** Every answer first waits for the `slowMs` fault. */
export async function holdBack(faults: FaultBoard): Promise<void> {
  const { slowMs } = faults.current();
  if (slowMs > 0) await pause(slowMs, undefined, { ref: false });
}

const BEFORE = ['serverErrors', 'html', 'timeouts'] as const satisfies readonly TakeableFault[];

/** Plays a failure of the gateway, in which nothing was done. Undefined when none is switched on. */
export function playGatewayFault(res: Response, faults: FaultBoard): Sent | undefined {
  const fault = BEFORE.find((candidate) => faults.take(candidate));
  if (!fault) return undefined;
  if (fault === 'timeouts') return { status: null, response: null, fault };
  const status = fault === 'html' ? 200 : 502;
  sendGatewayPage(res, status);
  return { status, response: GATEWAY_PAGE, fault };
}

const AFTER = [
  'errorsAfterAccepting',
  'timeoutAfterAccepting',
  'resetAfterAccepting',
] as const satisfies readonly TakeableFault[];

/** Withholds the answer to something that was done. Undefined when none is switched on. */
export function playLostAnswer(req: Request, res: Response, faults: FaultBoard): Sent | undefined {
  const fault = AFTER.find((candidate) => faults.take(candidate));
  if (!fault) return undefined;
  if (fault === 'errorsAfterAccepting') {
    sendGatewayPage(res, 502);
    return { status: 502, response: GATEWAY_PAGE, fault };
  }
  if (fault === 'resetAfterAccepting') req.socket.resetAndDestroy();
  return { status: null, response: null, fault };
}

export function sendGatewayPage(res: Response, status: number): void {
  res.statusCode = status;
  res.setHeader('content-type', 'text/html');
  res.end(GATEWAY_PAGE);
}
