import type { Clock } from '../kernel/clock.ts';
import { errorCode } from '../kernel/errors.ts';
import type { Logger } from '../kernel/logger.ts';
import type { OutgoingMessage } from '../kernel/messages.ts';
import type { DeliveredMessage, MessageSender } from '../kernel/sending.ts';
import { ZaloApiError } from './api-error.ts';
import type { ZaloClient } from './client.ts';
import { toParts, toPlainText, toWire } from './message-format.ts';
import type { OaProfiler } from './oa-profile.ts';
import { toSendError } from './send-failure.ts';
import type { HistoryMessage } from './wire.ts';

export interface ZaloSenderDeps {
  readonly client: Pick<ZaloClient, 'sendMessage' | 'conversation'>;
  readonly profiler: Pick<OaProfiler, 'buttonsSupported' | 'rememberButtonsRefused'>;
  readonly clock: Clock;
  readonly log: Logger;
}

const HISTORY_COUNT = 10;
const FROM_PAGE = 0;

/** Reaches residents through their Zalo chat with the page. */
export function createZaloSender({ client, profiler, clock, log }: ZaloSenderDeps): MessageSender {
  type Sent = { readonly messageId: string };

  async function sendPlain(residentId: string, part: OutgoingMessage): Promise<Sent> {
    return client.sendMessage(residentId, toWire(toPlainText(part)));
  }

  /** Buttons refused for good mean that nothing was delivered, so the same words may go at once without them. */
  async function sendWithButtons(residentId: string, part: OutgoingMessage): Promise<Sent> {
    try {
      return await client.sendMessage(residentId, toWire(part));
    } catch (error) {
      if (!(error instanceof ZaloApiError) || !error.plainText) throw error;
      const sent = await sendPlain(residentId, part);
      // Remembered only now: had the plain words been refused too, buttons were not the reason.
      if (error.plainText === 'remember') await rememberQuietly();
      return sent;
    }
  }

  async function rememberQuietly(): Promise<void> {
    try {
      await profiler.rememberButtonsRefused();
    } catch (error) {
      // The message is delivered; throwing here would send it again. The next refusal is remembered instead.
      log.warn('zalo.buttons_refused_not_stored', { code: errorCode(error) }, error);
    }
  }

  async function send(residentId: string, part: OutgoingMessage): Promise<Sent> {
    const hasButtons = (part.buttons ?? []).length > 0;
    if (hasButtons && (await profiler.buttonsSupported())) return sendWithButtons(residentId, part);
    return sendPlain(residentId, part);
  }

  return {
    toParts,
    async send(residentId, part) {
      try {
        return await send(residentId, part);
      } catch (error) {
        throw toSendError(error, clock.now());
      }
    },
    async recentDeliveries(residentId) {
      try {
        const messages = await client.conversation(residentId, 0, HISTORY_COUNT);
        return messages.filter(({ src }) => src === FROM_PAGE).map(toDelivered);
      } catch (error) {
        throw toSendError(error, clock.now());
      }
    },
  };
}

function toDelivered({ message_id: messageId, message, time }: HistoryMessage): DeliveredMessage {
  return { messageId, text: message.normalize('NFC'), sentAt: new Date(time) };
}
