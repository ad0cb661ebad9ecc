import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication, type TestApplication } from '../support/application.ts';
import { GENERATIONS, rowsOf, sendsTo } from '../support/zalo-calls.ts';

describe.each(GENERATIONS)('people behind a $generation page', ({ generation }) => {
  let app: TestApplication;

  beforeAll(async () => {
    app = await startApplication({ generation });
  });

  afterAll(async () => {
    await app.stop();
  });

  it('asking for a person opens one case, says when the office works, and keeps the assistant', async () => {
    const resident = app.resident();
    const [, answer = ''] = await resident.says('cho bà gặp cán bộ');
    await resident.says('gặp cán bộ');

    expect(answer).toMatch(/Cán bộ đang|Chưa tới giờ|ngoài giờ làm việc|nghỉ lễ/);
    expect(await rowsOf(app, 'escalations', resident.userId)).toMatchObject([
      { reason: 'asked', state: 'open' },
    ]);
    expect((await resident.says('mấy giờ làm việc')).join()).toContain('Giờ làm việc');
  });

  it('somebody who cannot type is put through to a person', async () => {
    const resident = app.resident();

    expect((await resident.says('bà già rồi không biết gõ, gọi điện cho bà được không')).join()).toContain(
      'Cán bộ sẽ trả lời bác tại đây',
    );
  });

  it('a voice message goes to a person', async () => {
    const resident = app.resident();

    expect((await resident.says({ audio: {} })).join()).toContain('đã nhờ cán bộ nghe giúp bác');
    expect(await rowsOf(app, 'escalations', resident.userId)).toMatchObject([{ reason: 'voice' }]);
  });

  it('while an officer writes the assistant is quiet, until the resident calls it back', async () => {
    const resident = app.resident();
    await resident.says('gặp cán bộ');
    app.simulator.adminReply(resident.userId, 'Chào bác, tôi là Hoa ở bộ phận Một cửa.');
    await app.settled();

    expect(await resident.says('dạ chào cô')).toEqual([]);
    expect(await resident.says('quên mật khẩu vneid')).toEqual([]);
    expect((await resident.says('#menu')).join()).toContain('1. Tra hồ sơ đã nộp');
    expect((await resident.says('quên mật khẩu vneid')).join()).toContain('bấm Quên mật khẩu');
  });

  it('danger is answered even then', async () => {
    const resident = app.resident();
    await resident.says('gặp cán bộ');
    app.simulator.adminReply(resident.userId, 'Chào bác.');
    await app.settled();

    expect((await resident.says('có người đuối nước ở ao làng')).join()).toContain('gọi ngay 114');
  });

  it('who no longer wants to live is offered a person, not a form, and an officer is told', async () => {
    const resident = app.resident();
    const [answer = ''] = await resident.says('tôi buồn quá không muốn sống nữa');

    expect(answer).toContain('Gọi ngay 115');
    expect(answer).not.toContain('Nếu không khẩn cấp');
    expect(resident.buttons()).toContain('Gặp cán bộ');
    expect(await rowsOf(app, 'escalations', resident.userId)).toMatchObject([{ reason: 'emergency' }]);
  });

  it('who follows the page is welcomed, and who leaves hears nothing', async () => {
    const resident = app.resident();
    app.simulator.follow(resident.userId);
    await app.settled();
    const welcome = app.simulator.messages(resident.userId).map((message) => message.text);
    expect(welcome.join()).toContain('trợ lý TỰ ĐỘNG');
    expect(await rowsOf(app, 'residents', resident.userId)).toMatchObject([{ following: true }]);

    app.simulator.unfollow(resident.userId);
    await app.settled();
    expect(app.simulator.messages(resident.userId)).toHaveLength(welcome.length);
    expect(await rowsOf(app, 'residents', resident.userId)).toMatchObject([{ following: false }]);
  });

  it('news is taken and stopped by words, and it is kept', async () => {
    const resident = app.resident();
    await resident.says('tôi muốn nhận tin của thôn');
    expect((await resident.says('2')).join()).toContain('thôn Thành Giền');
    expect(await rowsOf(app, 'residents', resident.userId)).toMatchObject([{ subscribed: true }]);

    await resident.says('huy nhan tin');
    expect(await rowsOf(app, 'residents', resident.userId)).toMatchObject([{ subscribed: false }]);
  });

  it('who asks for erasure is confirmed first, and an officer gets the request', async () => {
    const resident = app.resident();
    await resident.says('xóa dữ liệu của tôi');
    expect(await rowsOf(app, 'escalations', resident.userId)).toEqual([]);
    await resident.taps('Đồng ý xóa');

    expect(await rowsOf(app, 'escalations', resident.userId)).toMatchObject([{ reason: 'delete_data' }]);
  });

  it('who withdraws consent at Zalo is not written to, and an officer erases', async () => {
    const resident = app.resident();
    await resident.says('xin chào');
    const before = sendsTo(app, resident.userId).length;
    await fetch(`${app.simulator.url}/control/residents/${resident.userId}/withdraw`, { method: 'POST' });
    await app.settled();

    expect(sendsTo(app, resident.userId)).toHaveLength(before);
    expect(await rowsOf(app, 'escalations', resident.userId)).toMatchObject([{ reason: 'delete_data' }]);
  });
});
