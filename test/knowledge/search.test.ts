import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadKnowledge } from '../../src/knowledge/catalogue.ts';
import type { CardMatch, KnowledgeBase } from '../../src/knowledge/knowledge.ts';
import { createCardSearch } from '../../src/knowledge/search.ts';
import {
  ENGLISH_PROCEDURE_QUERIES,
  ENGLISH_VNEID_QUERIES,
  OTHER_DOMAIN_QUERIES,
  PROCEDURE_QUERIES,
  VAGUE_QUERIES,
  VNEID_QUERIES,
  type QueryRow,
} from './search-queries.ts';

type Found = readonly CardMatch<{ readonly id: string }>[];

interface Answered {
  readonly query: string;
  readonly expected: string;
  readonly ids: readonly string[];
  readonly score: number;
}

function answer(rows: readonly QueryRow[], search: (query: string) => Found): Answered[] {
  return rows.map(([query, expected]) => {
    const found = search(query);
    return { query, expected, ids: found.map(({ card }) => card.id), score: found[0]?.score ?? 0 };
  });
}

function share(rows: readonly Answered[], holds: (row: Answered) => boolean): number {
  return rows.filter(holds).length / rows.length;
}

const isFirst = (row: Answered): boolean => row.ids[0] === row.expected;
const isAmongThree = (row: Answered): boolean => row.ids.includes(row.expected);
const isGiven = (row: Answered): boolean => row.score >= 0.5;

let knowledge: KnowledgeBase;
const searchProcedures = (query: string): Found => knowledge.searchProcedures(query, 'vi', 3);
const searchVneid = (query: string): Found => knowledge.searchVneid(query, 'vi', 3);

beforeAll(() => {
  knowledge = loadKnowledge(join(process.cwd(), 'locales'));
});

describe('finding the card a resident means', () => {
  it('is measured on at least 120 questions, accented and not', () => {
    expect(PROCEDURE_QUERIES.length + VNEID_QUERIES.length).toBeGreaterThanOrEqual(120);
  });

  it.each([
    ['procedures', PROCEDURE_QUERIES, searchProcedures],
    ['VNeID', VNEID_QUERIES, searchVneid],
  ] as const)(
    'finds the right card first for 90%% and among three for 97%% of the questions about %s',
    (_, rows, search) => {
      const answered = answer(rows, search);

      expect(share(answered, isFirst)).toBeGreaterThanOrEqual(0.9);
      expect(share(answered, isAmongThree)).toBeGreaterThanOrEqual(0.97);
    },
  );

  it('is right in 97% of the cases it is sure of, and sure of at least 85%', () => {
    const answered = [...answer(PROCEDURE_QUERIES, searchProcedures), ...answer(VNEID_QUERIES, searchVneid)];
    const given = answered.filter(isGiven);

    expect(share(given, isFirst)).toBeGreaterThanOrEqual(0.97);
    expect(share(answered, isGiven)).toBeGreaterThanOrEqual(0.85);
  });

  it.each([
    ['dk khai sinh', 'khai-sinh'],
    ['lam giay khai sinh cho con', 'khai-sinh'],
    ['LÀM GIẤY KHAI SINH', 'khai-sinh'],
    ['mat the can cuoc', 'can-cuoc'],
    ['đăng ký kết hôn', 'ket-hon'],
    ['đăng ký khai tử', 'khai-tu'],
    ['đăng ký tạm trú', 'tam-tru'],
    ['nhập hộ khẩu', 'thuong-tru'],
    ['sao y bản chính', 'chung-thuc-ban-sao'],
    ['trợ cấp 75 tuổi', 'huu-tri-xa-hoi'],
    ['đơn khiếu nại', 'khieu-nai'],
    ['tố cáo cán bộ', 'to-cao'],
    ['tranh chấp đất đai', 'hoa-giai-dat'],
  ])('always gives the right procedure for "%s"', (query, expected) => {
    const [best] = searchProcedures(query);

    expect(best?.card.id).toBe(expected);
    expect(best?.score).toBeGreaterThanOrEqual(0.5);
  });

  it.each([
    ['quen mat khau vneid', 'quen-mat-khau'],
    ['quên passcode', 'quen-passcode'],
    ['otp khong ve', 'otp-khong-ve'],
    ['có người gọi xin mã otp', 'nguoi-khac-xin-otp'],
    ['họ bảo nộp 22 nghìn', 'phi-22000'],
    ['lừa đảo vneid', 'lua-dao'],
    ['mất điện thoại có vneid', 'mat-may'],
    ['vneid là gì', 'la-gi'],
  ])('always gives the right VNeID answer for "%s"', (query, expected) => {
    const [best] = searchVneid(query);

    expect(best?.card.id).toBe(expected);
    expect(best?.score).toBeGreaterThanOrEqual(0.5);
  });

  it.each([
    ['khai sih', 'khai-sinh'],
    ['dang ki ket hon', 'ket-hon'],
    ['xoá hộ khẩu', 'xoa-thuong-tru'],
    ['Đăng ký khai sinh'.normalize('NFD'), 'khai-sinh'],
  ])('forgives a slip, another spelling or decomposed letters: "%s"', (query, expected) => {
    expect(searchProcedures(query)[0]?.card.id).toBe(expected);
  });

  it('completes a word that was not finished', () => {
    expect(searchVneid('quen passc')[0]?.card.id).toBe('quen-passcode');
  });
});

describe('being unsure', () => {
  it.each(VAGUE_QUERIES)('offers rather than gives a procedure for "%s"', (query) => {
    expect(searchProcedures(query)[0]?.score ?? 0).toBeLessThan(0.5);
  });

  // What a message is about is decided before the search; this only limits the harm of a wrong decision.
  it('gives no card for at least 85% of what is not in the cards', () => {
    const scores = OTHER_DOMAIN_QUERIES.flatMap((query) => [
      searchProcedures(query)[0]?.score ?? 0,
      searchVneid(query)[0]?.score ?? 0,
    ]);

    expect(scores.filter((score) => score < 0.5).length / scores.length).toBeGreaterThanOrEqual(0.85);
  });

  it.each(['', '   ', '👍', '???', 'cho hỏi', 'ạ'])('finds nothing in %j', (query) => {
    expect(searchProcedures(query)).toEqual([]);
  });

  it.each(['constructor', '__proto__ toString', 'khai\u0000sinh', '<script>'])(
    'is not upset by %j',
    (query) => {
      expect(() => searchProcedures(query)).not.toThrow();
    },
  );

  it('reads the beginning of a very long message', () => {
    const [best] = searchProcedures(`đăng ký kết hôn ${'🙂 '.repeat(5_000)}`);

    expect(best?.card.id).toBe('ket-hon');
  });

  it('keeps every score between 0 and 1 and the best first, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.lorem()), (query) => {
        const scores = knowledge.searchProcedures(query, 'vi', 60).map(({ score }) => score);

        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
        expect([...scores].sort((a, b) => b - a)).toEqual(scores);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the two languages', () => {
  it.each(ENGLISH_PROCEDURE_QUERIES)('finds a procedure by English words: "%s"', (query, expected) => {
    expect(knowledge.searchProcedures(query, 'en', 1)[0]?.card.id).toBe(expected);
  });

  it.each(ENGLISH_VNEID_QUERIES)('finds a VNeID answer by English words: "%s"', (query, expected) => {
    expect(knowledge.searchVneid(query, 'en', 1)[0]?.card.id).toBe(expected);
  });

  it('answers a Vietnamese question in English where English was chosen', () => {
    const [best] = knowledge.searchProcedures('lam giay khai sinh', 'en', 1);

    expect(best?.card).toMatchObject({ id: 'khai-sinh', language: 'en' });
  });

  it('scores a question the same whatever the language of the answer', () => {
    const inVietnamese = knowledge.searchVneid('otp khong ve', 'vi', 3).map(({ score }) => score);

    expect(knowledge.searchVneid('otp khong ve', 'en', 3).map(({ score }) => score)).toEqual(inVietnamese);
  });
});

describe('the score', () => {
  const search = createCardSearch([
    { id: 'death', phrases: ['đăng ký khai tử'] },
    { id: 'birth', phrases: ['đăng ký khai sinh', 'giấy khai sinh'] },
    { id: 'self', phrases: ['tự khai thuế'] },
    { id: 'burial-old', phrases: ['mai táng phí người già'] },
    { id: 'burial-poor', phrases: ['mai táng phí người nghèo'] },
  ]);

  it("is 1 for a card's own words, accented or not", () => {
    expect(search('đăng ký khai tử', 1)).toEqual([{ id: 'death', score: 1 }]);
    expect(search('dang ky khai tu', 1)).toEqual([{ id: 'death', score: 1 }]);
  });

  it('is higher when the accents agree than when only the bare letters do', () => {
    const [agreeing] = search('khai tử', 1);
    const [disagreeing] = search('khai tự', 1);

    expect(agreeing?.score).toBeGreaterThan(disagreeing?.score ?? 1);
  });

  it('keeps two cards that fit equally well below 0.5, so that the resident is asked', () => {
    const found = search('mai tang phi', 2);

    expect(found.map(({ id }) => id).sort()).toEqual(['burial-old', 'burial-poor']);
    expect(found.every(({ score }) => score < 0.5)).toBe(true);
  });

  it('gives as many cards as asked for and no more', () => {
    expect(search('khai', 2)).toHaveLength(2);
    expect(search('khai', 0)).toEqual([]);
  });
});
