import { describe, expect, it } from '@jest/globals';
import type { TurnOutcome } from '../../src/conversation/turn.ts';
import { aDossier, photo, place, talk, textOf, titlesOf, vi, type Talk } from '../support/conversation.ts';

const STORY = 'Ổ gà rất to trước cổng trường, xe máy ngã mấy lần rồi';

/** Brings a report to the step named. */
async function reportAt(step: string): Promise<Talk> {
  const resident = talk({ dossiers: [aDossier()] });
  const words: readonly (readonly [string, string])[] = [
    ['category', '#gopy'],
    ['description', '1'],
    ['place', STORY],
    ['photos', 'thôn Đông'],
    ['review', 'bỏ qua'],
  ];
  for (const [at, text] of words) {
    await resident.say(text);
    if (at === step) return resident;
  }
  throw new Error(`no step ${step}`);
}

function filed(outcome: TurnOutcome) {
  const effect = outcome.effects.find(({ kind }) => kind === 'feedback.create');
  return effect?.kind === 'feedback.create' ? effect.feedback : undefined;
}

const STEPS = ['category', 'description', 'place', 'photos', 'review'];

describe('filing feedback', () => {
  it('asks one thing at a time, shows it all, and gives a code', async () => {
    const resident = talk();
    const steps: (string | undefined)[] = [];
    for (const text of ['#gopy', '1', STORY, 'thôn Đông'])
      steps.push((await resident.say(text)).session.form?.step);
    await resident.send(photo('a'));
    const review = await resident.say('xong');
    const outcome = await resident.say('gửi');

    expect(steps).toEqual(['category', 'description', 'place', 'photos']);
    expect(textOf(review)).toContain(
      `1. Loại việc: Đường sá, cầu cống\n2. Nội dung: ${STORY}\n3. Nơi xảy ra: thôn Đông\n4. Số ảnh: 1`,
    );
    expect(filed(outcome)).toMatchObject({
      code: 'PA-261123-0001',
      category: 'road',
      description: STORY,
      place: { villageId: 'dong' },
      photoUrls: ['https://photos.example/a.jpg'],
    });
    expect(textOf(outcome)).toContain('PA-261123-0001');
    expect(outcome.session.form).toBeUndefined();
  });

  it('uses everything the first sentence said, and only suggests its kind', async () => {
    const resident = talk();
    const first = await resident.say('đèn đường thôn Núi Thành hỏng cả tuần nay');
    expect(textOf(first)).toContain(vi('feedback.askSuggested', { category: 'Đèn đường' }));
    await resident.say('đúng rồi');
    await resident.say('bỏ qua');

    expect(filed(await resident.say('gửi'))).toMatchObject({
      category: 'lighting',
      description: 'đèn đường thôn Núi Thành hỏng cả tuần nay',
      place: { villageId: 'nui-thanh' },
    });
  });

  it('lets the suggested kind be changed', async () => {
    const resident = talk();
    await resident.say('đèn đường thôn Núi Thành hỏng cả tuần nay');
    expect(titlesOf(await resident.say('không'))).not.toContain('Đèn đường');
    const rarer = await resident.say('Loại khác');
    expect(textOf(rarer)).toContain('Cây xanh');

    expect((await resident.say('cay xanh')).session.form?.answers['category']).toBe('tree');
  });

  it('reads a kind that is not on the page shown', async () => {
    const resident = await reportAt('category');

    expect((await resident.say('Lừa đảo')).session.form?.answers['category']).toBe('scam');
  });

  it('keeps a story told instead of a kind', async () => {
    const resident = await reportAt('category');
    const outcome = await resident.say('cái cống trước nhà tôi bị tắc hai hôm nay');
    expect(outcome.session.form).toMatchObject({ step: 'category', misses: 0 });

    expect((await resident.say('4')).session.form?.step).toBe('place');
  });

  it('takes photos first', async () => {
    const resident = talk();
    await resident.send(photo('a'));
    await resident.say('1');
    for (const text of ['1', STORY]) await resident.say(text);
    const outcome = await resident.say('thôn Tây');

    expect(outcome.session.form?.step).toBe('review');
    expect(filed(await resident.say('gửi'))?.photoUrls).toEqual(['https://photos.example/a.jpg']);
  });

  it('takes a location first', async () => {
    const resident = talk();
    await resident.send(place());
    for (const text of ['1', '1', STORY, 'bỏ qua']) await resident.say(text);

    expect(filed(await resident.say('gửi'))?.place).toEqual({ latitude: 20.93, longitude: 106.8 });
  });

  it.each(STEPS)('takes a photo with its caption while asking for: %s', async (step) => {
    const resident = await reportAt(step);
    const outcome = await resident.send(photo('early', 'nước tràn ra khắp đường thôn'));

    expect(outcome.session.form?.answers['photoUrls']).toEqual(['https://photos.example/early.jpg']);
    expect(outcome.session.form?.answers['description']).toBeDefined();
  });

  it('keeps three photos and says so', async () => {
    const resident = await reportAt('photos');
    await resident.send(photo('1'));
    await resident.send(photo('2'));
    const third = await resident.send(photo('3'));
    const fourth = await resident.send(photo('4'));

    expect(third.session.form?.step).toBe('review');
    expect(textOf(fourth)).toContain(vi('feedback.photosTooMany', { max: 3, photos: 3 }));
    expect(fourth.session.form?.answers['photoUrls']).toHaveLength(3);
  });

  it('does not count the same photo twice', async () => {
    const resident = await reportAt('photos');
    await resident.send(photo('1'));

    expect((await resident.send(photo('1'))).session.form?.answers['photoUrls']).toHaveLength(1);
  });

  it.each([
    ['2', { villageId: 'tay' }],
    ['tay', { villageId: 'tay' }],
    ['xom dong', { villageId: 'dong' }],
    ['ngõ sau trường thôn Núi Thành', { villageId: 'nui-thanh', words: 'ngõ sau trường thôn Núi Thành' }],
    ['gần cổng chợ', { words: 'gần cổng chợ' }],
    ['bỏ qua', {}],
  ])('understands where it is: %s', async (text, expected) => {
    const resident = await reportAt('place');

    expect((await resident.say(text)).session.form?.answers['place']).toEqual(expected);
  });

  it('keeps 2,000 characters of a very long story, and says so', async () => {
    const resident = await reportAt('description');
    const outcome = await resident.say('đường hỏng '.repeat(1000));

    expect(String(outcome.session.form?.answers['description']).length).toBeLessThanOrEqual(2000);
    expect(textOf(outcome)).toContain(vi('feedback.descriptionCut'));
  });

  it.each([
    'không ai quét dọn cái ngõ này',
    'hủy hoại cả con đường rồi',
    'thôn bỏ hoang cái giếng',
    'dừng xe bừa bãi',
  ])('takes a story that begins like a command: %s', async (story) => {
    const resident = await reportAt('description');

    expect((await resident.say(story)).session.form?.answers['description']).toBe(story);
  });

  it('hides an ID number in the story and goes on', async () => {
    const resident = await reportAt('description');
    const outcome = await resident.say('Đường trước nhà tôi căn cước 022065001234 bị hỏng nặng');

    expect(JSON.stringify(outcome.session)).not.toContain('022065001234');
    expect(outcome.session.form?.step).toBe('place');
    expect(textOf(outcome)).toContain(vi('guard.citizenId'));
  });

  it('does not file the same report twice when the button is tapped again', async () => {
    const resident = await reportAt('review');
    await resident.say('#gui');
    const again = await resident.say('#gui');

    expect(again.effects).toEqual([]);
    expect(again.say.length).toBeGreaterThan(0);
  });
});

describe('looking a report over', () => {
  it.each([
    ['1', 'category', '2', 'lighting'],
    ['2', 'description', 'Chuyện khác hẳn, cây đổ ngang đường', 'Chuyện khác hẳn, cây đổ ngang đường'],
    ['3', 'place', 'thôn Tây', { villageId: 'tay' }],
  ])('changes line %s and comes back', async (number, step, answer, expected) => {
    const resident = await reportAt('review');
    expect((await resident.say(number)).session.form?.step).toBe(step);
    const outcome = await resident.say(answer);

    expect(outcome.session.form).toMatchObject({ step: 'review', answers: { [step]: expected } });
  });

  it('goes back to the review when a change is given up', async () => {
    const resident = await reportAt('review');
    await resident.say('2');

    expect((await resident.say('quay lại')).session.form).toMatchObject({
      step: 'review',
      answers: { description: STORY },
    });
  });

  it('lets photos be removed', async () => {
    const resident = await reportAt('review');
    await resident.send(photo('1'));
    await resident.say('4');

    expect((await resident.tap(vi('feedback.removePhotos'))).session.form?.answers['photoUrls']).toEqual([]);
  });

  it.each(['đúng', 'gửi', '#gui'])('sends on: %s', async (text) => {
    const resident = await reportAt('review');

    expect(filed(await resident.say(text))?.description).toBe(STORY);
  });

  it('asks what to change on a no', async () => {
    const resident = await reportAt('review');
    const outcome = await resident.say('không');

    expect(filed(outcome)).toBeUndefined();
    expect(textOf(outcome)).toContain(vi('form.reviewEdit'));
  });
});

describe('the same words at every step', () => {
  it.each(STEPS)('hủy at %s files nothing and ends the form', async (step) => {
    const resident = await reportAt(step);
    const outcome = await resident.say('hủy');

    expect(outcome.effects).toEqual([]);
    expect(outcome.session.form).toBeUndefined();
    expect(textOf(outcome)).toContain(vi('feedback.cancelled'));
  });

  it.each(STEPS)('làm lại at %s starts again', async (step) => {
    const resident = await reportAt(step);

    expect((await resident.say('làm lại')).session.form).toMatchObject({ step: 'category', answers: {} });
  });

  it.each([
    ['category', 'category'],
    ['description', 'category'],
    ['place', 'description'],
    ['photos', 'place'],
    ['review', 'photos'],
  ])('quay lại at %s goes to %s', async (step, before) => {
    const resident = await reportAt(step);

    expect((await resident.say('quay lại')).session.form?.step).toBe(before);
  });

  it.each([
    ['category', 'category'],
    ['description', 'description'],
    ['place', 'photos'],
    ['photos', 'review'],
    ['review', 'review'],
  ])('bỏ qua at %s leads to %s', async (step, after) => {
    const resident = await reportAt(step);

    expect((await resident.say('bỏ qua')).session.form?.step).toBe(after);
  });

  it.each(STEPS)('trợ giúp at %s explains and asks again', async (step) => {
    const resident = await reportAt(step);
    const outcome = await resident.say('trợ giúp');

    expect(textOf(outcome)).toContain(vi('form.controls'));
    expect(outcome.session.form?.step).toBe(step);
  });

  it.each(STEPS)('gặp cán bộ at %s brings a person and keeps the answers', async (step) => {
    const resident = await reportAt(step);
    const outcome = await resident.say('gặp cán bộ');
    expect(outcome.effects).toMatchObject([{ kind: 'escalation.open', reason: 'asked' }]);
    expect(outcome.session.parked?.step).toBe(step);

    expect((await resident.tap(vi('buttons.resume'))).session.form?.step).toBe(step);
  });

  it.each(STEPS)('a dossier code at %s is answered, then the question comes again', async (step) => {
    const resident = await reportAt(step);
    const question = resident.session().form;
    const outcome = await resident.say('H49.23.10-261101-0012');

    expect(outcome.say).toHaveLength(2);
    expect(outcome.say[0]?.text).toContain(vi('status.state.4'));
    expect(outcome.session.form).toEqual(question);
  });

  it('an unknown dossier code in the middle does not lead away from the report', async () => {
    const resident = await reportAt('photos');
    await resident.say('H49.23.10-261101-9999');

    expect((await resident.say('bỏ qua')).session.form?.step).toBe('review');
  });

  it.each(STEPS)('danger at %s is answered with numbers at once', async (step) => {
    const resident = await reportAt(step);
    const outcome = await resident.say('cháy nhà bên cạnh');

    expect(outcome.intent).toBe('emergency');
    expect(outcome.session.parked?.step).toBe(step);
    expect(titlesOf(outcome)[0]).toContain('114');
    expect(titlesOf(outcome)).toContain(vi('buttons.resume'));
  });

  it.each(STEPS)('menu at %s shows the menu and the way back', async (step) => {
    const resident = await reportAt(step);
    const outcome = await resident.say('menu');
    expect(textOf(outcome)).toMatch(/1\. Tra hồ sơ đã nộp/);

    expect((await resident.say('tiếp tục')).session.form?.step).toBe(step);
    expect(titlesOf(outcome)).toContain(vi('buttons.resume'));
  });

  it.each(STEPS)('a denunciation at %s is not taken into the report', async (step) => {
    const resident = await reportAt(step);
    const outcome = await resident.say('tôi tố cáo ông A nhận tiền của dân');

    expect(textOf(outcome)).toContain(vi('formal.notAPaper'));
    expect(outcome.session.form).toBeUndefined();
    expect(JSON.stringify([outcome.session, outcome.effects])).not.toContain('ông A');
  });

  it.each(['category', 'description', 'photos', 'review'])(
    'three answers that do not fit at %s bring a person, with the answers kept',
    async (step) => {
      const resident = await reportAt(step);
      const first = await resident.say('?');
      await resident.say('?');
      const third = await resident.say('?');

      expect(first.session.form?.misses).toBe(1);
      expect(third.effects).toMatchObject([{ kind: 'escalation.open', reason: 'not_understood' }]);
      expect(third.session.parked?.step).toBe(step);
    },
  );

  it.each(['video', 'audio', 'sticker'] as const)(
    'a %s is answered, then the question comes again',
    async (kind) => {
      const resident = await reportAt('photos');
      const content = kind === 'sticker' ? { kind } : { kind, files: [{ url: 'https://photos.example/x' }] };
      const outcome = await resident.send(content);

      expect(outcome.say).toHaveLength(2);
      expect(outcome.session.form?.step).toBe('photos');
    },
  );
});

describe('a report left open', () => {
  it('is set aside after a night and offered in the menu', async () => {
    const resident = await reportAt('place');
    resident.wait(20 * 60 * 60_000);
    const outcome = await resident.say('xin chào');
    expect(outcome.intent).toBe('greeting');

    expect((await resident.tap(vi('buttons.resume'))).session.form?.step).toBe('place');
  });

  it('goes on when the resident wants to report again', async () => {
    const resident = await reportAt('place');
    await resident.say('menu');
    const outcome = await resident.say('4');

    expect(outcome.session.form).toMatchObject({ step: 'place', answers: { description: STORY } });
  });

  it('is not overwritten by a question for a dossier code', async () => {
    const resident = await reportAt('place');
    await resident.say('#hoso');
    await resident.say('H49.23.10-261101-0012');

    expect((await resident.say('tiếp tục')).session.form?.answers['description']).toBe(STORY);
  });

  it('answers an old button with what it meant', async () => {
    const resident = await reportAt('place');

    expect((await resident.say('#chon category waste')).session.form).toMatchObject({
      step: 'place',
      answers: { category: 'waste' },
    });
  });

  it('has no effect on old buttons once it is gone', async () => {
    expect((await talk().say('#chon category waste')).reason).toBe('nothing_open');
  });
});
