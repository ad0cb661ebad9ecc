import { isObject, isText, judgeMessage, type AcceptedMessage } from './message-rules.ts';
import { findMessage, type ChatMessage, type Resident } from './residents.ts';
import { quotaSource, windowRefusal, type QuotaSource } from './sending-window.ts';
import { echoEvent, receiptEvent } from './webhook-events.ts';
import type { World } from './world.ts';
import { invalid, refusal, success, type ZaloAnswer } from './zalo-errors.ts';

/** The two doors for messages; each generation of page may use one for people. */
export type SendPath = 'v2' | 'v3';

/** The page's side of the conversation. */
export interface OaSending {
  /** `POST /v3.0/oa/message/cs` or `POST /v2.0/oa/message`: applies the rules and, when allowed, delivers. */
  send(path: SendPath, body: unknown): ZaloAnswer;
  /** A person writes in the OA Manager, where the API's windows do not apply. */
  adminReply(resident: Resident, text: string): ChatMessage;
}

/** Zalo OA docs, reaction message page, read 2026-11-22. */
const REACTIONS: readonly string[] = [':>', '--b', ':-((', '/-strong', '/-heart', ':-h', ':o', '/-remove'];

export function createOaSending(world: World): OaSending {
  const { oa, clock, random, residents, faults, quota, webhooks } = world;
  const adminId = random.userId();

  const echo = (resident: Resident, name: string, message: ChatMessage): void => {
    if (!oa.echoes) return;
    webhooks.send(echoEvent(oa, { resident, atMs: message.atMs }, name, message));
  };

  const deliver = (resident: Resident, accepted: AcceptedMessage): ChatMessage => {
    const { echo: name, quoteMsgId, media, kind, text, buttons } = accepted;
    const message: ChatMessage = {
      msgId: random.messageId(),
      from: 'oa',
      kind,
      text,
      buttons,
      atMs: clock.nowMs(),
      state: 'sent',
      ...(media === undefined ? {} : { media }),
      ...(quoteMsgId === undefined ? {} : { quoteMsgId }),
    };
    resident.messages.push(message);
    echo(resident, name, message);
    if (oa.receipts) {
      message.state = 'received';
      const moment = { resident, atMs: message.atMs };
      webhooks.send(receiptEvent(oa, moment, 'user_received_message', [message.msgId]));
    }
    world.changed(resident.userId);
    return message;
  };

  const charge = (resident: Resident, source: QuotaSource): Record<string, unknown> | undefined => {
    const nowMs = clock.nowMs();
    if (source === 'billed') return undefined;
    if (source === 'reply') return { quota_type: source };
    if (source === 'welcome_msg') {
      resident.welcomesSent += 1;
      return { quota_type: source, remain: String(3 - resident.welcomesSent), total: '3' };
    }
    quota.spend(nowMs);
    return {
      quota_type: source,
      remain: String(quota.remain(nowMs)),
      total: String(quota.total),
      expired_date: quota.expiresOn(nowMs),
    };
  };

  const sendToPerson = (path: SendPath, userId: unknown, message: unknown): ZaloAnswer => {
    const verdict = judgeMessage(message);
    if ('refused' in verdict) return verdict.refused;
    const resident = typeof userId === 'string' ? residents.find(userId) : undefined;
    if (!resident) return invalid('user_id');
    const { quoteMsgId } = verdict.ok;
    if (quoteMsgId !== undefined && !findMessage(resident, quoteMsgId)) return invalid('quote_message_id');
    const no = windowRefusal(resident, clock.nowMs());
    if (no) return no;
    const spent = charge(resident, quotaSource(resident, clock.nowMs(), quota.remain(clock.nowMs())));
    const { msgId, atMs } = deliver(resident, verdict.ok);
    return success({
      message_id: msgId,
      user_id: resident.userId,
      // v2 answers are shorter.
      ...(path === 'v3' ? { sent_time: String(atMs) } : {}),
      ...(spent === undefined ? {} : { quota: spent }),
    });
  };

  const react = (userId: unknown, action: Readonly<Record<string, unknown>>): ZaloAnswer => {
    const resident = typeof userId === 'string' ? residents.find(userId) : undefined;
    if (!resident) return invalid('user_id');
    const icon = action['react_icon'];
    if (typeof icon !== 'string' || !REACTIONS.includes(icon)) return invalid('react_icon');
    const message = findMessage(resident, String(action['react_message_id']));
    if (!message) return invalid('react_message_id');
    if (icon === '/-remove') delete message.reaction;
    else message.reaction = icon;
    world.changed(resident.userId);
    return success({ message_id: message.msgId, user_id: resident.userId });
  };

  return {
    send(path, body) {
      const injected = injectedRefusal();
      if (injected) return injected;
      if (!isObject(body) || !isObject(body['recipient'])) return invalid('recipient');
      const recipient = body['recipient'];
      // Broadcasts and groups use the same path with other permissions, which this app was not given.
      if (recipient['target'] !== undefined || recipient['group_id'] !== undefined) return refusal('-212');
      if (path === 'v2' && isObject(body['sender_action'])) {
        return react(recipient['user_id'], body['sender_action']);
      }
      if (path === 'v3' && oa.generation === 'government') return refusal('-235');
      if (path === 'v2' && oa.generation === 'business') return refusal('-240');
      if (!isText(recipient['user_id'])) return invalid('user_id');
      return sendToPerson(path, recipient['user_id'], body['message']);
    },
    adminReply(resident, text) {
      const message: ChatMessage = {
        msgId: random.messageId(),
        from: 'admin',
        kind: 'text',
        text,
        atMs: clock.nowMs(),
        adminId,
        state: 'received',
      };
      resident.messages.push(message);
      echo(resident, 'oa_send_text', message);
      world.changed(resident.userId);
      return message;
    },
  };

  function injectedRefusal(): ZaloAnswer | undefined {
    const { refuseWith, nightForCs } = faults.current();
    if (refuseWith !== 0) return refusal(String(refuseWith) as Parameters<typeof refusal>[0]);
    return nightForCs ? refusal('-234') : undefined;
  }
}
