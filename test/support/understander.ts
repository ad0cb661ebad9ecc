import { findDossierCode } from '../../src/dossiers/dossier-code.ts';
import { foldVietnamese } from '../../src/kernel/vietnamese.ts';
import type {
  Entities,
  Intent,
  Understander,
  Understanding,
  UnderstandingContext,
} from '../../src/understanding/understanding.ts';

/** Exact phrases (folded) and what they mean; enough for a conversation, and no smarter than a test needs. */
const PHRASES: Readonly<Record<string, Intent>> = {
  'xin chao': 'greeting',
  'giup toi': 'help',
  'ho so toi toi dau roi': 'procedure_status',
  'lam khai sinh can gi': 'procedure_info',
  'quen mat khau vneid': 'vneid_help',
  'toi muon phan anh': 'complaint_file',
  'den duong thon nui thanh hong ca tuan nay': 'complaint_file',
  'phan anh cua toi the nao roi': 'complaint_status',
  'toi muon khieu nai': 'formal_complaint',
  'dang ky nhan tin': 'subscribe',
  'huy nhan tin': 'unsubscribe',
  'co thong bao gi moi': 'announcements',
  'uy ban o dau': 'contact_info',
  'cho toi gap nguoi that': 'human',
  'speak english': 'language_switch',
  'xoa het thong tin cua toi': 'delete_data',
  'cam on': 'thanks',
  'tam biet': 'goodbye',
  'gia vang hom nay': 'out_of_scope',
  dung: 'yes',
  khong: 'no',
};

export interface Script {
  /** Whole answers for given texts. */
  readonly answers?: Readonly<Record<string, Partial<Understanding>>>;
}

/** Reads only what is written here: the conversation is under test, not the matcher. */
export function createScriptedUnderstander({ answers = {} }: Script = {}): Understander {
  return {
    understand(text, context) {
      const scripted = Object.hasOwn(answers, text) ? answers[text] : undefined;
      const base = read(text, context);
      return scripted ? { ...base, ...scripted } : base;
    },
  };
}

function read(text: string, context: UnderstandingContext | undefined): Understanding {
  const folded = foldVietnamese(text);
  const entities = entitiesOf(text, folded);
  const answer = (intent: Understanding['intent'], confidence: number): Understanding => ({
    intent,
    confidence,
    alternatives: [],
    entities,
  });
  if (folded.includes('chay nha')) return { ...answer('emergency', 0.9), emergency: 'fire' };
  if (folded.includes('khong muon song')) return { ...answer('emergency', 0.9), emergency: 'self_harm' };
  const formalKind = folded.includes('to cao') ? ('denunciation' as const) : undefined;
  if (context && context !== 'form') {
    const inForm = context === 'form:confirm' ? phraseOf(folded) : undefined;
    return { ...answer(inForm ?? 'form_answer', 0.9), ...(formalKind && { formalKind }) };
  }
  if (formalKind) return { ...answer('formal_complaint', 0.9), formalKind };
  if (entities.dossierCode !== undefined) return answer('procedure_status', 1);
  if (/pa-\d{6}-\d{4}/.test(folded)) return answer('complaint_status', 1);
  const known = phraseOf(folded);
  if (known) return answer(known, 0.95);
  return context ? answer('form_answer', 0.9) : answer('out_of_scope', 0.3);
}

function entitiesOf(text: string, folded: string): Entities {
  const dossierCode = findDossierCode(text);
  return {
    ...(dossierCode !== undefined && { dossierCode }),
    ...(folded.includes('den duong') && { category: 'lighting' }),
    ...(folded.includes('nui thanh') && { village: 'nui-thanh' }),
    ...(folded.includes('khai sinh') && { procedure: 'khai-sinh' }),
  };
}

function phraseOf(folded: string): Intent | undefined {
  return Object.hasOwn(PHRASES, folded) ? PHRASES[folded] : undefined;
}
