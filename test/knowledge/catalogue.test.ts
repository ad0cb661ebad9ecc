import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/kernel/errors.ts';
import { loadKnowledge } from '../../src/knowledge/catalogue.ts';

type Fields = Readonly<Record<string, unknown>>;

const common = {
  source: { text: 'Luật Hộ tịch 2014', keys: ['P3'] },
  asOf: '2026-11',
  confidence: 'high',
  review: null,
};

function aProcedure(fields: Fields = {}): Fields {
  return {
    id: 'khai-sinh',
    kind: 'procedure',
    name: 'Đăng ký khai sinh',
    aliases: ['làm giấy khai sinh'],
    time: 'Trong ngày.',
    fee: 'Miễn phí.',
    papers: ['Giấy chứng sinh'],
    handler: 'Bộ phận Một cửa.',
    legalBasis: ['Luật Hộ tịch 2014'],
    verifyLocally: false,
    ...common,
    ...fields,
  };
}

function aVneidAnswer(fields: Fields = {}): Fields {
  return {
    id: 'quen-mat-khau',
    kind: 'vneid',
    question: 'Quên mật khẩu VNeID làm sao?',
    variants: ['quên mật khẩu'],
    steps: ['Bấm Quên mật khẩu.'],
    ...common,
    ...fields,
  };
}

let localesDir: string;

beforeEach(() => {
  localesDir = mkdtempSync(join(tmpdir(), 'cards-'));
});

afterEach(() => {
  rmSync(localesDir, { recursive: true });
});

function write(path: string, content: unknown): void {
  const file = join(localesDir, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

function refusal(): ConfigError {
  try {
    loadKnowledge(localesDir);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the cards were accepted');
}

/** Loads with one Vietnamese procedure card of these fields and gives the reason it was refused. */
function refusalOfProcedure(fields: Fields): string {
  write('vi/knowledge/procedures/khai-sinh.json', aProcedure(fields));
  return refusal().message;
}

describe('loading the cards', () => {
  it('gives a card by id with its source and without a review nobody made', () => {
    write('vi/knowledge/procedures/khai-sinh.json', aProcedure());

    const card = loadKnowledge(localesDir).findProcedure('khai-sinh', 'vi');

    expect(card).toMatchObject({ language: 'vi', name: 'Đăng ký khai sinh', source: 'Luật Hộ tịch 2014' });
    expect(card).not.toHaveProperty('review');
  });

  it('shows who reviewed a card, and when', () => {
    const review = { reviewedBy: 'Công chức tư pháp', reviewedAt: '2026-11-24' };
    write('vi/knowledge/vneid/quen-mat-khau.json', aVneidAnswer({ review }));

    expect(loadKnowledge(localesDir).findVneid('quen-mat-khau', 'vi')?.review).toEqual(review);
  });

  it.each([
    ['shows a checked code', true, '1.001193'],
    ['hides an unchecked code', false, undefined],
  ])('%s', (_, codeVerified, shown) => {
    write('vi/knowledge/procedures/khai-sinh.json', aProcedure({ code: '1.001193', codeVerified }));

    expect(loadKnowledge(localesDir).findProcedure('khai-sinh', 'vi')?.code).toBe(shown);
  });

  it('falls back to Vietnamese where a language lacks the card, and says so', () => {
    write('vi/knowledge/procedures/khai-sinh.json', aProcedure());
    write('vi/knowledge/procedures/ket-hon.json', aProcedure({ id: 'ket-hon', name: 'Đăng ký kết hôn' }));
    write('en/knowledge/procedures/khai-sinh.json', aProcedure({ name: 'Birth registration' }));

    const knowledge = loadKnowledge(localesDir);

    expect(knowledge.findProcedure('khai-sinh', 'en')).toMatchObject({
      language: 'en',
      name: 'Birth registration',
    });
    expect(knowledge.findProcedure('ket-hon', 'en')).toMatchObject({
      language: 'vi',
      name: 'Đăng ký kết hôn',
    });
    expect(knowledge.listProcedures('en').map(({ id, language }) => `${id} ${language}`)).toEqual([
      'ket-hon vi',
      'khai-sinh en',
    ]);
  });

  it('knows nothing under an id that is not there', () => {
    write('vi/knowledge/procedures/khai-sinh.json', aProcedure());

    const knowledge = loadKnowledge(localesDir);

    expect(knowledge.findProcedure('nope', 'vi')).toBeUndefined();
    expect(knowledge.findVneid('khai-sinh', 'vi')).toBeUndefined();
    expect(knowledge.searchVneid('khai sinh', 'vi', 3)).toEqual([]);
  });

  it('composes letters that an editor saved decomposed', () => {
    write('vi/knowledge/procedures/khai-sinh.json', JSON.stringify(aProcedure()).normalize('NFD'));

    expect(loadKnowledge(localesDir).findProcedure('khai-sinh', 'vi')?.name).toBe(
      'Đăng ký khai sinh'.normalize('NFC'),
    );
  });
});

describe('refusing cards', () => {
  it('names every problem of every file at once', () => {
    write('vi/knowledge/procedures/khai-sinh.json', aProcedure({ fee: '', asOf: 'tháng 11' }));
    write('vi/knowledge/vneid/quen-mat-khau.json', aVneidAnswer({ steps: [] }));
    write('vi/knowledge/vneid/kich-hoat.json', '{ not json');

    const error = refusal();

    expect(error.code).toBe('config.knowledge_invalid');
    expect(error.message).toContain('vi/knowledge/procedures/khai-sinh.json: fee:');
    expect(error.message).toContain(
      'vi/knowledge/procedures/khai-sinh.json: asOf: must be YYYY-MM or YYYY-MM-DD',
    );
    expect(error.message).toContain('vi/knowledge/vneid/quen-mat-khau.json: steps:');
    expect(error.message).toContain('vi/knowledge/vneid/kich-hoat.json: is not valid JSON');
  });

  it.each([
    ['a field nobody knows', { fees: 'Miễn phí.' }, 'fees'],
    ['an id other than the file name', { id: 'ket-hon' }, 'must be the file name "khai-sinh"'],
    ['no papers', { papers: [] }, 'papers'],
    ['no legal basis', { legalBasis: [] }, 'legalBasis'],
    ['a month that does not exist', { asOf: '2026-13' }, 'asOf'],
    ['a code in another form', { code: 'NĐ 335/2026', codeVerified: true }, 'code'],
    ['a code without word of its check', { code: '1.001193' }, 'codeVerified'],
    ['an insecure link', { onlineUrl: 'http://dichvucong.gov.vn' }, 'onlineUrl'],
    ['a source key nobody can look up', { source: { text: 'Báo chí', keys: ['P9'] } }, 'source-register.ts'],
    ['an end before its beginning', { validFrom: '2026-09-01', validTo: '2026-08-31' }, 'validTo'],
    ['no word on the review', { review: undefined }, 'review'],
    ['the kind of another folder', { kind: 'vneid' }, 'kind'],
  ])('refuses %s', (_, fields, problem) => {
    expect(refusalOfProcedure(fields)).toContain(problem);
  });

  it.each(['khieu-nai', 'to-cao'])('refuses a %s card that lets a chat message pass for a petition', (id) => {
    write(`vi/knowledge/procedures/${id}.json`, aProcedure({ id, time: 'Giải quyết trong 30 ngày.' }));

    expect(refusal().message).toContain('a chat message is not a formal petition');
  });

  it('accepts such a card when it says so', () => {
    const time = 'Tin nhắn này chưa phải là đơn khiếu nại và chưa tính thời hạn.';
    write('vi/knowledge/procedures/khieu-nai.json', aProcedure({ id: 'khieu-nai', time }));

    expect(loadKnowledge(localesDir).findProcedure('khieu-nai', 'vi')?.time).toBe(time);
  });

  it('refuses a translation of a card that does not exist', () => {
    write('vi/knowledge/procedures/khai-sinh.json', aProcedure());
    write('en/knowledge/procedures/birth.json', aProcedure({ id: 'birth' }));

    expect(refusal().message).toContain('en/knowledge/procedures/birth.json: has no Vietnamese card');
  });

  it('reports a broken Vietnamese card once, not its translation as well', () => {
    write('vi/knowledge/procedures/khai-sinh.json', aProcedure({ fee: '' }));
    write('en/knowledge/procedures/khai-sinh.json', aProcedure());

    expect(refusal().message).not.toContain('en/knowledge');
  });

  it('refuses to start without Vietnamese cards', () => {
    expect(refusal().message).toContain('Vietnamese cards are required');
  });
});
