import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeKeys, decodeWord, isSameSyllable } from '../../../src/understanding/text/keyboard.ts';
import { isBareSyllable, isSyllable, splitTone } from '../../../src/understanding/text/syllables.ts';

/** Keys after the letter they mark, as the two methods teach it. */
const TELEX_MARKS = { ă: 'aw', â: 'aa', đ: 'dd', ê: 'ee', ô: 'oo', ơ: 'ow', ư: 'uw' };
const VNI_MARKS = { ă: 'a8', â: 'a6', đ: 'd9', ê: 'e6', ô: 'o6', ơ: 'o7', ư: 'u7' };
const TONES = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323'];

/** Presses the keys of a syllable: marks at once, the tone at the end. */
function keysOf(syllable: string, marks: Readonly<Record<string, string>>, tones: string): string {
  const { base, tone } = splitTone(syllable);
  const letters = Array.from(base, (letter) => marks[letter] ?? letter).join('');
  return letters + (tone === '' ? '' : tones.charAt(TONES.indexOf(tone)));
}

const toTelex = (syllable: string): string => keysOf(syllable, TELEX_MARKS, 'sfrxj');
const toVni = (syllable: string): string => keysOf(syllable, VNI_MARKS, '12345');

const SYLLABLES = (
  'kiểm hồ sơ được người giấy quyền khiếu đăng thử tờ đường đèn rác thải chưa xử lý làm khai sinh kết hôn sổ đỏ đất ' +
  'nhà cháy cứu với giúp mật khẩu quên định danh điện tử trẻ em nước ngập lụt bão sạt lở công an xã thôn ủy ban tố cáo ' +
  'nại phản ánh cán bộ hỏi gì ở đâu mấy giờ mở cửa thứ bảy nghỉ lịch tiếp dân bảo hiểm y tế thẻ hưởng trợ cấp nghèo ' +
  'mưa lũ lưu hữu rượu khuya thuở quở huỷ chuyển khoản thuế phí lệ tiền đồng triệu giường giếng giặt gửi quý quầy ' +
  'nghiệp nghĩa nguyễn xoăn ngoằn khuỷu tuyết loạt toàn hoạch'
).split(' ');

describe('what was typed in Telex with the keyboard off', () => {
  it.each([
    ['kieemr', 'kiểm'],
    ['hoof', 'hồ'],
    ['sow', 'sơ'],
    ['dduwowcj', 'được'],
    ['nguoiwf', 'người'],
    ['quyeenf', 'quyền'],
    ['giaays', 'giấy'],
    ['khieeus', 'khiếu'],
    ['naij', 'nại'],
    ['ddawng', 'đăng'],
    ['thuwr', 'thử'],
    ['ddeens', 'đến'],
    ['ddaau', 'đâu'],
    ['rooif', 'rồi'],
    ['chuwa', 'chưa'],
    ['tooi', 'tôi'],
    ['khoong', 'không'],
    ['ddungs', 'đúng'],
    ['phair', 'phải'],
    ['guwri', 'gửi'],
    ['suawr', 'sửa'],
    ['huyr', 'hủy'],
    ['teen', 'tên'],
    ['thooi', 'thôi'],
    ['ddoongf', 'đồng'],
    ['vaanj', 'vận'],
    ['chays', 'cháy'],
    ['cuuws', 'cứu'],
    ['giups', 'giúp'],
    ['vowis', 'với'],
    ['nuwowcs', 'nước'],
    ['ddieenj', 'điện'],
    ['maatj', 'mật'],
    ['khaaur', 'khẩu'],
    ['gif', 'gì'],
    ['gieengs', 'giếng'],
    ['quys', 'quý'],
    ['hoaf', 'hòa'],
    ['toans', 'toán'],
    ['xoawn', 'xoăn'],
    ['ngoois', 'ngối'],
    ['tw', 'tư'],
    ['thuowr', 'thuở'],
    ['quowr', 'quở'],
  ])('%s is %s', (keys, syllable) => {
    expect(decodeWord(keys)).toBe(syllable.normalize('NFC'));
  });

  it.each([
    ['the tone before the last letter', 'hofo', 'hồ'],
    ['the tone in the middle', 'tieengs', 'tiếng'],
    ['the tone in the middle, marks behind it', 'tiesnge', 'tiếng'],
    ['the hat at the end', 'tiengse', 'tiếng'],
    ['the horn at the end', 'nguoifw', 'người'],
    ['the horn in the middle', 'dduowcj', 'được'],
    ['one horn for two letters', 'nguwoif', 'người'],
    ['the d at the end', 'duwowcjd', 'được'],
    ['the horn behind ua', 'chuaw', 'chưa'],
    ['the horn behind uu', 'luuw', 'lưu'],
    ['the tone corrected', 'hoofs', 'hố'],
  ])('is read with %s: %s is %s', (_how, keys, syllable) => {
    expect(decodeWord(keys)).toBe(syllable);
  });
});

describe('what was typed in VNI with the keyboard off', () => {
  it.each([
    ['ho62', 'hồ'],
    ['so7', 'sơ'],
    ['d9u7o7c5', 'được'],
    ['d9uoc75', 'được'],
    ['duoc975', 'được'],
    ['ngu7o7i2', 'người'],
    ['nguoi72', 'người'],
    ['kie63m', 'kiểm'],
    ['giay61', 'giấy'],
    ['quye6n2', 'quyền'],
    ['khie61u', 'khiếu'],
    ['na5i', 'nại'],
    ['d9a8ng', 'đăng'],
    ['thu73', 'thử'],
    ['chua7', 'chưa'],
    ['d9e61n', 'đến'],
    ['ro62i', 'rồi'],
    ['to6i', 'tôi'],
    ['kho6ng', 'không'],
    ['cha1y', 'cháy'],
    ['cuu71', 'cứu'],
    ['o73', 'ở'],
    ['gi2', 'gì'],
  ])('%s is %s', (keys, syllable) => {
    expect(decodeWord(keys)).toBe(syllable);
  });

  it.each(['113', '0912345678', 'h49', 'a9', 't7', 'c06', '2fa', 'ho0', 'p6', 'b1'])(
    'is not seen in %s',
    (word) => {
      expect(decodeWord(word)).toBeUndefined();
    },
  );
});

describe('a word that stands as it was meant', () => {
  it.each(['tra', 'sinh', 'an', 'em', 'nghieng', 'khuyu', 'gi', 'quyen', 'duoc', 'xe', 'hoa'])(
    'is no left-over: %s',
    (word) => {
      expect(decodeWord(word)).toBeUndefined();
    },
  );

  it.each(['hồ', 'được', 'й', '火', '👍', '', 'a', 'zalo', 'facebook', 'wifi', 'app', 'hoofhoofhoofhoof'])(
    'cannot be keys: "%s"',
    (word) => {
      expect(decodeWord(word)).toBeUndefined();
    },
  );

  it.each(['gas', 'sos', 'visa', 'taxi', 'momo', 'test', 'data', 'pass', 'bus', 'pos', 'a2', 'e5'])(
    'is a loan word, not keys: %s',
    (word) => {
      expect(decodeWord(word)).toBeUndefined();
    },
  );
});

describe('a message', () => {
  const decoded = (text: string): string => decodeKeys(text.split(' ')).join(' ');

  it.each([
    ['kieemr tra hoof sow', 'kiểm tra hồ sơ'],
    ['hoof sow ddeens ddaau rooif', 'hồ sơ đến đâu rồi'],
    ['ho62 so7 cu3a to6i', 'hồ sơ của tôi'],
    ['ddungs rooif', 'đúng rồi'],
    ['chuwa ddungs', 'chưa đúng'],
    ['huyr', 'hủy'],
    ['cuuws tooi', 'cứu tôi'],
  ])('typed with the keyboard off is read as it was meant: %s', (text, meant) => {
    expect(decoded(text)).toBe(meant.normalize('NFC'));
  });

  it.each([
    'how does this work and what do i need',
    'where is the office and when is it open',
    'can you help me see my papers',
    'can i get there by bus or by car',
  ])('in English is left alone: %s', (text) => {
    expect(decoded(text)).toBe(text);
  });

  it('with one accidental look-alike among many words is left alone', () => {
    const text = 'máy của em đang cài bản less mà định danh cứ báo lỗi';

    expect(decodeWord('less')).toBeDefined();
    expect(decoded(text)).toBe(text);
  });

  it('with two left-overs among many words is decoded, and only those two', () => {
    expect(decoded('em muốn hỏi về cái hoof sow của nhà em nộp hôm trước')).toBe(
      'em muốn hỏi về cái hồ sơ của nhà em nộp hôm trước',
    );
  });

  it.each(['SOS', 'mùi gas nồng', 'rò gas', 'xoá data', 'đổi bằng a2', 'quên pass'])(
    'with a loan word in it is left alone: %s',
    (text) => {
      expect(decoded(text.toLowerCase())).toBe(text.toLowerCase());
    },
  );

  it('of no words stays empty', () => {
    expect(decodeKeys([])).toEqual([]);
  });
});

describe('every syllable', () => {
  it('in the list is one', () => {
    expect(SYLLABLES.filter((syllable) => !isSyllable(syllable))).toEqual([]);
  });

  it.each([
    ['Telex', toTelex],
    ['VNI', toVni],
  ])('typed in %s comes back, unless its keys are a word themselves', (_method, encode) => {
    fc.assert(
      fc.property(fc.constantFrom(...SYLLABLES), (syllable) => {
        const keys = encode(syllable);
        fc.pre(keys !== syllable && !isBareSyllable(keys));

        expect(isSameSyllable(decodeWord(keys) ?? '', syllable)).toBe(true);
      }),
    );
  });

  it('is the same wherever its tone mark stands, and another one with another tone', () => {
    expect(isSameSyllable('hoà', 'hòa')).toBe(true);
    expect(isSameSyllable('hoà', 'hóa')).toBe(false);
    expect(isSameSyllable('hoà', 'hò')).toBe(false);
  });
});

describe('any words', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 14 }),
    fc.string({ unit: fc.constantFrom(...Array.from('adeiouwsfrxjhtng6789012345')), maxLength: 14 }),
    fc.constantFrom(...SYLLABLES, ...SYLLABLES.map(toTelex), ...SYLLABLES.map(toVni), 'the', 'is', 'gas'),
  );

  it('stay as many, and decoding twice is decoding once', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const once = decodeKeys(words);

        expect(once).toHaveLength(words.length);
        expect(decodeKeys(once)).toEqual(once);
      }),
    );
  });
});
