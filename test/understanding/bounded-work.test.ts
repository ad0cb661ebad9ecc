import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ts from 'typescript';
import { openModel } from '../../src/understanding/model/open-model.ts';
import { modelFileIn } from '../../src/compose-understanding.ts';
import { createMessageReader } from '../../src/understanding/message-reader.ts';
import { INTENTS } from '../../src/understanding/understanding.ts';
import { anUnderstander } from './support.ts';

const ROOMS = ['src/understanding', 'src/knowledge', 'src/kernel', 'src/dossiers', 'src/conversation'];
const CONTEXTS = [undefined, 'form', 'form:confirm', 'form:text', 'form:phone', 'form:village'] as const;

/** However long a message is, no more than this is looked at. */
const MOST_WORDS = 8000;
const MOST_PLACES = 30_000;

interface Found {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

/** Every regular expression written as a literal. */
function literalsIn(file: string): readonly Found[] {
  const found: Found[] = [];
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.RegularExpressionLiteral) {
      const [, pattern = '', flags = ''] =
        /^\/(.*)\/([a-z]*)$/s.exec((node as ts.RegularExpressionLiteral).text) ?? [];
      found.push({ file, pattern, flags });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isUnbounded({ max }: AST.Quantifier): boolean {
  return max === Infinity;
}

/** An endless repetition inside an endless repetition: what makes the work grow exponentially. */
function nestsRepetition({ pattern, flags }: Found): boolean {
  const tree = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: flags.includes('u') });
  let depth = 0;
  let nested = false;
  visitRegExpAST(tree, {
    onQuantifierEnter: (quantifier) => {
      if (!isUnbounded(quantifier)) return;
      depth += 1;
      if (depth > 1) nested = true;
    },
    onQuantifierLeave: (quantifier) => {
      if (isUnbounded(quantifier)) depth -= 1;
    },
  });
  return nested;
}

describe('regular expressions that read what residents wrote', () => {
  const files = ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(room, file)),
  );
  const literals = files.flatMap(literalsIn);

  it('are found', () => {
    expect(literals.length).toBeGreaterThan(50);
  });

  it('never repeat a repetition without an end', () => {
    expect(literals.filter(nestsRepetition).filter(({ pattern }) => !HARMLESS.includes(pattern))).toEqual([]);
  });
});

/** Each with a separator between the repetitions that nothing inside can match. */
const HARMLESS: readonly string[] = [
  '^[a-z0-9]+(-[a-z0-9]+)*$',
  String.raw`^(tthc|vneid)\s+([a-z0-9]+(?:-[a-z0-9]+)+)$`,
];

const HUNDRED_KILOBYTES = 100_000;
const UNITS = [
  'a',
  ' ',
  '.',
  '-',
  '0',
  '0912 ',
  'H49.23.10-',
  'hồ sơ ',
  '🔥',
  '<b>',
  '\u0000',
  '\u0301',
  'аα',
  'không chín ',
];
const ODD: readonly string[] = [
  '',
  '   ',
  '\ud83d',
  '😂😂😂',
  '?!...',
  '<script>alert(1)</script>',
  '\u001b[31m\u0007',
  'H49.23.10-259999-0012',
  'constructor __proto__ toString',
  'привет 你好 안녕 xin chào',
];

describe('the work one message can cause', () => {
  const { model } = openModel({ localesDir: 'locales', modelFile: modelFileIn('.') });
  const reader = createMessageReader(model);
  const understander = anUnderstander();

  it.each(UNITS)('a hundred kilobytes of "%s" are no more words and features than a long message', (unit) => {
    const { words, vector } = reader.read(unit.repeat(HUNDRED_KILOBYTES / unit.length));

    expect(words.length).toBeLessThanOrEqual(MOST_WORDS);
    expect(vector.places.length).toBeLessThanOrEqual(MOST_PLACES);
  });

  it('stays the same when a text grows from ten to a hundred kilobytes', () => {
    const sizes = [10_000, HUNDRED_KILOBYTES].map(
      (length) => reader.read('cho tôi hỏi '.repeat(length / 12)).words.length,
    );

    expect(sizes[1]).toBeLessThanOrEqual((sizes[0] ?? 0) + 2);
  });

  it.each([...ODD, ...UNITS.map((unit) => unit.repeat(HUNDRED_KILOBYTES / unit.length))])(
    'odd input has a defined result at every step of a form (%#)',
    (text) => {
      for (const context of CONTEXTS) {
        const { intent, confidence } = understander.understand(text, context);

        expect([...INTENTS, 'clarify']).toContain(intent);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }
    },
  );

  it('no mixture of pieces throws or is read twice in different ways', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...UNITS, ...ODD), { maxLength: 60 }),
        fc.constantFrom(...CONTEXTS),
        (parts, context) => {
          const text = parts.join('');

          expect(understander.understand(text, context)).toEqual(understander.understand(text, context));
          expect(reader.read(text).words.length).toBeLessThanOrEqual(MOST_WORDS);
        },
      ),
    );
  });
});
