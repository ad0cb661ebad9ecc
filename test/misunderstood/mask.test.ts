import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasWords, maskPersonal } from '../../src/misunderstood/mask.ts';

describe('a message before it is kept', () => {
  it.each([
    ['hồ sơ H49.23.10-251001-0012 của tôi', 'hồ sơ [mã] của tôi'],
    ['h49 23 10 – 251OO1 – 0012 tới đâu', '[mã] tới đâu'],
    ['000.00.16.H49-230515-0012 sao rồi', '[mã] sao rồi'],
    ['G09.20-20260609-0092637', '[mã]'],
    ['phản ánh PA-261124-0007 xong chưa', 'phản ánh [mã] xong chưa'],
    ['pa 261124 0007', '[mã]'],
    ['thẻ GD4797931234567', 'thẻ [mã]'],
    ['xe 14A-123.45', 'xe [mã]'],
  ])('loses its codes: %s', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked);
  });

  it.each([
    '0912345678',
    '0912.345.678',
    '0912-345-678',
    '09 12 34 56 78',
    '0 9 1 2 3 4 5 6 7 8',
    '+84912345678',
    '+84 912 345 678',
    '84.912.345.678',
    '(0203) 3 123456',
    'không chín một hai ba bốn năm sáu bảy tám',
    'khong chin mot hai ba bon nam sau bay tam',
  ])('loses telephone numbers: %s', (phone) => {
    expect(maskPersonal(`gọi ${phone} nhé`)).toBe('gọi [sđt] nhé');
  });

  it.each([
    ['cccd 022065001234', 'cccd [số]'],
    ['cccd 022 065 001 234', 'cccd [số]'],
    ['cccd ０２２０６５００１２３４', 'cccd [số]'],
    ['cmnd 100 123 456', 'cmnd [số]'],
    ['tài khoản 1234', 'tài khoản [số]'],
    ['sinh ngày 12/5/1990', 'sinh ngày [số]'],
    ['sinh ngày 2 tháng 9 năm 1990', 'sinh [số]'],
    ['sinh năm 65', 'sinh năm [số]'],
    ['sn 90', 'sn [số]'],
    ['gửi an@gmail.com', 'gửi [link]'],
    ['gửi an @ gmail . com', 'gửi [link]'],
    ['xem https://x.vn/abc?d=1', 'xem [link]'],
    ['xem zalo.me/123', 'xem [link]'],
  ])('loses other numbers and addresses of people: %s', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked);
  });

  it.each([
    ['tôi là Nguyễn Văn An ở thôn Đông', 'tôi là [tên] ở thôn Đông'],
    ['TOI LA NGUYEN VAN A', 'TOI LA [tên]'],
    ['em là Hoa', 'em là [tên]'],
    ['bà Sáu nhà bên', 'bà [tên] nhà bên'],
    ['anh Nam và chị Lan Anh', 'anh [tên] và chị [tên]'],
    ['con của Trần Thị B', 'con của [tên]'],
    ['họ tên: LÊ THỊ HOA', 'họ tên: [tên]'],
    ['giấy của Phạm Văn Tú bị sai', 'giấy của [tên] bị sai'],
    ['tên tôi là nguyễn văn an sinh năm 1990', 'tên tôi là [tên] sinh năm [số]'],
    ['tên em là nam', 'tên em là [tên]'],
    ['ten toi la nguyen thi dang lam', 'ten toi la [tên]'],
    ['TOI LA TRAN DANG KHOA', 'TOI LA [tên]'],
    ['nhà ông Được', 'nhà ông [tên]'],
    ['em tên lan ở núi thành', 'em tên [tên] ở núi thành'],
    ['my name is john smith and i', 'my name is [tên] and i'],
  ])('loses names: %s', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked);
  });

  it.each([
    ['số nhà 12', '[địa chỉ]'],
    ['ngõ 5/12 mất nước', '[địa chỉ] mất nước'],
    ['số 12 đường Trần Phú bị mất điện', '[địa chỉ] bị mất điện'],
    ['12/5 đường lê lợi', '[địa chỉ]'],
    ['so 7 duong tran phu', '[địa chỉ]'],
  ])('loses house numbers: %s', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked);
  });

  it.each([
    'làm khai sinh cho cháu cần giấy gì',
    'cho em VNeID mức 2',
    'nộp 500.000 đồng hay 1.500.000 đồng',
    'tên em là gì',
    'sai tên em trong giấy khai sinh',
    'đường Trần Phú hỏng đèn',
    'hẹn 20/11 mà chưa có',
    'giúp em. Cho hỏi giờ làm việc 7h30',
  ])('keeps what there is to learn: %s', (text) => {
    expect(maskPersonal(text)).toBe(text);
  });

  it('with nothing left but placeholders teaches nothing', () => {
    expect(hasWords(maskPersonal('0912345678, 0912345679'))).toBe(false);
    expect(hasWords(maskPersonal('gọi 0912345678'))).toBe(true);
  });
});

/** Pieces as residents put them together, in any order. */
const PIECES = [
  ...[
    'tên tôi là',
    'em tên',
    'bà',
    'Nguyễn Văn An',
    'lan',
    'số nhà',
    'ngõ',
    '12',
    '/',
    '5',
    'đường',
    'sinh năm',
    '90',
  ],
  ...[
    '0912',
    '345',
    '678',
    '.',
    '-',
    ' ',
    '@',
    'gmail.com',
    'www.',
    'https://',
    'H49',
    '251001',
    '0012',
    'PA-',
    'một',
    'hai',
  ],
  ...[
    '[tên]',
    '[số]',
    '[mã]',
    '[địa chỉ]',
    '[sđt]',
    '[link]',
    '[',
    ']',
    'Toi La',
    'năm',
    '1990',
    'tháng',
    ',',
    '\n',
    '٣٤٥٦',
  ],
];
const message = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((pieces) => pieces.join(' ')),
);

describe('masking', () => {
  it('twice changes nothing', () => {
    fc.assert(
      fc.property(message, (text) => {
        const once = maskPersonal(text);
        expect(maskPersonal(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves no four digits in a row, whatever stands around them', () => {
    fc.assert(
      fc.property(message, (text) => {
        expect(maskPersonal(text)).not.toMatch(/\p{Nd}{4}/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves nothing of a telephone number, however its digits are parted', () => {
    const digits = fc.stringMatching(/^0[35789]\d{8}$/);
    const parts = fc.array(fc.constantFrom('', '', ' ', '.', '-', ' - '), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(digits, parts, (phone, between) => {
        const spelled = Array.from(phone)
          .map((digit, at) => digit + (between[at] ?? ''))
          .join('');
        expect(maskPersonal(`gọi tôi theo số ${spelled} nhé`)).not.toMatch(/\d/);
      }),
    );
  });

  it('leaves nothing of a name behind a title', () => {
    const title = fc.constantFrom(
      'ông',
      'bà',
      'anh',
      'chị',
      'cô',
      'chú',
      'bác',
      'em',
      'cháu',
      'tên',
      'con của',
      'tôi là',
    );
    const name = fc.array(fc.constantFrom('Đặng', 'Quỳnh', 'Như', 'Ý', 'Thảo', 'Hoa'), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(title, name, (who, words) => {
        expect(maskPersonal(`hỏi cho ${who} ${words.join(' ')} làm giấy`)).toBe(
          `hỏi cho ${who} [tên] làm giấy`,
        );
      }),
    );
  });

  it('takes no longer than a moment for the longest message there can be', () => {
    for (const piece of ['1 ', 'Lan ', 'a.', 'số 1 đường ', '0-', 'tên là ', 'một ', 'https://', '[số]/']) {
      const startedAt = performance.now();
      maskPersonal(piece.repeat(500 / piece.length));
      expect(performance.now() - startedAt).toBeLessThan(500);
    }
  });
});
