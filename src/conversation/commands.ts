import type { Intent } from '../understanding/understanding.ts';

/** The parts of a procedure card that can be asked for alone, as they stand in payloads. */
export const CARD_PARTS = ['giay-to', 'le-phi', 'thoi-gian', 'noi-nop', 'truc-tuyen', 'can-cu'] as const;
export type CardPart = (typeof CARD_PARTS)[number];

/** The words that work at every step of every form. */
export const FORM_CONTROLS = ['back', 'skip', 'cancel', 'restart', 'help', 'resume', 'send', 'done'] as const;
export type FormControl = (typeof FORM_CONTROLS)[number];

export type FormalKind = 'appeal' | 'denunciation';

/**
 * What a resident wants, whichever way it was said: a tapped button, a typed number or keyword, or free words.
 * Everything that is answered goes through one of these.
 */
export type Command =
  | { readonly kind: 'greeting' | 'menu' | 'help' | 'thanks' | 'goodbye' | 'yes' | 'no' | 'out_of_scope' }
  | { readonly kind: 'procedure_status'; readonly code?: string }
  | {
      readonly kind: 'procedure_info';
      readonly id?: string;
      readonly part?: CardPart;
      readonly query?: string;
    }
  | { readonly kind: 'vneid_help'; readonly id?: string; readonly query?: string }
  | { readonly kind: 'complaint_file'; readonly words?: string }
  /** `day`: when it was sent, `YYYY-MM-DD`. */
  | { readonly kind: 'complaint_status'; readonly code?: string; readonly day?: string }
  | { readonly kind: 'formal_complaint'; readonly formalKind?: FormalKind }
  /** A call-back about an appeal or denunciation: a person is told that someone asked, and nothing else. */
  | { readonly kind: 'formal_callback' }
  | { readonly kind: 'emergency' }
  | { readonly kind: 'subscribe'; readonly villageId?: string }
  | { readonly kind: 'unsubscribe'; readonly confirmed?: boolean }
  | { readonly kind: 'announcements'; readonly code?: string }
  | { readonly kind: 'contact_info' | 'human' }
  | { readonly kind: 'language_switch'; readonly language?: 'vi' | 'en' }
  | { readonly kind: 'delete_data'; readonly confirmed?: boolean }
  /** None of the guesses that were offered. */
  | { readonly kind: 'something_else' }
  /** Whether what is not understood may be kept to learn from. */
  | { readonly kind: 'learning'; readonly allowed: boolean }
  | { readonly kind: 'form_control'; readonly control: FormControl }
  /** An answer that names the step it belongs to, so that an old button still means what it said. */
  | { readonly kind: 'form_choice'; readonly step: string; readonly value: string }
  | { readonly kind: 'form_edit'; readonly step: string };

/** Under which intent a command is counted; `learning` and `clarify` are nothing anybody says in free words. */
export function intentOf(command: Command): Intent | 'learning' | 'clarify' {
  if (command.kind === 'something_else') return 'clarify';
  if (command.kind === 'menu') return 'help';
  if (command.kind === 'formal_callback') return 'formal_complaint';
  if (command.kind === 'form_control') return controlIntent(command.control);
  if (command.kind === 'form_choice' || command.kind === 'form_edit') return 'form_answer';
  return command.kind;
}

function controlIntent(control: FormControl): Intent {
  if (control === 'back' || control === 'cancel' || control === 'help') return control;
  if (control === 'send') return 'yes';
  return 'form_answer';
}
