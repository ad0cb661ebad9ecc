import type { Logger } from '../kernel/logger.ts';
import type { Echo, OutboxStore, Receipt } from '../outbox/outbox.ts';
import { createLanePump, type LanePump } from '../queue/lane-pump.ts';
import type { InboxRow, InboxStore } from './inbox-store.ts';

export interface NoticeWorkerDeps {
  readonly store: InboxStore;
  readonly outbox: OutboxStore;
  readonly log: Logger;
  readonly idleMs: number;
}

const BATCH = 100;
const ONLY_LANE = 'notices';

/**
 * Works off receipts and echoes. They say nothing to anybody and change one record each, so they need neither
 * order nor a lease: applying one twice changes nothing.
 */
export function createNoticeWorker({ store, outbox, log, idleMs }: NoticeWorkerDeps): LanePump {
  return createLanePump({
    name: 'notices',
    concurrency: 1,
    idleMs,
    log,
    async listReady(busy) {
      if (busy.length > 0) return [];
      return (await store.listNotices(1)).length > 0 ? [ONLY_LANE] : [];
    },
    async drain() {
      const rows = await store.listNotices(BATCH);
      await outbox.recordReceipts(rows.flatMap(toReceipt));
      await outbox.settleByEchoes(rows.flatMap(toEcho));
      await store.finishNotices(rows.map((row) => row.key));
      return rows.length === BATCH ? 'more' : 'worked';
    },
  });
}

function toReceipt({ lane, event }: InboxRow): Receipt[] {
  const { content, sentAt: at } = event;
  return content.kind === 'receipt'
    ? [{ lane, messageIds: content.messageIds, receipt: content.receipt, at }]
    : [];
}

function toEcho({ lane, event: { content } }: InboxRow): Echo[] {
  if (content.kind !== 'echo' || !content.messageId || !content.text) return [];
  return [{ lane, messageId: content.messageId, text: content.text }];
}
