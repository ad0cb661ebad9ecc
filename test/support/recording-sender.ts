import type { OutgoingMessage } from '../../src/kernel/messages.ts';
import type { DeliveredMessage, MessageSender } from '../../src/kernel/sending.ts';

/** A platform in memory: delivers, keeps a history, and fails as told. */
export interface RecordingSender extends MessageSender {
  /** What arrived at the resident, in order. */
  readonly delivered: { readonly residentId: string; readonly text: string; readonly messageId: string }[];
  /** The next calls end like this instead; an error thrown `afterDelivery` is delivered all the same. */
  failNext(error: Error, options?: { readonly afterDelivery?: boolean }): void;
  /** The next looks into the history fail. */
  failHistory(error: Error, times: number): void;
  calls: number;
}

export function createRecordingSender(now: () => Date): RecordingSender {
  const failures: { error: Error; afterDelivery: boolean }[] = [];
  const historyFailures: Error[] = [];
  const history = new Map<string, DeliveredMessage[]>();
  const delivered: RecordingSender['delivered'] = [];

  const deliver = (residentId: string, part: OutgoingMessage): string => {
    const messageId = `m${String(delivered.length + 1)}`;
    delivered.push({ residentId, text: part.text, messageId });
    history.set(residentId, [
      { messageId, text: part.text, sentAt: now() },
      ...(history.get(residentId) ?? []),
    ]);
    return messageId;
  };

  const sender: RecordingSender = {
    delivered,
    calls: 0,
    failNext: (error, options) => {
      failures.push({ error, afterDelivery: options?.afterDelivery ?? false });
    },
    failHistory: (error, times) => {
      historyFailures.push(...Array.from({ length: times }, () => error));
    },
    toParts: (message) => [message],
    send: (residentId, part) => {
      sender.calls += 1;
      const failure = failures.shift();
      if (failure && !failure.afterDelivery) return Promise.reject(failure.error);
      const messageId = deliver(residentId, part);
      return failure ? Promise.reject(failure.error) : Promise.resolve({ messageId });
    },
    recentDeliveries: (residentId) => {
      const failure = historyFailures.shift();
      return failure ? Promise.reject(failure) : Promise.resolve(history.get(residentId) ?? []);
    },
  };
  return sender;
}
