import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Language } from '../../src/kernel/messages.ts';
import { foldVietnamese } from '../../src/kernel/vietnamese.ts';
import { loadKnowledge } from '../../src/knowledge/catalogue.ts';

const LOCALES = join(process.cwd(), 'locales');
const LANGUAGES: readonly Language[] = ['vi', 'en'];
const KINDS = ['procedures', 'vneid'] as const;

interface CardFile {
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  readonly question?: string;
  readonly aliases?: readonly string[];
  readonly variants?: readonly string[];
  readonly time?: string;
  readonly fee?: string;
  readonly steps?: readonly string[];
  readonly onlineUrl?: string;
  readonly source: { readonly text: string; readonly keys: readonly string[] };
  readonly asOf: string;
  readonly confidence: string;
  readonly review: unknown;
}

interface Located {
  readonly file: string;
  readonly language: Language;
  readonly kind: (typeof KINDS)[number];
  readonly card: CardFile;
}

function readCards(language: Language, kind: (typeof KINDS)[number]): Located[] {
  const folder = join(LOCALES, language, 'knowledge', kind);
  return readdirSync(folder).map((name) => ({
    file: `${language}/${kind}/${name}`,
    language,
    kind,
    card: JSON.parse(readFileSync(join(folder, name), 'utf8')) as CardFile,
  }));
}

const cards = LANGUAGES.flatMap((language) => KINDS.flatMap((kind) => readCards(language, kind)));
const ofVietnamese = cards.filter(({ language }) => language === 'vi');
const ofVneid = cards.filter(({ kind }) => kind === 'vneid');

/** Every text of the card a resident may see, which leaves out only the reviewers' source keys. */
function shownTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(shownTexts);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => (field === 'keys' ? [] : shownTexts(inner)));
}

function shownSentences({ card }: Located): string[] {
  return shownTexts(card).flatMap(toSentences);
}

function toSentences(text: string): string[] {
  return text.split(/[.!?:;]\s+/);
}

/** Files with a shown text that matches; empty when all is well, and readable when not. */
function filesSaying(pattern: RegExp, among: readonly Located[] = cards): string[] {
  return among.flatMap((located) =>
    shownTexts(located.card)
      .filter((text) => pattern.test(text))
      .map((text) => `${located.file}: ${text}`),
  );
}

describe('the knowledge cards', () => {
  it('all load', () => {
    const knowledge = loadKnowledge(LOCALES);

    expect(knowledge.listProcedures('vi')).toHaveLength(53);
    expect(knowledge.listVneid('vi')).toHaveLength(58);
  });

  it.each(KINDS)('are the same set in Vietnamese and English (%s)', (kind) => {
    const ids = (language: Language): string[] =>
      readdirSync(join(LOCALES, language, 'knowledge', kind))
        .map((name) => basename(name, '.json'))
        .sort();

    expect(ids('en')).toEqual(ids('vi'));
  });

  it('each say where their facts come from and when that was read', () => {
    const silent = cards.filter(
      ({ card }) => card.source.text.length < 20 || !/^20\d\d-\d\d/.test(card.asOf),
    );

    expect(silent.map(({ file }) => file)).toEqual([]);
  });

  // No officer has read them yet. The first signed review changes this to a list of the reviewed cards.
  it('claim no review that has not taken place', () => {
    expect(cards.filter(({ card }) => card.review !== null).map(({ file }) => file)).toEqual([]);
  });

  it('show no research keys, file numbers or working notes', () => {
    expect(
      filesSaying(/\[[PVC]\d?[\]:]|\bGH \d|trí nhớ|\(kiểm tra|\(cấu hình|from memory|mustVerify|TODO|→/i),
    ).toEqual([]);
  });

  it('name no single commune, so that another can use them unchanged', () => {
    expect(filesSaying(/Tiền An\b(?! sinh)|Quảng Yên|Quảng Ninh|H49/)).toEqual([]);
  });

  it('link to nothing but state portals, and only in the field for it', () => {
    const links = cards.flatMap(({ card }) => (card.onlineUrl === undefined ? [] : [card.onlineUrl]));
    const withoutLink = cards.map((located) => {
      const { onlineUrl, ...card } = located.card;
      expect(onlineUrl ?? 'https://').toMatch(/^https:/);
      return { ...located, card };
    });

    expect([...new Set(links.map((link) => new URL(link).hostname))]).toEqual(['dichvucong.gov.vn']);
    expect(filesSaying(/https?:|www\./i, withoutLink)).toEqual([]);
  });

  it('ask for no money into an account', () => {
    expect(
      filesSaying(/chuyển khoản (vào|tới|đến|cho)|\bSTK\b|số tài khoản:? ?\d|\btransfer (the )?money\b/i),
    ).toEqual([]);
  });

  it('keep every sentence of a step within 30 words', () => {
    const long = cards.flatMap(({ file, card }) =>
      (card.steps ?? [])
        .flatMap((step) => step.split(/[.!?]\s+/))
        .filter((sentence) => sentence.split(/\s+/).length > 30)
        .map((sentence) => `${file}: ${sentence}`),
    );

    expect(long).toEqual([]);
  });

  it('give one phrase to one card, so that no wording is a coin toss', () => {
    const owners = new Map<string, string[]>();
    for (const { language, kind, card } of cards) {
      const phrases = [card.name ?? card.question ?? '', ...(card.aliases ?? card.variants ?? [])];
      for (const phrase of new Set(phrases.map(foldVietnamese))) {
        const key = `${language} ${kind}: ${phrase}`;
        owners.set(key, [...(owners.get(key) ?? []), card.id]);
      }
    }

    expect([...owners].filter(([, ids]) => ids.length > 1)).toEqual([]);
  });

  it('do not state uncertain times and fees as certain', () => {
    const hedged = /khoảng|thường|có thể|hỏi|theo biểu phí|chưa/i;
    const tooSure = ofVietnamese
      .filter(({ card }) => card.kind === 'procedure' && card.confidence !== 'high')
      .filter(({ card }) => !hedged.test(card.time ?? '') || !hedged.test(card.fee ?? ''));

    expect(tooSure.map(({ file }) => file)).toEqual([]);
  });
});

describe('procedure codes', () => {
  it('are shown only where they were checked', () => {
    const knowledge = loadKnowledge(LOCALES);

    expect(knowledge.findProcedure('khai-sinh', 'vi')?.code).toBe('1.001193');
    expect(knowledge.findProcedure('lien-thong-khai-sinh', 'vi')?.code).toBeUndefined();
    expect(knowledge.findProcedure('gpxd-nha-o', 'vi')?.code).toBeUndefined();
  });

  it('are the same in both languages', () => {
    const knowledge = loadKnowledge(LOCALES);
    const codes = (language: Language): string[] =>
      knowledge.listProcedures(language).map(({ id, code }) => `${id} ${code ?? '-'}`);

    expect(codes('en')).toEqual(codes('vi'));
  });
});

describe('appeals and denunciations', () => {
  it.each(['khieu-nai', 'to-cao'])('say that a chat message does not start them (%s)', (id) => {
    const knowledge = loadKnowledge(LOCALES);

    expect(knowledge.findProcedure(id, 'vi')?.time).toContain('chưa phải là đơn');
    expect(knowledge.findProcedure(id, 'en')?.time).toMatch(/not a formal petition/);
  });

  it('are for the office, not for a web form of the chat', () => {
    const links = ofVietnamese.filter(
      ({ card }) => ['khieu-nai', 'to-cao'].includes(card.id) && card.onlineUrl,
    );

    expect(links).toEqual([]);
  });
});

describe('VNeID answers', () => {
  /** A verb of handing over with a secret after it in the same clause. */
  const handingOver =
    /(?<!\p{L})(đọc|nhắn|cung cấp|gửi|đưa|send|tell|read out|give|share)(?!\p{L})[^,]*(OTP|mật khẩu|passcode|password)/iu;
  const refusal = /không|đừng|lỡ|\bnot\b|\bnever\b|\bno\b|n't\b|already/i;
  const asks = (sentence: string): boolean => handingOver.test(sentence) && !refusal.test(sentence);

  it('never ask for a one-time code, password or passcode', () => {
    const asking = ofVneid.flatMap((located) =>
      (located.card.steps ?? [])
        .flatMap(toSentences)
        .filter(asks)
        .map((sentence) => `${located.file}: ${sentence}`),
    );

    expect(asking).toEqual([]);
  });

  it.each(['Bác gửi mã OTP cho cán bộ', 'Đọc mật khẩu để được hỗ trợ', 'Please send us the OTP'])(
    'would be caught asking: "%s"',
    (sentence) => {
      expect(asks(sentence)).toBe(true);
    },
  );

  it('name one hotline, and never as free of charge', () => {
    const numbers = cards.flatMap(({ card }) =>
      shownTexts(card).flatMap((text) => text.match(/1900[\d. ]*\d/g) ?? []),
    );
    const free = ofVneid
      .flatMap(shownSentences)
      .filter((text) => /1900/.test(text) && /miễn phí|free/i.test(text));

    expect([...new Set(numbers)]).toEqual(['1900.0368']);
    expect(free).toEqual([]);
  });

  it('name the hotline in the same answers in both languages', () => {
    const naming = (language: Language): string[] =>
      ofVneid
        .filter(
          (located) =>
            located.language === language && shownTexts(located.card).some((text) => /1900\.0368/.test(text)),
        )
        .map(({ card }) => card.id)
        .sort();

    expect(naming('en')).toEqual(naming('vi'));
  });
});
