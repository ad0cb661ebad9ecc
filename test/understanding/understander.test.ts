import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldVietnamese } from '../../src/kernel/vietnamese.ts';
import { INTENTS } from '../../src/understanding/understanding.ts';
import type { Intent, UnderstandingContext } from '../../src/understanding/understanding.ts';
import { firstChoice } from '../../scripts/evaluate/measures.ts';
import { anUnderstander, readLines } from './support.ts';

interface Sentence {
  readonly text: string;
  readonly intent: Intent;
  readonly context?: UnderstandingContext;
}

const sentences = readLines('sentences.jsonl') as readonly Sentence[];
const understander = anUnderstander();

function misses(list: readonly Sentence[]): readonly string[] {
  return list
    .map((each) => ({ ...each, got: firstChoice(understander.understand(each.text, each.context)) }))
    .filter(({ got, intent }) => got !== intent)
    .map(({ text, intent, got }) => `${intent} ← ${got}: ${text}`);
}

describe('what residents write', () => {
  it('is covered by at least 200 different sentences and every intent', () => {
    expect(new Set(sentences.map(({ text, context }) => `${context ?? ''}|${text}`)).size).toBeGreaterThan(
      200,
    );
    expect(new Set(sentences.map(({ intent }) => intent))).toEqual(new Set(INTENTS));
  });

  it('is understood at least 95 times in 100', () => {
    expect(misses(sentences).slice(sentences.length * 0.05)).toEqual([]);
  });

  it('is understood at least 90 times in 100 when nobody types an accent', () => {
    const folded = sentences.map((each) => ({ ...each, text: foldVietnamese(each.text) }));

    expect(misses(folded).slice(folded.length * 0.1)).toEqual([]);
  });

  it.each(INTENTS)('%s is understood at least 85 times in 100', (intent) => {
    const own = sentences.filter((each) => each.intent === intent);

    expect(misses(own).slice(own.length * 0.15)).toEqual([]);
  });
});

describe('what comes first', () => {
  it('danger comes before a dossier code', () => {
    const understood = understander.understand('Hồ sơ H49.23.10-251001-0012 tính sau, nhà tôi đang cháy');

    expect(understood).toMatchObject({ intent: 'emergency', emergency: 'fire' });
  });

  it('danger comes before the question of a form', () => {
    expect(understander.understand('có người đuối nước ngoài ao', 'form:village')).toMatchObject({
      intent: 'emergency',
      emergency: 'drowning',
    });
  });

  it('a dossier code is a question about that dossier, whatever stands around it', () => {
    expect(understander.understand('xem giúp H49.23.10-251001-0012 nhé')).toMatchObject({
      intent: 'procedure_status',
      entities: { dossierCode: 'H49.23.10-251001-0012' },
    });
  });

  it('the code of a report is never taken for a dossier code', () => {
    const understood = understander.understand('PA-261124-0007 xử lý chưa');

    expect(understood.intent).toBe('complaint_status');
    expect(understood.entities.dossierCode).toBeUndefined();
  });

  it('a greeting with a wish is the wish', () => {
    expect(understander.understand('Xin chào, hồ sơ của tôi đến đâu rồi').intent).toBe('procedure_status');
  });
});

describe('the words of the law', () => {
  it('khiếu nại against a decision is an appeal', () => {
    expect(understander.understand('tôi khiếu nại quyết định xử phạt')).toMatchObject({
      intent: 'formal_complaint',
      formalKind: 'appeal',
    });
  });

  it('tố cáo and bribery told without the word are denunciations', () => {
    expect(understander.understand('tôi tố cáo ông phó thôn').formalKind).toBe('denunciation');
    expect(understander.understand('cán bộ địa chính vòi tiền mới chịu ký').formalKind).toBe('denunciation');
  });

  it('both words in one message are a denunciation, because the law protects who makes it', () => {
    expect(understander.understand('tôi khiếu nại và tố cáo chủ tịch').formalKind).toBe('denunciation');
  });

  it('"khiếu nại" about noise is a strong word for a report, never taken for an appeal', () => {
    const { intent, suggestions = [] } = understander.understand('tôi khiếu nại nhà bên hát karaoke');

    expect([intent, ...suggestions]).toContain('complaint_file');
    expect(intent).not.toBe('formal_complaint');
  });

  it('a denunciation told inside a form stays marked, so that it is not filed as a report', () => {
    expect(understander.understand('tôi tố cáo ông kế toán lấy tiền', 'form:text')).toMatchObject({
      intent: 'form_answer',
      formalKind: 'denunciation',
    });
  });
});

describe('what is not sure', () => {
  it('is asked back with at most three suggestions', () => {
    const vague = understander.understand('hồ sơ với thông báo với đăng nhập');

    expect(vague.intent).toBe('clarify');
    expect(vague.suggestions).toHaveLength(3);
    expect(vague.suggestions).toContain('procedure_status');
  });

  it('a no with no question before it is asked back', () => {
    expect(understander.understand('không')).toMatchObject({
      intent: 'clarify',
      suggestions: ['help', 'human'],
    });
  });

  it.each(['ok', 'vâng', 'dạ vâng ạ', 'được rồi cháu'])(
    '"%s" with no question before it is politeness',
    (text) => {
      expect(understander.understand(text).intent).toBe('thanks');
    },
  );

  it('a message without meaning is out of scope, without suggestions', () => {
    const understood = understander.understand('xyzzy plugh');

    expect(understood.intent).toBe('out_of_scope');
    expect(understood.suggestions).toBeUndefined();
  });
});

describe('what a message names', () => {
  it('the procedure and the VNeID topic by the cards', () => {
    expect(understander.understand('làm khai sinh cần giấy tờ gì').entities.procedure).toBe('khai-sinh');
    expect(understander.understand('vneid không có mã otp').entities.topic).toBe('otp-khong-ve');
  });

  it.each([
    ['đường thôn Núi Thành hỏng', 'nui-thanh'],
    ['duong thon nui thanh hong', 'nui-thanh'],
    ['cống ở xóm Giền tắc', 'thanh-gien'],
    ['đèn thôn Hạ không sáng', 'ha'],
    ['hạ giá điện đi', undefined],
  ])('the village: %s → %s', (text, village) => {
    expect(understander.understand(text).entities.village).toBe(village);
  });

  it.each([
    ['gọi tôi 0912345678', '0912345678'],
    ['số 0912 345 678 nhé', '0912345678'],
    ['0912.345.678', '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['84912345678', '0912345678'],
    ['căn cước 022091234567', undefined],
    ['091234567', undefined],
    ['H49.23.10-251001-0912345678', undefined],
  ])('the phone: %s → %s', (text, phone) => {
    expect(understander.understand(text, 'form:phone').entities.phone).toBe(phone);
  });

  it.each([
    ['đèn đường hỏng', 'lighting'],
    ['rác không ai dọn', 'waste'],
    ['nhà bên hát karaoke', 'noise'],
    ['cán bộ thái độ với dân', 'staff_attitude'],
    ['chó thả rông', 'animals'],
    ['duong o ga', 'road'],
  ])('the category of a report: %s → %s', (text, category) => {
    expect(understander.understand(text, 'form').entities.category).toBe(category);
  });

  it('nothing that is not there', () => {
    expect(understander.understand('cảm ơn').entities).toEqual({});
  });
});

describe('any input', () => {
  const contexts = [undefined, 'form', 'form:confirm', 'form:text', 'form:phone', 'form:village'] as const;

  it('gets an answer within the contract, twice the same, and never an error', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom(...contexts),
        (text, context) => {
          const understood = understander.understand(text, context);

          expect([...INTENTS, 'clarify']).toContain(understood.intent);
          expect(understood.confidence).toBeGreaterThanOrEqual(0);
          expect(understood.confidence).toBeLessThanOrEqual(1);
          expect(understood.suggestions !== undefined).toBe(understood.intent === 'clarify');
          expect(understood.intent === 'form_answer' && context === undefined).toBe(false);
          expect(understander.understand(text, context)).toEqual(understood);
        },
      ),
    );
  });

  it('however its words are put together', () => {
    const words = sentences.flatMap(({ text }) => text.split(' '));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 40 }), (parts) => {
        const understood = understander.understand(parts.join(' '));

        expect(understood.suggestions?.length ?? 0).toBeLessThanOrEqual(3);
        expect(['no', 'cancel', 'back', 'form_answer']).not.toContain(understood.intent);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['half an emoji', '\ud83d'],
    ['control characters', '\u0000\u0007\u001b[31m'],
    ['HTML', '<script>alert(1)</script>'],
    ['names of object properties', 'constructor __proto__ toString'],
  ])('%s is out of scope', (_name, text) => {
    expect(understander.understand(text).intent).toBe('out_of_scope');
  });

  it.each(['hồ sơ đến đâu ', 'cho toi ', 'a', '((', '0912 ', 'đánh dao cháy nhà ', '🔥'])(
    '100 KB of "%s" are read in time proportional to their length',
    (unit) => {
      const startedAt = performance.now();

      understander.understand(unit.repeat(Math.ceil(100_000 / unit.length)));

      // Quadratic work on this much text takes minutes; the bound leaves room for a slow machine.
      expect(performance.now() - startedAt).toBeLessThan(5000);
    },
  );

  it('a cry for help at the end of a long message is heard', () => {
    expect(understander.understand(`${'chuyện dài '.repeat(3000)} nhà tôi đang cháy`).emergency).toBe('fire');
  });
});

describe('how people type', () => {
  it.each([
    ['decomposed letters', 'hồ sơ của tôi đến đâu rồi'.normalize('NFD')],
    ['zero-width characters', 'hồ\u200b sơ của tôi đến\u200d đâu rồi'],
    ['capitals', 'HỒ SƠ CỦA TÔI ĐẾN ĐÂU RỒI'],
    ['drawn-out vowels', 'hồ sơ của tôi đến đâuuuu rồiiii'],
    ['abbreviations', 'hs của t đến đâu r'],
    ['full-width letters', 'ｈｏ ｓｏ ｃｕａ ｔｏｉ ｄｅｎ ｄａｕ ｒｏｉ'],
    ['wrong tones', 'hố sơ của tôi đên đâu rồi'],
  ])('%s change nothing', (_name, text) => {
    expect(understander.understand(text).intent).toBe('procedure_status');
  });
});
