import type { Evaluation } from './evaluate.ts';
import type { Share } from './measures.ts';

/** The evaluation as a page people can read, in Markdown. */
export function toReport(name: string, result: Evaluation): string {
  const { outOfScope, emergency, formalComplaint, cards, entities, calibration } = result;
  return [
    `# How residents are understood: ${name} (${String(result.messages)} messages)`,
    table(
      ['', 'share', 'right / of'],
      [
        row('first choice right', result.first),
        row('done at once, rightly', result.acted),
        row('right, or among three buttons', result.withinReach),
        row('asked back', result.askedBack),
        ['macro-F1', result.macroF1.toFixed(3), ''],
        row('lines inside forms', result.forms),
        row('out of scope: recall', outOfScope.recall),
        row('out of scope: precision', outOfScope.precision),
        row('in scope, wrongly refused', outOfScope.wronglyRefused),
        row('emergency: recall', emergency.recall),
        row('emergency: false alarms', emergency.falseAlarms),
        row('emergency: right number', emergency.rightKind),
        row('appeal, denunciation: recall', formalComplaint.recall),
        row('appeal, denunciation: precision', formalComplaint.precision),
        row('appeal or denunciation: which', formalComplaint.rightKind),
        row('of them taken for a report', formalComplaint.filedAsReport),
        row('procedure card given', cards.procedure.given),
        row('of these the right one', cards.procedure.rightOfGiven),
        row('VNeID card given', cards.topic.given),
        row('of these the right one', cards.topic.rightOfGiven),
        row('category of a report', result.category),
        row('dossier codes', entities.codes),
        row('phones', entities.phones),
        row('look-alikes left alone', entities.trapsAvoided),
      ],
    ),
    '## By kind of writing',
    table(
      ['', 'first choice', 'right / of'],
      Object.entries(result.byNoise).map(([name_, share]) => row(name_, share)),
    ),
    '## By intent',
    table(
      ['', 'first choice', 'right / of'],
      Object.entries(result.byIntent).map(([name_, share]) => row(name_, share)),
    ),
    '## Most frequent mistakes',
    table(
      ['meant → understood', 'times'],
      result.confusions.slice(0, 25).map(({ pair, count }) => [pair, String(count)]),
    ),
    `## Is the confidence honest? (mean gap ${percent(calibration.error)})`,
    table(
      ['confidence', 'messages', 'said', 'was right'],
      calibration.bins.map((bin) => [
        `${bin.from.toFixed(1)}–${bin.to.toFixed(1)}`,
        String(bin.of),
        percent(bin.meanConfidence),
        percent(bin.right),
      ]),
    ),
  ].join('\n\n');
}

function row(name: string, share: Share): string[] {
  return [name, percent(share.share), `${String(share.right)} / ${String(share.of)}`];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
