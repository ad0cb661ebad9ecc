import { describe, expect, it } from '@jest/globals';
import { aProcedure, aVneidCard, knowledgeOf, talk, textOf, titlesOf, vi } from '../support/conversation.ts';
import { createScriptedUnderstander } from '../support/understander.ts';

const understander = createScriptedUnderstander({
  answers: Object.fromEntries(
    ['làm giấy cho cháu', 'làm giấy gì đó', 'làm giấy lạ', 'còn giấy kết hôn'].map((text) => [
      text,
      { intent: 'procedure_info' as const, confidence: 0.9, entities: {} },
    ]),
  ),
});
const marriage = aProcedure({ id: 'ket-hon', name: 'Đăng ký kết hôn', fee: 'Miễn.' });

describe('a procedure', () => {
  it('is told with time, fee, papers, place, online way, source and age', async () => {
    const answer = textOf(await talk().say('làm khai sinh cần gì'));

    for (const part of ['Trong ngày làm việc', 'Miễn phí', '– Giấy chứng sinh', 'Một cửa', 'qua mạng']) {
      expect(answer).toContain(part);
    }
    expect(answer).toContain('Nguồn: Luật Hộ tịch 2014. Cập nhật: 11/2026.');
  });

  it('says that no officer has checked it, until one has', async () => {
    const reviewed = aProcedure({ review: { reviewedBy: 'cán bộ', reviewedAt: '2026-11-20' } });

    expect(textOf(await talk().say('#tthc khai-sinh'))).toContain(vi('cards.notReviewed'));
    expect(textOf(await talk({ knowledge: knowledgeOf([reviewed]) }).say('#tthc khai-sinh'))).toContain(
      vi('cards.reviewed', { day: 'thứ Sáu, 20/11/2026' }),
    );
  });

  it('is withheld when its facts are too uncertain and nobody checked them', async () => {
    const outcome = await talk({ knowledge: knowledgeOf([aProcedure({ confidence: 'low' })]) }).say(
      '#tthc khai-sinh',
    );

    expect(outcome.reason).toBe('procedure.uncertain');
    expect(textOf(outcome)).not.toContain('Miễn phí');
    expect(titlesOf(outcome)).toContain('Gặp cán bộ');
  });

  it('tells where a local rate must be asked for, checked or not', async () => {
    const review = { reviewedBy: 'cán bộ', reviewedAt: '2026-11-20' };
    const answer = async (card: ReturnType<typeof aProcedure>): Promise<string> =>
      textOf(await talk({ knowledge: knowledgeOf([card]) }).say('#tthc khai-sinh'));

    expect(await answer(aProcedure({ verifyLocally: true }))).toContain(vi('cards.notReviewedLocal'));
    expect(await answer(aProcedure({ verifyLocally: true, review }))).toContain(vi('cards.verifyLocally'));
  });

  it('names the law first and keeps how it was gathered for those who ask', async () => {
    const source = 'Luật Hộ tịch 2014 (điều 13). Nội dung tổng hợp từ báo chí.';
    const resident = talk({ knowledge: knowledgeOf([aProcedure({ source })]) });

    expect(textOf(await resident.say('#tthc khai-sinh'))).not.toContain('báo chí');
    expect(textOf(await resident.tap(vi('procedure.part.can-cu')))).toContain(source);
  });

  it('is given only when the match is sure', async () => {
    const knowledge = knowledgeOf([aProcedure(), marriage], { 'làm giấy cho cháu': [['khai-sinh', 0.8]] });

    expect((await talk({ knowledge, understander }).say('làm giấy cho cháu')).reason).toBe('procedure.card');
  });

  it('is only offered, with a person, when the match is a guess', async () => {
    const knowledge = knowledgeOf([aProcedure(), marriage], {
      'làm giấy gì đó': [
        ['khai-sinh', 0.4],
        ['ket-hon', 0.3],
      ],
    });
    const resident = talk({ knowledge, understander });
    const outcome = await resident.say('làm giấy gì đó');

    expect(outcome.reason).toBe('procedure.unsure');
    expect(titlesOf(outcome)).toEqual(['Đăng ký khai sinh', 'Đăng ký kết hôn', 'Gặp cán bộ']);
    expect((await resident.say('2')).session.lastTopic).toMatchObject({ kind: 'procedure', id: 'ket-hon' });
  });

  it('is asked for when two are nearly as likely, and nothing of either is told', async () => {
    const knowledge = knowledgeOf([aProcedure(), marriage], {
      'làm giấy cho cháu': [
        ['khai-sinh', 0.62],
        ['ket-hon', 0.55],
      ],
    });
    const outcome = await talk({ knowledge, understander }).say('làm giấy cho cháu');

    expect(outcome.reason).toBe('procedure.unsure');
    expect(textOf(outcome)).not.toMatch(/Miễn|Giấy chứng sinh|Trong ngày/);
    expect(outcome.session.lastTopic).toBeUndefined();
  });

  it('is one of at most three guesses, beside a person', async () => {
    const ids = ['a', 'b', 'c', 'd'] as const;
    const knowledge = knowledgeOf(
      ids.map((id) => aProcedure({ id, name: `Việc ${id}` })),
      { 'làm giấy gì đó': ids.map((id) => [id, 0.3] as const) },
    );

    expect(titlesOf(await talk({ knowledge, understander }).say('làm giấy gì đó'))).toEqual([
      'Việc a',
      'Việc b',
      'Việc c',
      'Gặp cán bộ',
    ]);
  });

  it('falls back to the common ones when nothing matches', async () => {
    const outcome = await talk({ understander }).say('làm giấy lạ');

    expect(outcome.reason).toBe('procedure.unknown');
    expect(titlesOf(outcome)).toContain('Đăng ký khai sinh');
  });

  it.each([
    ['còn phí?', 'procedure.le-phi', 'Miễn phí.'],
    ['mất bao lâu', 'procedure.thoi-gian', 'Trong ngày'],
    ['nộp ở đâu ạ', 'procedure.noi-nop', 'Một cửa'],
    ['cần giấy tờ gì', 'procedure.giay-to', 'Giấy chứng sinh'],
    ['nộp online được không', 'procedure.truc-tuyen', 'qua mạng'],
    ['căn cứ luật nào', 'procedure.can-cu', 'Luật Hộ tịch 2014'],
  ])('is still what a short follow-up is about: %s', async (text, reason, fact) => {
    const resident = talk();
    await resident.say('#tthc khai-sinh');
    const outcome = await resident.say(text);

    expect(outcome.reason).toBe(reason);
    expect(textOf(outcome)).toContain(fact);
  });

  it('gives way to another one that is named', async () => {
    const knowledge = knowledgeOf([aProcedure(), marriage], { 'còn giấy kết hôn': [['ket-hon', 0.7]] });
    const resident = talk({ knowledge, understander });
    await resident.say('#tthc khai-sinh');

    expect((await resident.say('còn giấy kết hôn')).session.lastTopic?.id).toBe('ket-hon');
  });

  it('offers its other parts as buttons', async () => {
    const resident = talk();

    await resident.say('#tthc khai-sinh giay-to');

    expect((await resident.tap('Lệ phí')).reason).toBe('procedure.le-phi');
  });
});

describe('help with VNeID', () => {
  it('gives the steps, who helps next, and the warning about codes', async () => {
    const answer = textOf(await talk().say('#vneid quen-mat-khau'));

    expect(answer).toContain('Bước 1. Bấm Quên mật khẩu.');
    expect(answer).toContain('Tổng đài VNeID');
    expect(answer).toContain(vi('vneid.neverShare'));
    expect(answer).toContain('thứ Sáu, 20/11/2026');
  });

  it('lists the usual troubles when the words match none', async () => {
    const outcome = await talk().say('quên mật khẩu VNeID');

    expect(outcome.reason).toBe('vneid.unknown');
    expect(titlesOf(outcome)).toContain('Quên mật khẩu VNeID làm sao?');
  });

  it('withholds what is too uncertain', async () => {
    const knowledge = knowledgeOf([aVneidCard({ confidence: 'low' })]);

    expect((await talk({ knowledge }).say('#vneid quen-mat-khau')).reason).toBe('vneid.uncertain');
  });

  it('offers guesses as guesses', async () => {
    const knowledge = knowledgeOf([aVneidCard()], { 'quên mật khẩu VNeID': [['quen-mat-khau', 0.3]] });

    expect((await talk({ knowledge }).say('quên mật khẩu VNeID')).reason).toBe('vneid.unsure');
  });
});
