/** A conversation handed to a person. Staff work these off; the bot only opens them. */

export type EscalationReason =
  | 'asked'
  | 'not_understood'
  | 'emergency'
  | 'formal_complaint'
  | 'delete_data'
  | 'voice'
  | 'media'
  | 'dossier_not_found'
  | 'failure';

export interface NewEscalation {
  readonly oaId: string;
  readonly residentId: string;
  readonly reason: EscalationReason;
  /** What the resident last wrote, for the officer; absent for a denunciation, whose content is never kept. */
  readonly lastText?: string;
  readonly openedAt: Date;
}

export interface Escalation extends NewEscalation {
  readonly id: string;
  readonly state: 'open' | 'closed';
  readonly sourceKey: string;
}

export interface EscalationStore {
  /** Idempotent by `sourceKey`. While one is open for the resident with the same reason, no second is opened. */
  open(escalation: NewEscalation, sourceKey: string): Promise<void>;
  listOpen(limit: number): Promise<readonly Escalation[]>;
  countOpen(): Promise<number>;
  close(id: string): Promise<void>;
}
