import { join } from 'node:path';
import { createOfficeCalendar } from '../../src/calendar/office-calendar.ts';
import { createConversation } from '../../src/conversation/conversation.ts';
import type { ConversationDeps } from '../../src/conversation/scene.ts';
import { newSession, type SessionState, type TurnOutcome } from '../../src/conversation/turn.ts';
import type { Dossier } from '../../src/dossiers/dossier.ts';
import type { Feedback } from '../../src/feedback/feedback.ts';
import { parseCommune, type Commune } from '../../src/kernel/commune.ts';
import { createWording } from '../../src/kernel/i18n.ts';
import type { Button, EventContent } from '../../src/kernel/messages.ts';
import type { CardMatch, KnowledgeBase, ProcedureCard, VneidCard } from '../../src/knowledge/knowledge.ts';
import type { AnnouncementSummary } from '../../src/residents/resident.ts';
import type { Understander } from '../../src/understanding/understanding.ts';
import { anEvent } from './events.ts';
import { createScriptedUnderstander } from './understander.ts';

/** Monday 23 November 2026, 9:00 in Vietnam: the office is open until 11:30. */
export const MONDAY_MORNING = new Date('2026-11-23T02:00:00Z');

export const wording = createWording(join(process.cwd(), 'locales'));

export function aCommune(changes: Record<string, unknown> = {}): Commune {
  return parseCommune(
    {
      name: 'Xã Mẫu, tỉnh Mẫu',
      shortName: 'xã Mẫu',
      villageWord: 'thôn',
      villages: [
        { id: 'dong', name: 'Đông', aliases: ['xóm Đông'] },
        { id: 'tay', name: 'Tây' },
        { id: 'nui-thanh', name: 'Núi Thành' },
      ],
      address: 'Số 1 đường Mẫu',
      officePhone: '02030000001',
      policePhone: '02030000002',
      oneStopName: 'bộ phận Một cửa',
      dossierLookupUrl: 'https://dichvucong.gov.vn',
      officeHours: [
        {
          weekdays: [1, 2, 3, 4, 5],
          blocks: [
            { from: '07:30', to: '11:30' },
            { from: '13:30', to: '16:30' },
          ],
        },
      ],
      holidays: [{ day: '2026-11-24', name: 'Ngày Văn hóa Việt Nam' }],
      ...changes,
    },
    'commune.test.json',
  );
}

export function aDossier(changes: Partial<Dossier> = {}): Dossier {
  return {
    code: 'H49.23.10-261101-0012',
    state: 4,
    procedureName: 'Cấp giấy xác nhận tình trạng hôn nhân',
    receivedOn: '2026-11-16',
    promisedOn: '2026-11-27',
    asOf: new Date('2026-11-23T01:00:00Z'),
    source: 'import:one-stop.csv',
    ...changes,
  };
}

export function aProcedure(changes: Partial<ProcedureCard> = {}): ProcedureCard {
  return {
    kind: 'procedure',
    id: 'khai-sinh',
    language: 'vi',
    name: 'Đăng ký khai sinh',
    aliases: [],
    time: 'Trong ngày làm việc.',
    fee: 'Miễn phí.',
    papers: ['Tờ khai', 'Giấy chứng sinh'],
    handler: 'Nộp tại bộ phận Một cửa.',
    online: 'Có thể nộp qua mạng.',
    legalBasis: ['Luật Hộ tịch 2014'],
    verifyLocally: false,
    source: 'Luật Hộ tịch 2014.',
    asOf: '2026-11',
    confidence: 'high',
    ...changes,
  };
}

export function aVneidCard(changes: Partial<VneidCard> = {}): VneidCard {
  return {
    kind: 'vneid',
    id: 'quen-mat-khau',
    language: 'vi',
    question: 'Quên mật khẩu VNeID làm sao?',
    variants: [],
    steps: ['Bấm Quên mật khẩu.', 'Làm theo hướng dẫn trên màn hình.'],
    escalateTo: 'Tổng đài VNeID',
    source: 'Sổ tay VNeID.',
    asOf: '2026-11-20',
    confidence: 'medium',
    ...changes,
  };
}

/** Cards by id; the search gives what the test scripted for a query, and nothing else. */
export function knowledgeOf(
  cards: readonly (ProcedureCard | VneidCard)[],
  scores: Readonly<Record<string, readonly (readonly [id: string, score: number])[]>> = {},
): KnowledgeBase {
  const procedures = cards.filter((card) => card.kind === 'procedure');
  const vneid = cards.filter((card) => card.kind === 'vneid');
  const search = <T extends { id: string }>(known: readonly T[], query: string): CardMatch<T>[] =>
    ((Object.hasOwn(scores, query) ? scores[query] : undefined) ?? []).flatMap(([id, score]) => {
      const card = known.find((each) => each.id === id);
      return card ? [{ card, score }] : [];
    });
  return {
    findProcedure: (id) => procedures.find((card) => card.id === id),
    findVneid: (id) => vneid.find((card) => card.id === id),
    searchProcedures: (query) => search(procedures, query),
    searchVneid: (query) => search(vneid, query),
    listProcedures: () => procedures,
    listVneid: () => vneid,
  };
}

export interface Situation {
  readonly commune?: Commune;
  readonly knowledge?: KnowledgeBase;
  readonly understander?: Understander;
  readonly dossiers?: readonly Dossier[];
  readonly feedback?: readonly Feedback[];
  readonly announcements?: readonly AnnouncementSummary[];
  /** Where the conversation stands; a resident who was greeted before, unless said otherwise. */
  readonly session?: Partial<SessionState>;
  readonly now?: Date;
}

export function conversationDeps(situation: Situation = {}): ConversationDeps {
  const commune = situation.commune ?? aCommune();
  const own = situation.feedback ?? [];
  let numbers = 0;
  return {
    wording,
    commune,
    calendar: createOfficeCalendar(commune),
    understander: situation.understander ?? createScriptedUnderstander(),
    knowledge: situation.knowledge ?? knowledgeOf([aProcedure(), aVneidCard()]),
    dossiers: {
      findByCode: (code) => Promise.resolve(situation.dossiers?.find((dossier) => dossier.code === code)),
      save: () => Promise.resolve(0),
    },
    feedback: {
      nextCode: () => {
        numbers += 1;
        return Promise.resolve(`PA-261123-${String(numbers).padStart(4, '0')}`);
      },
      create: () => Promise.resolve(),
      findOwn: (_oaId, _residentId, code) => Promise.resolve(own.find((each) => each.code === code)),
      listOwn: (_oaId, _residentId, limit) => Promise.resolve(own.slice(0, limit)),
    },
    archive: {
      listRecent: (_now, limit) => Promise.resolve((situation.announcements ?? []).slice(0, limit)),
    },
  };
}

/** A resident talking to the bot; the session is kept from message to message, as JSON, as the store keeps it. */
export interface Talk {
  say(text: string): Promise<TurnOutcome>;
  send(content: EventContent): Promise<TurnOutcome>;
  /** Taps a button of the newest message that has one with this title. */
  tap(title: string): Promise<TurnOutcome>;
  session(): SessionState;
  wait(ms: number): void;
}

export function talk(situation: Situation = {}): Talk {
  const conversation = createConversation(conversationDeps(situation));
  let now = situation.now ?? MONDAY_MORNING;
  let session: SessionState = {
    ...newSession(),
    introducedAt: '2026-11-01T00:00:00.000Z',
    ...situation.session,
  };
  let buttons: readonly Button[] = [];

  const send = async (content: EventContent): Promise<TurnOutcome> => {
    const outcome = await conversation.decide({
      event: anEvent({ content, sentAt: now }),
      content,
      session,
      now,
    });
    session = JSON.parse(JSON.stringify(outcome.session)) as SessionState;
    const shown = outcome.say.flatMap((message) => message.buttons ?? []);
    if (outcome.say.length > 0) buttons = shown;
    return outcome;
  };

  return {
    send,
    say: (text) => send({ kind: 'text', text }),
    tap(title) {
      const button = buttons.find((each) => each.title === title);
      if (button?.kind !== 'send')
        throw new Error(`no button "${title}" among ${buttons.map((b) => b.title).join(', ')}`);
      return send({ kind: 'text', text: button.payload });
    },
    session: () => session,
    wait: (ms) => {
      now = new Date(now.getTime() + ms);
    },
  };
}

/** Everything said in one turn, for searching in. */
export function textOf(outcome: TurnOutcome): string {
  return outcome.say.map((message) => message.text).join('\n---\n');
}

export function titlesOf(outcome: TurnOutcome): readonly string[] {
  return outcome.say.flatMap((message) => message.buttons ?? []).map((button) => button.title);
}

/** The wording itself, so that tests do not break when a sentence is improved. */
export function vi(key: string, values?: Record<string, string | number>): string {
  return wording.say('vi', key, values);
}

export function photo(name: string, caption?: string): EventContent {
  return {
    kind: 'image',
    files: [{ url: `https://photos.example/${name}.jpg` }],
    ...(caption !== undefined && { text: caption }),
  };
}

export function place(): EventContent {
  return { kind: 'location', latitude: 20.93, longitude: 106.8 };
}
