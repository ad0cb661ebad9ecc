import type { Language } from '../kernel/messages.ts';

/** What is known of a person on this page beyond the conversation itself: as little as possible. */
export interface Resident {
  readonly oaId: string;
  readonly residentId: string;
  readonly language: Language;
  /** Last interaction that reopens the reply window (not receipts), by the platform's clock. */
  readonly lastInteractionAt?: Date;
  readonly following: boolean;
  readonly subscription: Subscription;
}

/** Which announcements a person wants. Life-safety notices are kept apart and not switched off here. */
export interface Subscription {
  readonly active: boolean;
  readonly villageIds: readonly string[];
}

/** Announcements already sent, newest first, for "thông báo mới". */
export interface AnnouncementSummary {
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly publishedAt: Date;
  readonly villageIds: readonly string[];
}

export interface AnnouncementArchive {
  listRecent(now: Date, limit: number): Promise<readonly AnnouncementSummary[]>;
}

export interface ResidentStore {
  find(oaId: string, residentId: string): Promise<Resident | undefined>;
  /** Creates on first contact; `lastInteractionAt` only moves forward. */
  touch(oaId: string, residentId: string, interactedAt: Date): Promise<void>;
  setFollowing(oaId: string, residentId: string, following: boolean): Promise<void>;
  setLanguage(oaId: string, residentId: string, language: Language): Promise<void>;
  subscribe(oaId: string, residentId: string, villageIds: readonly string[]): Promise<void>;
  unsubscribe(oaId: string, residentId: string): Promise<void>;
}
