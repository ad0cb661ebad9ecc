import type { SimulatorClock } from './clock.ts';
import type { Random } from './random.ts';
import type { Author, BlockKind, ChatButton, ChatMessageView, MessageKind, ResidentView } from './types.ts';

/** One line of a conversation. */
export interface ChatMessage {
  readonly msgId: string;
  readonly from: Author;
  readonly kind: MessageKind;
  readonly text: string;
  readonly atMs: number;
  readonly buttons?: readonly ChatButton[];
  readonly media?: Readonly<Record<string, unknown>>;
  readonly adminId?: string;
  readonly quoteMsgId?: string;
  state?: 'sent' | 'received' | 'seen';
  reaction?: string;
}

/** A made-up person and all that Zalo knows of their dealings with the page. */
export interface Resident {
  readonly userId: string;
  /** The id of the same person towards the app; differs from `userId`. */
  readonly userIdByApp: string;
  readonly displayName: string;
  readonly messages: ChatMessage[];
  follows: boolean;
  blocked: BlockKind | null;
  /** Anything that opens the 7-day window; undefined before the first. */
  lastInteractionMs?: number;
  /** Following or tapping "message" only; such people get welcome messages, not replies. */
  hasWritten: boolean;
  welcomesSent: number;
}

export interface NewResident {
  readonly displayName: string;
  readonly follows: boolean;
}

export interface Residents {
  add(resident: NewResident): Resident;
  find(userId: string): Resident | undefined;
  /** Newest resident last. */
  list(): readonly Resident[];
  /** Forgets the person and the conversation. */
  remove(userId: string): void;
}

export interface ResidentsOptions {
  readonly random: Random;
  readonly clock: SimulatorClock;
  readonly saved?: readonly Resident[] | undefined;
}

export function createResidents({ random, clock, saved = [] }: ResidentsOptions): Residents {
  const byId = new Map(saved.map((resident) => [resident.userId, resident]));
  return {
    add({ displayName, follows }) {
      const resident: Resident = {
        userId: random.userId(),
        userIdByApp: random.userId(),
        displayName,
        messages: [],
        follows,
        blocked: null,
        hasWritten: false,
        welcomesSent: 0,
      };
      if (follows) resident.lastInteractionMs = clock.nowMs();
      byId.set(resident.userId, resident);
      return resident;
    },
    find: (userId) => byId.get(userId),
    list: () => [...byId.values()],
    remove(userId) {
      byId.delete(userId);
    },
  };
}

/** The message of this conversation with this id, newest first in the search. */
export function findMessage(resident: Resident, msgId: string): ChatMessage | undefined {
  return resident.messages.findLast((message) => message.msgId === msgId);
}

export function toMessageView({ atMs, buttons, ...message }: ChatMessage): ChatMessageView {
  return { ...message, buttons: buttons ?? [], at: new Date(atMs).toISOString() };
}

export function toResidentView(resident: Resident): ResidentView {
  const last = resident.messages.at(-1);
  return {
    userId: resident.userId,
    displayName: resident.displayName,
    follows: resident.follows,
    blocked: resident.blocked,
    lastInteractionAt: isoOrNull(resident.lastInteractionMs),
    lastText: last ? last.text || last.kind : '',
    lastAt: isoOrNull(last?.atMs),
    unread: resident.messages.filter((message) => message.from !== 'resident' && message.state !== 'seen')
      .length,
  };
}

function isoOrNull(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
