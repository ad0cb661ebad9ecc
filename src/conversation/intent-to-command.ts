import type { Intent, Understanding } from '../understanding/understanding.ts';
import type { Command } from './commands.ts';

/** What free words ask for, once they were understood. `form_answer` without a form is not understood. */
export function toCommand(understanding: Understanding, text: string): Command | undefined {
  const { intent, entities } = understanding;
  switch (intent) {
    case 'procedure_status':
      return { kind: intent, ...(entities.dossierCode !== undefined && { code: entities.dossierCode }) };
    case 'procedure_info':
      return { kind: intent, ...idOr(entities.procedure, text) };
    case 'vneid_help':
      return { kind: intent, ...idOr(entities.topic, text) };
    case 'complaint_file':
      return { kind: intent, words: text };
    case 'formal_complaint':
      return { kind: intent, ...(understanding.formalKind && { formalKind: understanding.formalKind }) };
    case 'subscribe':
      return { kind: intent, ...(entities.village !== undefined && { villageId: entities.village }) };
    case 'complaint_status':
      return { kind: intent, ...(entities.day !== undefined && { day: entities.day }) };
    case 'cancel':
    case 'back':
      return { kind: 'form_control', control: intent };
    case 'clarify':
    case 'form_answer':
      return undefined;
    case 'greeting':
    case 'help':
    case 'thanks':
    case 'goodbye':
    case 'yes':
    case 'no':
    case 'out_of_scope':
    case 'emergency':
    case 'unsubscribe':
    case 'announcements':
    case 'contact_info':
    case 'human':
    case 'language_switch':
    case 'delete_data':
      return { kind: intent };
  }
}

/** Clear enough to be answered in the middle of a form; anything else is taken as an answer to the form. */
const MAY_INTERRUPT: ReadonlySet<Intent> = new Set<Intent>([
  'procedure_status',
  'procedure_info',
  'vneid_help',
  'complaint_status',
  'contact_info',
  'announcements',
  'unsubscribe',
  'language_switch',
  'delete_data',
  'human',
  'help',
  'cancel',
  'back',
  'greeting',
  'thanks',
]);
const CLEAR = 0.7;

export function mayInterrupt({ intent, confidence }: Understanding): boolean {
  return intent !== 'clarify' && MAY_INTERRUPT.has(intent) && confidence >= CLEAR;
}

function idOr(id: string | undefined, query: string): { readonly id: string } | { readonly query: string } {
  return id === undefined ? { query } : { id };
}
