/** What a text means: the interface between the conversation and whatever reads residents' words. */

export const INTENTS = [
  'greeting',
  'help',
  'procedure_status',
  'procedure_info',
  'vneid_help',
  'complaint_file',
  'complaint_status',
  'formal_complaint',
  'emergency',
  'subscribe',
  'unsubscribe',
  'announcements',
  'contact_info',
  'human',
  'language_switch',
  'delete_data',
  'thanks',
  'goodbye',
  'yes',
  'no',
  'cancel',
  'back',
  'out_of_scope',
  'form_answer',
] as const;

export type Intent = (typeof INTENTS)[number];

/** What the open form step has just asked for; absent outside a form. */
export type UnderstandingContext = 'form' | 'form:confirm' | 'form:text' | 'form:phone' | 'form:village';

export interface Entities {
  /** Normalised, `H49.23.10-251001-0012`. */
  readonly dossierCode?: string;
  /** VNeID card id. */
  readonly topic?: string;
  /** Procedure card id. */
  readonly procedure?: string;
  /** Feedback category id. */
  readonly category?: string;
  /** Village id of the commune file. */
  readonly village?: string;
  /** Ten digits beginning with 0. */
  readonly phone?: string;
  /** The day that is named, `YYYY-MM-DD`; only where the reader was told what day it is. */
  readonly day?: string;
}

/** A wish beside the one that is answered. */
export interface SecondNeed {
  readonly intent: Intent;
  /** Its own words, as they stand in the message. */
  readonly text: string;
  readonly entities: Entities;
}

/** Which kind of danger, so that the right number is given. */
export type EmergencyKind =
  'fire' | 'medical' | 'crime' | 'child' | 'disaster' | 'self_harm' | 'electricity' | 'drowning';

export interface Understanding {
  /** The label to act on, or `clarify` when only choices are honest. */
  readonly intent: Intent | 'clarify';
  /** 0 to 1. */
  readonly confidence: number;
  /** At most 3, best first; present with `clarify`. */
  readonly suggestions?: readonly Intent[];
  readonly alternatives: readonly { readonly intent: Intent; readonly confidence: number }[];
  readonly entities: Entities;
  readonly emergency?: EmergencyKind;
  /** With `formal_complaint`: an appeal (khiếu nại) or a denunciation (tố cáo). */
  readonly formalKind?: 'appeal' | 'denunciation';
  /** Two wishes were told in one message, both clearly: this one is to be offered under the answer to `intent`. */
  readonly also?: SecondNeed;
}

export interface Understander {
  /**
   * Pure and deterministic: the same text, context and day give the same answer. Never throws on any input.
   * `today` (`YYYY-MM-DD`, where the resident lives) is what "hôm qua" is told from; without it no day is read.
   */
  understand(text: string, context?: UnderstandingContext, today?: string): Understanding;
}
