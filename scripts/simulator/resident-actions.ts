import type { MediaStore } from './media-store.ts';
import { findMessage, type ChatMessage, type Resident } from './residents.ts';
import { toWireMessage, type WireMessage } from './resident-content.ts';
import type { BlockKind, ChatButton, ResidentContent, TapResult } from './types.ts';
import { flatEvent, followEvent, receiptEvent, residentEvent } from './webhook-events.ts';
import type { World } from './world.ts';

/** What people do in the Zalo app. Everything here sends the webhook that Zalo would send. */
export interface ResidentActions {
  add(displayName: string, follows: boolean): Resident;
  /** Throws a `TypeError` when the content is empty or of no known kind. */
  say(resident: Resident, content: ResidentContent): ChatMessage;
  /** Taps the newest button with this title; undefined when there is none. */
  tap(resident: Resident, title: string): TapResult | undefined;
  readonly follow: (resident: Resident) => void;
  readonly unfollow: (resident: Resident) => void;
  block(resident: Resident, kind: BlockKind | null): void;
  /** The page's "message" button; Zalo reports it only before the first chat. */
  readonly chatNow: (resident: Resident) => void;
  /** Opens the conversation: everything the page sent is seen. */
  readonly see: (resident: Resident) => void;
  /** Asks Zalo to have the data erased; the person and the conversation are gone here. */
  readonly withdraw: (resident: Resident) => void;
}

export function createResidentActions(world: World, media: MediaStore): ResidentActions {
  const { oa, clock, random, residents, webhooks } = world;

  const interact = (resident: Resident): { resident: Resident; atMs: number } => {
    const atMs = clock.nowMs();
    resident.lastInteractionMs = atMs;
    return { resident, atMs };
  };

  const see = (resident: Resident): void => {
    const unseen = unseenMessages(resident);
    if (unseen.length === 0) return;
    for (const message of unseen) message.state = 'seen';
    // Zalo tells an app only about messages that the app itself sent.
    const ours = unseen.filter((message) => message.from === 'oa').map((message) => message.msgId);
    if (oa.receipts && ours.length > 0) {
      webhooks.send(receiptEvent(oa, { resident, atMs: clock.nowMs() }, 'user_seen_message', ours));
    }
    world.changed(resident.userId);
  };

  const write = (resident: Resident, wire: WireMessage): ChatMessage => {
    see(resident);
    const moment = interact(resident);
    resident.hasWritten = true;
    const msgId = random.messageId();
    const message: ChatMessage = { msgId, from: 'resident', atMs: moment.atMs, ...wire.shown };
    resident.messages.push(message);
    webhooks.send(residentEvent(oa, moment, wire.event, { ...wire.message, msg_id: msgId, ...wire.quote }));
    world.changed(resident.userId);
    return message;
  };

  /** A hidden query reaches the page like typed text, but the resident sees no bubble. */
  const writeHidden = (resident: Resident, text: string): string => {
    const moment = interact(resident);
    resident.hasWritten = true;
    const msgId = random.messageId();
    webhooks.send(residentEvent(oa, moment, 'user_send_text', { text, msg_id: msgId }));
    world.changed(resident.userId);
    return msgId;
  };

  const press = (resident: Resident, { type, payload }: ChatButton): TapResult => {
    if (type === 'oa.query.show') {
      const wire = toWireMessage({ text: String(payload) }, media);
      return { action: 'sent', msgId: write(resident, wire).msgId };
    }
    if (type === 'oa.query.hide') return { action: 'sent', msgId: writeHidden(resident, String(payload)) };
    const target = payload as Readonly<Record<string, string | undefined>>;
    const phone = target['phone_code'] ?? '';
    if (type === 'oa.open.phone') return { action: 'call', phone };
    if (type === 'oa.open.sms') return { action: 'sms', phone, content: target['content'] ?? '' };
    return { action: 'link', url: target['url'] ?? '' };
  };

  return {
    see,
    add(displayName, follows) {
      const resident = residents.add({ displayName, follows });
      if (follows) webhooks.send(followEvent(oa, { resident, atMs: clock.nowMs() }, 'follow'));
      world.changed(resident.userId);
      return resident;
    },
    say(resident, content) {
      const { quoteMsgId } = content;
      if (quoteMsgId !== undefined && !findMessage(resident, quoteMsgId)) {
        throw new TypeError('quoteMsgId: there is no such message in this conversation');
      }
      return write(resident, toWireMessage(content, media));
    },
    tap(resident, title) {
      const button = newestButton(resident, title);
      return button && press(resident, button);
    },
    follow(resident) {
      resident.follows = true;
      webhooks.send(followEvent(oa, interact(resident), 'follow'));
      world.changed(resident.userId);
    },
    unfollow(resident) {
      resident.follows = false;
      webhooks.send(followEvent(oa, { resident, atMs: clock.nowMs() }, 'unfollow'));
      world.changed(resident.userId);
    },
    block(resident, kind) {
      resident.blocked = kind;
      world.changed(resident.userId);
    },
    chatNow(resident) {
      const first = resident.messages.length === 0;
      const moment = interact(resident);
      if (first) webhooks.send(flatEvent(oa, moment, 'user_click_chatnow'));
      world.changed(resident.userId);
    },
    withdraw(resident) {
      webhooks.send(flatEvent(oa, { resident, atMs: clock.nowMs() }, 'user_withdraw'));
      residents.remove(resident.userId);
      world.changed(resident.userId);
    },
  };
}

/** Walks back only as far as the last seen message of the page, so that long conversations stay cheap. */
function unseenMessages(resident: Resident): ChatMessage[] {
  const unseen: ChatMessage[] = [];
  for (let i = resident.messages.length - 1; i >= 0; i -= 1) {
    const message = resident.messages[i];
    if (!message || message.state === 'seen') break;
    if (message.from !== 'resident') unseen.unshift(message);
  }
  return unseen;
}

function newestButton(resident: Resident, title: string): ChatButton | undefined {
  for (let i = resident.messages.length - 1; i >= 0; i -= 1) {
    const button = resident.messages[i]?.buttons?.find((candidate) => candidate.title === title);
    if (button) return button;
  }
  return undefined;
}
