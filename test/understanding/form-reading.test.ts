import { describe, expect, it } from '@jest/globals';
import type { Intent, UnderstandingContext } from '../../src/understanding/understanding.ts';
import { anUnderstander } from './support.ts';

const understander = anUnderstander();
const read = (text: string, context: UnderstandingContext): string =>
  understander.understand(text, context).intent;

describe('an answer to a yes/no question', () => {
  it.each<[string, Intent]>([
    ['Dạ đúng rồi ạ', 'yes'],
    ['ok em gửi đi nhé', 'yes'],
    ['được chứ lị', 'yes'],
    ['dung roi', 'yes'],
    ['không đúng', 'no'],
    ['chưa, khoan đã', 'no'],
    ['thôi hủy đi em', 'cancel'],
    ['cho tôi sửa lại', 'back'],
    ['gặp cán bộ', 'human'],
    ['số nhà tôi là mười hai, không phải mười một, ghi lại cho đúng giúp tôi với', 'back'],
  ])('"%s" is %s', (text, intent) => {
    expect(read(text, 'form:confirm')).toBe(intent);
  });

  it('a correction that only tells the right thing is neither a yes nor an end', () => {
    expect(['no', 'back', 'form_answer']).toContain(read('đâu có, nhà tôi bên thôn Hạ', 'form:confirm'));
  });

  it('the same words of refusal are no answer when nothing was asked', () => {
    expect(understander.understand('không phải').intent).toBe('clarify');
  });
});

describe('a description', () => {
  it.each([
    'không ai quét dọn ở chợ',
    'thôn bỏ hoang cái giếng cũ',
    'hủy hoại cả con mương',
    'dừng đỗ xe bừa bãi',
    'đúng là quá bẩn',
    'thôi thì cũng đã báo nhiều lần',
    'có',
    'hồ sơ đất của tôi bị ngâm ba tháng nay',
    'cảm ơn xã, đèn vẫn hỏng',
  ])('"%s" is the answer, not a command', (text) => {
    expect(read(text, 'form:text')).toBe('form_answer');
  });

  it.each<[string, Intent]>([
    ['hủy', 'cancel'],
    ['Hủy giúp tôi', 'cancel'],
    ['quay lại', 'back'],
    ['trợ giúp', 'help'],
    ['cho tôi gặp cán bộ', 'human'],
  ])('"%s" alone is %s', (text, intent) => {
    expect(read(text, 'form:text')).toBe(intent);
  });
});

describe('a phone number or a village', () => {
  it('is handed to the form with what was found in it', () => {
    expect(understander.understand('số tôi 0912.345.678', 'form:phone')).toMatchObject({
      intent: 'form_answer',
      entities: { phone: '0912345678' },
    });
    expect(understander.understand('nhà ở nui thanh', 'form:village')).toMatchObject({
      intent: 'form_answer',
      entities: { village: 'nui-thanh' },
    });
  });

  it('may be refused', () => {
    expect(read('không có', 'form:phone')).toBe('no');
    expect(read('bỏ qua', 'form:village')).toBe('no');
  });
});

describe('a step with choices', () => {
  it('takes a described problem as the choice', () => {
    expect(understander.understand('đèn đường hỏng', 'form')).toMatchObject({
      intent: 'form_answer',
      entities: { category: 'lighting' },
    });
  });

  it('lets another question through', () => {
    expect(read('số điện thoại ủy ban', 'form')).toBe('contact_info');
  });
});
