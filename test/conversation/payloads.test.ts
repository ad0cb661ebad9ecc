import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CARD_PARTS, FORM_CONTROLS, type Command } from '../../src/conversation/commands.ts';
import { parseControlWord, parsePayload, payloadFor } from '../../src/conversation/payloads.ts';

const COMMANDS: readonly Command[] = [
  { kind: 'menu' },
  { kind: 'procedure_status' },
  { kind: 'procedure_info' },
  { kind: 'procedure_info', id: 'khai-sinh' },
  ...CARD_PARTS.map((part): Command => ({ kind: 'procedure_info', id: 'khai-sinh', part })),
  { kind: 'vneid_help' },
  { kind: 'vneid_help', id: 'quen-mat-khau' },
  { kind: 'complaint_file' },
  { kind: 'complaint_status' },
  { kind: 'complaint_status', code: 'PA-261123-0001' },
  { kind: 'human' },
  { kind: 'formal_complaint', formalKind: 'appeal' },
  { kind: 'formal_complaint', formalKind: 'denunciation' },
  { kind: 'formal_callback' },
  { kind: 'emergency' },
  { kind: 'subscribe' },
  { kind: 'subscribe', villageId: 'nui-thanh' },
  { kind: 'unsubscribe', confirmed: true },
  { kind: 'announcements' },
  { kind: 'announcements', code: 'TB-0001' },
  { kind: 'contact_info' },
  { kind: 'language_switch' },
  { kind: 'language_switch', language: 'en' },
  { kind: 'delete_data' },
  { kind: 'delete_data', confirmed: true },
  { kind: 'delete_data', confirmed: false },
  { kind: 'learning', allowed: true },
  { kind: 'learning', allowed: false },
  ...FORM_CONTROLS.map((control): Command => ({ kind: 'form_control', control })),
  { kind: 'form_choice', step: 'category', value: 'road' },
  { kind: 'form_edit', step: 'place' },
];

describe('button payloads', () => {
  it.each(COMMANDS)('come back as the command they stand for: %j', (command) => {
    expect(parsePayload(payloadFor(command))).toEqual(command);
  });

  it('carries a dossier code as it was written', () => {
    expect(parsePayload('#hoso H49.23.10-261101-0012')).toEqual({
      kind: 'procedure_status',
      code: 'h49.23.10-261101-0012',
    });
  });

  it.each([
    ['menu', 'menu'],
    ['MENU', 'menu'],
    ['trợ lý', 'menu'],
    ['gopy', 'complaint_file'],
    ['góp ý', 'complaint_file'],
    ['#gopy', 'complaint_file'],
    ['Phản ánh', 'complaint_file'],
    ['thủ tục', 'procedure_info'],
    ['tthc khai-sinh', 'procedure_info'],
    ['Hồ sơ', 'procedure_status'],
    ['gặp cán bộ', 'human'],
    ['STOP', 'unsubscribe'],
    ['hủy nhận tin', 'unsubscribe'],
    ['English', 'language_switch'],
  ])('are understood as keywords without #: %s', (text, kind) => {
    expect(parsePayload(text)?.kind).toBe(kind);
  });

  it.each([
    '',
    '#',
    '#khongco',
    'gửi',
    'hủy',
    'tôi muốn hỏi thủ tục khai sinh',
    'constructor',
    '#constructor',
  ])('are not seen in ordinary words: "%s"', (text) => {
    expect(parsePayload(text)).toBeUndefined();
  });

  it.each([
    ['quay lại', 'back'],
    ['BO QUA', 'skip'],
    ['hủy', 'cancel'],
    ['Làm lại!', 'restart'],
    ['trợ giúp', 'help'],
    ['tiếp tục', 'resume'],
    ['start over', 'restart'],
  ])('have control words that work at every step: %s', (text, control) => {
    expect(parseControlWord(text)).toBe(control);
  });

  it.each(['hủy cái giếng cũ giúp tôi', 'không ai quét dọn', 'gửi cho tôi mẫu đơn', 'toString'])(
    'are not read into a sentence that only begins like a control word: %s',
    (text) => {
      expect(parseControlWord(text)).toBeUndefined();
    },
  );

  it('never fail on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => [parsePayload(text), parsePayload(`#${text}`), parseControlWord(text)]).not.toThrow();
      }),
    );
  });
});
