import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApplication, type TestApplication } from '../support/application.ts';
import { GENERATIONS, rowsOf } from '../support/zalo-calls.ts';

const CODE = /PA-\d{6}-\d{4}/;

describe.each(GENERATIONS)('reporting a problem on a $generation page', ({ generation }) => {
  let app: TestApplication;

  beforeAll(async () => {
    app = await startApplication({ generation });
  });

  afterAll(async () => {
    await app.stop();
  });

  it('words, a place on the map and a photo become one case with a code that can be asked for', async () => {
    const resident = app.resident();
    await resident.says('đèn đường trước nhà văn hóa hỏng ba hôm nay');
    await resident.says('đúng rồi');
    await resident.says({ location: { latitude: 20.931, longitude: 106.812 } });
    await resident.says({ image: {} });
    const [review = ''] = await resident.says('xong');
    expect(review).toContain('1. Loại việc: Đèn đường');
    expect(review).toContain('4. Số ảnh: 1');
    const [filed = ''] = await resident.taps('Gửi phản ánh này');

    const [code = ''] = CODE.exec(filed) ?? [];
    expect(await rowsOf(app, 'feedback', resident.userId)).toMatchObject([
      {
        _id: code,
        category: 'lighting',
        description: 'đèn đường trước nhà văn hóa hỏng ba hôm nay',
        place: { latitude: 20.931, longitude: 106.812 },
        photoUrls: [expect.stringMatching(/^http/)],
        state: 'received',
      },
    ]);
    const [status = ''] = await resident.says(code.toLowerCase());
    expect(status).toContain(`Phản ánh ${code}: Đèn đường`);
    expect(status).toContain('đã nhận');
  });

  it('nobody else can read it, even with the code', async () => {
    const author = app.resident();
    await author.says('rác đổ đầy đường không ai dọn');
    for (const words of ['đúng', 'bỏ qua', 'bỏ qua']) await author.says(words);
    const [code = ''] = CODE.exec((await author.says('gửi')).join()) ?? [];

    const seen = (await app.resident().says(code)).join('\n');
    expect(seen).toContain('Mã của người khác thì em không xem được');
    expect(seen).not.toContain('rác');
  });

  it('a line can be changed before it is sent', async () => {
    const resident = app.resident();
    await resident.says('cống tắc ngập cả ngõ');
    for (const words of ['đúng', 'gần cổng trường', 'không có ảnh', '3']) await resident.says(words);
    const [review = ''] = await resident.says('thôn Núi Thành');

    expect(review).toMatch(/3\. Nơi xảy ra: thôn Núi Thành/i);
    // Where Zalo refuses buttons their titles are typed.
    expect((await resident.says('Gửi phản ánh này')).join()).toMatch(CODE);
  });

  it('calling a person halfway loses nothing', async () => {
    const resident = app.resident();
    await resident.says('đường hỏng nhiều ổ gà ở đầu làng');
    await resident.says('đúng');
    expect((await resident.says('gặp cán bộ')).join()).toContain('Cán bộ sẽ trả lời bác tại đây');

    expect((await resident.taps('Tiếp tục phản ánh dở')).join()).toContain('Việc xảy ra ở đâu ạ?');
    expect(await rowsOf(app, 'feedback', resident.userId)).toEqual([]);
  });

  it('what was cancelled was never kept as a case', async () => {
    const resident = app.resident();
    await resident.says('hàng xóm hát karaoke suốt đêm');

    expect((await resident.says('hủy')).join()).toContain('chưa gửi gì đi cả');
    expect(await rowsOf(app, 'feedback', resident.userId)).toEqual([]);
  });

  it('a denunciation told in the form is not filed and not kept', async () => {
    const resident = app.resident();
    await resident.says('gửi phản ánh');
    await resident.says('6');
    const answers = (await resident.says('tôi tố cáo ông trưởng thôn ăn tiền của dân')).join('\n');

    expect(answers).toContain('không lưu lời bác vừa kể');
    const kept = JSON.stringify(await app.database.connection.collection('sessions').find().toArray());
    expect(kept).not.toContain('ăn tiền');
    expect(await rowsOf(app, 'feedback', resident.userId)).toEqual([]);
  });
});
