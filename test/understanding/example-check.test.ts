import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkExamples,
  createLikeness,
  findContradictions,
  sameWordsKey,
} from '../../src/understanding/example-check.ts';
import { loadPatterns } from '../../src/understanding/pattern-files.ts';
import type { Example } from '../../src/understanding/pattern-schemas.ts';
import { copySmallLocales } from '../support/small-locales.ts';

const GROUPS = { complaint_file: ['road', 'lighting'] };

function anExample(text: string, intent: Example['intent'] = 'thanks', group?: string): Example {
  return { text, intent, language: 'vi', ...(group !== undefined && { group }) };
}

/** What is found, as `kind: sentence`. */
function problemsOf(...examples: readonly Example[]): readonly string[] {
  return checkExamples(examples, GROUPS).map(({ kind, example }) => `${kind}: ${example.text}`);
}

describe('two meanings for one sentence', () => {
  it.each([
    ['word by word', 'cảm ơn nhé'],
    ['in capitals', 'CẢM ƠN NHÉ'],
    ['with other punctuation', '«cảm ơn», nhé…!!!'],
    ['in decomposed letters', 'cảm ơn nhé'.normalize('NFD')],
  ])('are found %s, with the sentence they clash with', (_how, text) => {
    const [first, second] = [anExample('cảm ơn nhé'), anExample(text, 'goodbye')];

    expect(findContradictions([first, second])).toEqual([
      { kind: 'contradiction', example: second, other: first },
    ]);
  });

  it.each([
    ['with other accents', 'cám ơn nhé'],
    ['with a picture more', 'cảm ơn nhé 👍'],
    ['in another order', 'nhé cảm ơn'],
  ])('are not seen in a sentence %s', (_how, text) => {
    expect(findContradictions([anExample('cảm ơn nhé'), anExample(text, 'goodbye')])).toEqual([]);
  });

  it('are not seen in two groups of one intent', () => {
    const examples = [
      anExample('đường tối', 'complaint_file', 'road'),
      anExample('đường tối', 'complaint_file', 'lighting'),
    ];

    expect(findContradictions(examples)).toEqual([]);
  });

  it('are seen in sentences of nothing but marks only when the marks are the same', () => {
    expect(findContradictions([anExample('???'), anExample('...', 'goodbye')])).toEqual([]);
    expect(findContradictions([anExample('???'), anExample('???', 'goodbye')])).toHaveLength(1);
  });

  it.each([
    ['a command of forms', anExample('thôi', 'cancel'), anExample('thôi', 'goodbye')],
    ['an answer in a form', anExample('thôn Hạ', 'form_answer'), anExample('thôn Hạ', 'out_of_scope')],
    ['a group of forms', anExample('giúp với', 'help', 'form:text'), anExample('giúp với', 'emergency')],
  ])('do not clash where one is %s and the other is said outside', (_what, one, other) => {
    expect(findContradictions([one, other])).toEqual([]);
    expect(sameWordsKey(one)).not.toBe(sameWordsKey(other));
  });

  it('clash inside forms as well', () => {
    expect(findContradictions([anExample('thôi', 'cancel'), anExample('Thôi!', 'no')])).toHaveLength(1);
  });
});

describe('a sentence that stands there twice', () => {
  it('is found by its words, whatever case and punctuation', () => {
    expect(problemsOf(anExample('Cảm ơn nhé'), anExample('cảm ơn, nhé!'))).toEqual([
      'duplicate: cảm ơn, nhé!',
    ]);
  });

  it('is not found where one copy belongs to a form', () => {
    expect(problemsOf(anExample('gặp cán bộ', 'human'), anExample('gặp cán bộ', 'human', 'form'))).toEqual(
      [],
    );
  });
});

describe('sentences that are nearly the same', () => {
  const LAMP = 'đèn đường đầu thôn tôi hỏng cả tuần nay rồi';

  it('are found when they are of different intents', () => {
    const [first, second] = [anExample(LAMP, 'complaint_file'), anExample(`${LAMP} ạ`, 'complaint_status')];

    expect(checkExamples([first, second], GROUPS)).toEqual([
      { kind: 'near_duplicate', example: second, other: first },
    ]);
  });

  it('are found without their accents, too', () => {
    expect(
      problemsOf(
        anExample(LAMP, 'complaint_file'),
        anExample('den duong dau thon toi hong ca tuan nay roi', 'thanks'),
      ),
    ).toEqual(['near_duplicate: den duong dau thon toi hong ca tuan nay roi']);
  });

  it.each([
    ['of one intent', anExample(LAMP, 'thanks'), anExample(`${LAMP} ạ`, 'thanks')],
    ['short', anExample('đèn hỏng rồi', 'thanks'), anExample('đèn hỏng rồi ạ', 'goodbye')],
    ['different enough', anExample(LAMP, 'thanks'), anExample('rác ở đầu thôn tôi không ai dọn', 'goodbye')],
  ])('are left alone when they are %s', (_what, one, other) => {
    expect(problemsOf(one, other)).toEqual([]);
  });

  it('are reported once, as the contradiction they are, when they are the same', () => {
    expect(problemsOf(anExample(LAMP, 'thanks'), anExample(LAMP, 'goodbye'))).toEqual([
      `contradiction: ${LAMP}`,
    ]);
  });

  it('are found as comparing every pair would find them', () => {
    const texts = fc.array(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), minLength: 4, maxLength: 14 }),
      {
        maxLength: 12,
      },
    );
    const pieces = (text: string): ReadonlySet<string> =>
      new Set(Array.from({ length: Math.max(0, text.length - 3) }, (_, at) => text.slice(at, at + 4)));
    const share = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
      const both = [...one].filter((piece) => other.has(piece)).length;
      return both / (one.size + other.size - both || 1);
    };
    fc.assert(
      fc.property(texts, (list) => {
        const plain = list
          .map((text) => text.replace(/ +/g, '_').replace(/^_+|_+$/g, ''))
          .filter((text) => text.length >= 4);
        const likeness = createLikeness(plain, 0.5);

        for (const text of plain) {
          const expected = plain.flatMap((other, at) =>
            share(pieces(text), pieces(other)) >= 0.5 ? [at] : [],
          );
          expect(likeness.like(text)).toEqual(expected);
        }
      }),
    );
  });
});

describe('personal data', () => {
  it.each([
    ['a telephone number', 'gọi tôi 0918273645 nhé'],
    ['one with blanks in it', 'gọi tôi 0918 273 645 nhé'],
    ['a citizen number', 'căn cước của tôi 022091826374'],
  ])('is found: %s', (_what, text) => {
    expect(problemsOf(anExample(text))).toEqual([`personal_data: ${text}`]);
  });

  it.each([
    ['a made-up number', 'gọi tôi 0912345678 nhé'],
    ['another made-up number', 'gọi tôi 0900000001'],
    ['an emergency number', 'gọi 113 hay 114'],
    ['a dossier code', 'hồ sơ H49.23.10-251001-0012'],
    ['a number that is masked', 'gọi tôi [số điện thoại]'],
  ])('is not seen in %s', (_what, text) => {
    expect(problemsOf(anExample(text))).toEqual([]);
  });
});

describe('a group', () => {
  it('that is not there is found', () => {
    expect(problemsOf(anExample('đường hỏng', 'complaint_file', 'rood'))).toEqual([
      'unknown_group: đường hỏng',
    ]);
    expect(problemsOf(anExample('cảm ơn', 'thanks', 'road'))).toEqual(['unknown_group: cảm ơn']);
  });

  it.each([
    ['that is there', anExample('đường hỏng', 'complaint_file', 'road')],
    ['of a form', anExample('thôi', 'cancel', 'form:text')],
    ['that was not given', anExample('đường hỏng', 'complaint_file')],
  ])('%s is no problem', (_what, example) => {
    expect(problemsOf(example)).toEqual([]);
  });
});

describe('pattern files that contradict each other', () => {
  it('are refused, naming the sentence and both files', () => {
    const locales = mkdtempSync(join(tmpdir(), 'contradiction-'));
    copySmallLocales(locales);
    for (const intent of ['thanks', 'goodbye']) {
      const file = join(locales, 'vi', 'intents', `${intent}.json`);
      const content = JSON.parse(readFileSync(file, 'utf8')) as object;
      writeFileSync(file, JSON.stringify({ ...content, examples: ['Đội ơn nhé, chào xã!'] }));
    }

    expect(() => loadPatterns(locales)).toThrow(
      /"Đội ơn nhé, chào xã!".*(thanks|goodbye)\.json and (thanks|goodbye)\.json/,
    );
    rmSync(locales, { recursive: true });
  });
});
