import { describe, expect, it } from '@jest/globals';
import type { Understanding } from '../../src/understanding/understanding.ts';
import { aProcedure, aVneidCard, knowledgeOf, talk, textOf, titlesOf, vi } from '../support/conversation.ts';
import { createScriptedUnderstander } from '../support/understander.ts';

const knowledge = knowledgeOf(
  [
    aProcedure(),
    aProcedure({ id: 'khai-tu', name: 'Đăng ký khai tử', fee: 'Tám nghìn đồng.' }),
    aProcedure({ id: 'tam-tru', name: 'Đăng ký tạm trú' }),
    aVneidCard(),
    aVneidCard({ id: 'mat-may', question: 'Mất điện thoại thì làm gì?' }),
  ],
  {
    'khai tử': [['khai-tu', 0.9]],
    'khai tu': [['khai-tu', 0.45]],
    'mất máy': [['mat-may', 0.9]],
    'cho trẻ con': [
      ['tam-tru', 0.34],
      ['khai-sinh', 0.32],
    ],
    'phí khai sinh bao nhiêu': [
      ['khai-sinh', 0.9],
      ['khai-tu', 0.3],
      ['tam-tru', 0.1],
    ],
  },
);

/** Whatever the words look like on their own. */
function resident(readings: Readonly<Record<string, Partial<Understanding>>> = {}, session = {}) {
  const answers = {
    'phí khai sinh bao nhiêu': { intent: 'procedure_info', confidence: 0.9 },
    ...readings,
  } as const;
  return talk({ knowledge, understander: createScriptedUnderstander({ answers }), session });
}

const READ_AS = ['procedure_info', 'out_of_scope', 'clarify', 'contact_info', 'no', 'help'] as const;

describe('a question that leans on the last card', () => {
  it.each(READ_AS)('is about that card, even when read as %s', async (intent) => {
    const talking = resident({ 'nộp ở đâu': { intent, confidence: 0.95 } });
    await talking.say('#tthc khai-sinh');

    expect((await talking.say('nộp ở đâu')).reason).toBe('procedure.noi-nop');
  });

  it.each(READ_AS)('about something else asks the same of it, even when read as %s', async (intent) => {
    const talking = resident({ 'thế khai tử thì sao?': { intent, confidence: 0.95 } });
    await talking.say('phí khai sinh bao nhiêu');
    const outcome = await talking.say('thế khai tử thì sao?');

    expect(outcome.reason).toBe('procedure.le-phi');
    expect(textOf(outcome)).toContain('Tám nghìn đồng.');
  });

  it('needs less of a name than words out of the blue', async () => {
    const talking = resident();
    await talking.say('#tthc khai-sinh le-phi');

    expect((await talking.say('the khai tu thi sao')).reason).toBe('procedure.le-phi');
  });

  it('stays with VNeID after VNeID', async () => {
    const talking = resident({ 'vậy mất máy thì sao': { intent: 'procedure_info', confidence: 0.7 } });
    await talking.say('#vneid quen-mat-khau');

    expect((await talking.say('vậy mất máy thì sao')).session.lastTopic).toMatchObject({ id: 'mat-may' });
  });

  it('stays the question while two cards are chosen between', async () => {
    const unclear = knowledgeOf(knowledge.listProcedures('vi'), {
      'phí khai sinh bao nhiêu': [
        ['khai-sinh', 0.45],
        ['khai-tu', 0.44],
      ],
      'tạm trú': [['tam-tru', 0.8]],
    });
    const understander = createScriptedUnderstander({
      answers: { 'phí khai sinh bao nhiêu': { intent: 'procedure_info', confidence: 0.9, entities: {} } },
    });
    const talking = talk({ knowledge: unclear, understander });
    await talking.say('phí khai sinh bao nhiêu');
    await talking.say('1');

    expect((await talking.say('còn tạm trú?')).reason).toBe('procedure.le-phi');
  });

  it('is asked back, without a fee or a paper, when two cards may be meant', async () => {
    const talking = resident({ 'còn cho trẻ con thì sao': { intent: 'procedure_info', confidence: 0.9 } });
    await talking.say('#tthc khai-tu');
    const outcome = await talking.say('còn cho trẻ con thì sao');

    expect(outcome.reason).toBe('procedure.unsure');
    expect(titlesOf(outcome)).toEqual(['Đăng ký tạm trú', 'Đăng ký khai sinh', 'Gặp cán bộ']);
    expect(textOf(outcome)).not.toMatch(/Miễn phí|Giấy chứng sinh/);
  });

  it('means nothing without a card', async () => {
    expect((await resident().say('còn phí?')).reason).toBe('not_understood.rephrase');
  });

  it('finds the card of a session saved before parts were remembered', async () => {
    const talking = resident({}, { lastTopic: { kind: 'procedure', id: 'khai-sinh' } });

    expect((await talking.say('còn phí?')).reason).toBe('procedure.le-phi');
  });
});

describe('a correction', () => {
  it('counts as what was meant, and the part asked for stays', async () => {
    const talking = resident({
      'nhầm rồi, ý mình là khai tử': { intent: 'contact_info', confidence: 0.6 },
      'khai tử': { intent: 'procedure_info', confidence: 0.9 },
    });
    await talking.say('phí khai sinh bao nhiêu');

    expect((await talking.say('nhầm rồi, ý mình là khai tử')).reason).toBe('procedure.le-phi');
  });

  it('may be a wish of another kind', async () => {
    const talking = resident({ 'gặp cán bộ nhé': { intent: 'human', confidence: 0.9 } });
    await talking.say('#tthc khai-sinh');

    expect((await talking.say('không phải, gặp cán bộ nhé')).reason).toBe('human.asked');
  });

  it('“the other one” offers what else it could have been, then the usual ones', async () => {
    const talking = resident();
    await talking.say('phí khai sinh bao nhiêu');
    const others = await talking.say('cái kia cơ');

    expect(others.reason).toBe('procedure.unsure');
    expect(titlesOf(others)).toEqual(['Đăng ký khai tử', 'Gặp cán bộ']);
    expect((await talking.say('cái kia cơ')).reason).toBe('procedure.list');
  });
});

describe('a wish of its own', () => {
  it.each([
    ['còn rác thì sao', 'complaint_file', 'complaint_file'],
    ['thế hồ sơ thì sao', 'procedure_status', 'procedure_status'],
    ['vậy gặp cán bộ thì sao', 'human', 'human'],
    ['thế kiện ai được', 'formal_complaint', 'formal_complaint'],
  ] as const)('is not swallowed by the last card: %s', async (text, intent, heard) => {
    const talking = resident({ [text]: { intent, confidence: 0.9 } });
    await talking.say('#tthc khai-sinh');

    expect((await talking.say(text)).intent).toBe(heard);
  });

  it('is heard inside “còn … thì sao” when its words say it clearly', async () => {
    const talking = resident({
      'còn rác thì sao': { intent: 'procedure_info', confidence: 0.9 },
      rác: { intent: 'complaint_file', confidence: 0.9 },
    });
    await talking.say('#tthc khai-sinh');

    expect((await talking.say('còn rác thì sao')).intent).toBe('complaint_file');
  });

  it('of danger comes first', async () => {
    const talking = resident();
    await talking.say('#tthc khai-sinh');

    expect((await talking.say('nhầm rồi, cháy nhà cơ')).intent).toBe('emergency');
    expect((await talking.say('thế cháy nhà thì sao')).intent).toBe('emergency');
  });

  it('that may mean another card is not answered with the fee of the last one', async () => {
    const text = 'giấy cưới bao nhiêu tiền';
    const unsure = knowledgeOf([aProcedure(), aProcedure({ id: 'ket-hon', name: 'Đăng ký kết hôn' })], {
      [text]: [['ket-hon', 0.4]],
    });
    const understander = createScriptedUnderstander({
      answers: { [text]: { intent: 'procedure_info', confidence: 0.9 } },
    });
    const talking = talk({ knowledge: unsure, understander });
    await talking.say('#tthc khai-sinh');
    const outcome = await talking.say(text);

    expect(outcome.reason).toBe('procedure.unsure');
    expect(textOf(outcome)).toContain(vi('cards.didYouMean'));
  });
});
