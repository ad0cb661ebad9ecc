import { foldVietnamese } from '../kernel/vietnamese.ts';
import { CARD_PARTS, type CardPart, type Command, type FormControl } from './commands.ts';

/**
 * Button payloads and typed keywords: `#hoso H49…`, `#tthc khai-sinh le-phi`. The same words are set by hand as
 * items of the page's own menu, so they are read with and without `#`. This file alone knows their spelling.
 */
type Reader = (args: readonly string[]) => Command;

const ALL_VILLAGES = 'tat-ca';
const YES = 'co';

const READERS: ReadonlyMap<string, Reader> = new Map(
  Object.entries<Reader>({
    menu: () => ({ kind: 'menu' }),
    hoso: ([...code]) => ({ kind: 'procedure_status', ...(code.length > 0 && { code: code.join(' ') }) }),
    tthc: ([id, part]) => ({
      kind: 'procedure_info',
      ...(id !== undefined && { id }),
      ...(isCardPart(part) && { part }),
    }),
    vneid: ([id]) => ({ kind: 'vneid_help', ...(id !== undefined && { id }) }),
    gopy: () => ({ kind: 'complaint_file' }),
    vuviec: ([code]) => ({
      kind: 'complaint_status',
      ...(code !== undefined && { code: code.toUpperCase() }),
    }),
    nguoi: () => ({ kind: 'human' }),
    khieunai: () => ({ kind: 'formal_complaint', formalKind: 'appeal' }),
    tocao: () => ({ kind: 'formal_complaint', formalKind: 'denunciation' }),
    goilai: () => ({ kind: 'formal_callback' }),
    khancap: () => ({ kind: 'emergency' }),
    dangky: ([villageId]) => ({ kind: 'subscribe', ...(villageId !== undefined && { villageId }) }),
    huynhantin: () => ({ kind: 'unsubscribe', confirmed: true }),
    thongbao: ([code]) => ({
      kind: 'announcements',
      ...(code !== undefined && { code: code.toUpperCase() }),
    }),
    lienhe: () => ({ kind: 'contact_info' }),
    ngonngu: ([language]) => ({
      kind: 'language_switch',
      ...((language === 'vi' || language === 'en') && { language }),
    }),
    xoadulieu: ([answer]) => ({
      kind: 'delete_data',
      ...(answer !== undefined && { confirmed: answer === YES }),
    }),
    khac: () => ({ kind: 'something_else' }),
    hoc: ([answer]) => ({ kind: 'learning', allowed: answer === YES }),
    trogiup: () => control('help'),
    quaylai: () => control('back'),
    boqua: () => control('skip'),
    huy: () => control('cancel'),
    lamlai: () => control('restart'),
    tieptuc: () => control('resume'),
    gui: () => control('send'),
    xong: () => control('done'),
    sua: ([step = '']) => ({ kind: 'form_edit', step }),
    chon: ([step = '', value = '']) => ({ kind: 'form_choice', step, value }),
  }),
);

/** Whole messages that are keywords although nobody spells them like the payload. Folded, without blanks. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    thutuc: 'tthc',
    phananh: 'gopy',
    tracuuhoso: 'hoso',
    canbo: 'nguoi',
    gapcanbo: 'nguoi',
    gapnguoi: 'nguoi',
    officer: 'nguoi',
    person: 'nguoi',
    trangchinh: 'menu',
    trove: 'menu',
    vemenu: 'menu',
    troly: 'menu',
    assistant: 'menu',
    stop: 'huynhantin',
    huytin: 'huynhantin',
    dungnhantin: 'huynhantin',
    huydangky: 'huynhantin',
    unsubscribe: 'huynhantin',
    english: 'ngonngu en',
    tienganh: 'ngonngu en',
    tiengviet: 'ngonngu vi',
    vietnamese: 'ngonngu vi',
    // The titles of the two buttons, for those who see them written out, and other ways to say no.
    chomayhoccaunay: 'hoc co',
    lettheassistantlearnthis: 'hoc co',
    dunghoc: 'hoc khong',
    dunghocnua: 'hoc khong',
    khonghocnua: 'hoc khong',
    stoplearning: 'hoc khong',
  }),
);

/** What means a control while a form is open, typed as the whole message. Folded, without blanks. */
const CONTROL_WORDS: ReadonlyMap<string, FormControl> = new Map(
  Object.entries({
    quaylai: 'back',
    trolai: 'back',
    luilai: 'back',
    back: 'back',
    boqua: 'skip',
    khongco: 'skip',
    khongcoanh: 'skip',
    skip: 'skip',
    huy: 'cancel',
    huybo: 'cancel',
    thoat: 'cancel',
    cancel: 'cancel',
    lamlai: 'restart',
    lamlaitudau: 'restart',
    batdaulai: 'restart',
    startover: 'restart',
    restart: 'restart',
    trogiup: 'help',
    huongdan: 'help',
    help: 'help',
    tieptuc: 'resume',
    continue: 'resume',
    xong: 'done',
    xongroi: 'done',
    done: 'done',
    gui: 'send',
    guidi: 'send',
    send: 'send',
    // The whole title, for those who see the button written out as a line.
    guiphananhnay: 'send',
    sendthisreport: 'send',
  } satisfies Record<string, FormControl>),
);

/** Keywords that are everyday words: alone they count only with `#`, or while a form is open. */
const NEEDS_HASH: ReadonlySet<string> = new Set([
  'gui',
  'xong',
  'sua',
  'chon',
  'huy',
  'khancap',
  'goilai',
  'hoc',
  'khac',
]);

/** Reads a payload or keyword; nothing when the text is ordinary words. */
export function parsePayload(text: string): Command | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith('#')) return readWords(foldVietnamese(trimmed.slice(1)).split(' '));
  const joined = joinedWord(trimmed);
  const synonym = SYNONYMS.get(joined);
  if (synonym !== undefined) return readWords(synonym.split(' '));
  if (NEEDS_HASH.has(joined)) return undefined;
  return READERS.get(joined)?.([]) ?? readKeywordWithId(trimmed);
}

/** Reads a control word of an open form; nothing when the text is anything else. */
export function parseControlWord(text: string): FormControl | undefined {
  return CONTROL_WORDS.get(joinedWord(text));
}

/** The payload that means this command, for a button. */
export function payloadFor(command: Command): string {
  switch (command.kind) {
    case 'procedure_status':
      return join('#hoso', command.code);
    case 'procedure_info':
      return join('#tthc', command.id, command.part);
    case 'vneid_help':
      return join('#vneid', command.id);
    case 'complaint_file':
      return '#gopy';
    case 'complaint_status':
      return join('#vuviec', command.code);
    case 'human':
      return '#nguoi';
    case 'formal_complaint':
      return command.formalKind === 'denunciation' ? '#tocao' : '#khieunai';
    case 'formal_callback':
      return '#goilai';
    case 'emergency':
      return '#khancap';
    case 'subscribe':
      return join('#dangky', command.villageId);
    case 'unsubscribe':
      return '#huynhantin';
    case 'announcements':
      return join('#thongbao', command.code);
    case 'contact_info':
      return '#lienhe';
    case 'language_switch':
      return join('#ngonngu', command.language);
    case 'delete_data':
      return join(
        '#xoadulieu',
        command.confirmed === undefined ? undefined : command.confirmed ? YES : 'khong',
      );
    case 'something_else':
      return '#khac';
    case 'learning':
      return join('#hoc', command.allowed ? YES : 'khong');
    case 'form_control':
      return CONTROL_PAYLOADS[command.control];
    case 'form_choice':
      return `#chon ${command.step} ${command.value}`;
    case 'form_edit':
      return `#sua ${command.step}`;
    case 'greeting':
    case 'menu':
    case 'help':
    case 'thanks':
    case 'goodbye':
    case 'yes':
    case 'no':
    case 'out_of_scope':
      return '#menu';
  }
}

/** The value of `subscribe.villageId` that stands for every village. */
export const EVERY_VILLAGE = ALL_VILLAGES;

const CONTROL_PAYLOADS: Readonly<Record<FormControl, string>> = {
  back: '#quaylai',
  skip: '#boqua',
  cancel: '#huy',
  restart: '#lamlai',
  help: '#trogiup',
  resume: '#tieptuc',
  send: '#gui',
  done: '#xong',
};

function readWords([keyword = '', ...args]: readonly string[]): Command | undefined {
  return READERS.get(SYNONYMS.get(keyword) ?? keyword)?.(args);
}

/** `tthc khai-sinh` typed without `#`: only where what follows can be nothing but an id. */
function readKeywordWithId(text: string): Command | undefined {
  const match = /^(tthc|vneid)\s+([a-z0-9]+(?:-[a-z0-9]+)+)$/.exec(text.toLowerCase());
  return match ? readWords([match[1] ?? '', match[2] ?? '']) : undefined;
}

function joinedWord(text: string): string {
  return foldVietnamese(text).replace(/[^a-z0-9]/g, '');
}

function control(name: FormControl): Command {
  return { kind: 'form_control', control: name };
}

function isCardPart(part: string | undefined): part is CardPart {
  return CARD_PARTS.some((known) => known === part);
}

function join(...words: readonly (string | undefined)[]): string {
  return words.filter((word) => word !== undefined).join(' ');
}
