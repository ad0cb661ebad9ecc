import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { guardSecrets, isOnlySecret, maskSecrets } from '../../src/conversation/secrets-guard.ts';

describe('the secrets guard', () => {
  it.each([
    ['mã OTP của tôi là 123456', '123456', 'one_time_code'],
    ['otp 123 456', '123 456', 'one_time_code'],
    ['ma xac thuc la 8812', '8812', 'one_time_code'],
    ['482913 là mã otp', '482913', 'one_time_code'],
    ['mật khẩu là Hoa@1965', 'Hoa@1965', 'password'],
    ['mat khau: hoa1965', 'hoa1965', 'password'],
    ['passcode 246810', '246810', 'password'],
    ['căn cước của tôi 022065001234', '022065001234', 'citizen_id'],
    ['cccd 022 065 001 234', '022 065 001 234', 'citizen_id'],
  ])('hides it and says what it was: %s', (text, secret, kind) => {
    const guarded = guardSecrets(text);

    expect(guarded.text).not.toContain(secret);
    expect(guarded.found).toContain(kind);
  });

  it.each([
    'gọi tôi số 0912345678',
    'số 0912345678 không nhận được otp',
    'hồ sơ H49.23.10-261101-0012',
    'hồ sơ 000.00.16.H49-230515-0012',
    'G09.20-20260609-0092637',
    'PA-261123-0001',
    'quên mật khẩu VNeID',
    'mật khẩu phải có mấy ký tự',
    'đèn hỏng từ 23/11/2026',
    'nộp 15000000 đồng',
  ])('leaves alone what staff need: %s', (text) => {
    expect(guardSecrets(text)).toEqual({ text, found: [] });
  });

  it('tells a bare secret from a question that carries one', () => {
    expect(isOnlySecret(guardSecrets('mã otp 123456'))).toBe(true);
    expect(isOnlySecret(guardSecrets('022065001234'))).toBe(true);
    expect(
      isOnlySecret(guardSecrets('cccd 022065001234 của tôi muốn làm khai sinh cho cháu thì cần gì')),
    ).toBe(false);
    expect(isOnlySecret(guardSecrets('xin chào'))).toBe(false);
  });

  it('changes nothing the second time', () => {
    const words = fc.constantFrom(
      'mã otp',
      'mật khẩu',
      'là',
      '123456',
      '022065001234',
      'abc1',
      '0912345678',
      ':',
      'và',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        const once = maskSecrets(parts.join(' '));

        expect(maskSecrets(once)).toBe(once);
      }),
    );
  });
});
