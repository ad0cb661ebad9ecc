import { describe, expect, it } from '@jest/globals';
import { toApiError } from '../../src/zalo/api-error.ts';
import {
  findZaloError,
  UNLISTED_ERROR,
  ZALO_ERRORS,
  type ZaloErrorClass,
} from '../../src/zalo/error-codes.ts';
import { nextNightEnd, toSendError } from '../../src/zalo/send-failure.ts';
import type { SendFailure } from '../../src/kernel/sending.ts';

const NOON = new Date('2026-11-23T05:00:00.000Z');

/** The published table, written down a second time: code, class, what the outbox is told. */
const EXPECTED: readonly (readonly [number, ZaloErrorClass, SendFailure])[] = [
  [-32, 'rate_limit', 'rate_limited'],
  [-100, 'reupload', 'refused'],
  [-124, 'token', 'retry'],
  [-200, 'retry', 'retry'],
  [-201, 'permanent', 'refused'],
  [-204, 'human', 'operator'],
  [-205, 'human', 'operator'],
  [-209, 'human', 'operator'],
  [-210, 'permanent', 'refused'],
  [-211, 'quota', 'operator'],
  [-212, 'human', 'operator'],
  [-213, 'window', 'refused'],
  [-214, 'retry', 'retry'],
  [-216, 'token', 'retry'],
  [-217, 'window', 'refused'],
  [-218, 'window', 'refused'],
  [-219, 'human', 'operator'],
  [-220, 'token', 'retry'],
  [-221, 'human', 'operator'],
  [-223, 'human', 'operator'],
  [-224, 'human', 'operator'],
  [-227, 'window', 'refused'],
  [-230, 'window', 'refused'],
  [-232, 'window', 'refused'],
  [-233, 'template_unsupported', 'refused'],
  [-234, 'night', 'later'],
  [-235, 'switch_generation', 'operator'],
  [-237, 'human', 'operator'],
  [-238, 'human', 'operator'],
  [-240, 'switch_generation', 'operator'],
  [-241, 'human', 'operator'],
  [-242, 'human', 'operator'],
  [-244, 'window', 'refused'],
  [-248, 'permanent', 'refused'],
  [-249, 'permanent', 'refused'],
  [-320, 'human', 'operator'],
  [-321, 'human', 'operator'],
  [-401, 'token', 'retry'],
  [-403, 'human', 'operator'],
  [-1340, 'permanent', 'refused'],
  [-1341, 'permanent', 'refused'],
  [216, 'token', 'retry'],
  [401, 'token', 'retry'],
  [404, 'permanent', 'refused'],
];

describe('the table of Zalo errors', () => {
  it('holds exactly the published codes', () => {
    const listed = [...ZALO_ERRORS.keys()].sort((a, b) => a - b);

    expect(listed).toEqual(EXPECTED.map(([code]) => code).sort((a, b) => a - b));
  });

  it.each(EXPECTED)('%i is %s and tells the outbox %s', (code, errorClass, failure) => {
    const error = toSendError(toApiError('sendMessage', code, 'made up'), NOON);

    expect(findZaloError(code).errorClass).toBe(errorClass);
    expect(error).toMatchObject({ failure, fields: { zaloCode: code, method: 'sendMessage' } });
    expect(error.code).toMatch(/^zalo\.[a-z_]+$/);
  });

  it.each(EXPECTED)('%i means the same as a string', (code) => {
    expect(findZaloError(String(code))).toBe(findZaloError(code));
  });

  it.each([...ZALO_ERRORS])('%i tells an operator what it means and what to do', (_code, entry) => {
    expect(entry.meaning.length).toBeGreaterThan(10);
    expect(entry.cure).toMatch(/\w+ .*\.$/);
  });

  it('reads -223 by its message: a permission, or the quota of articles', () => {
    const permission = findZaloError(-223, 'Official Account has not authorized this API');
    const quota = findZaloError(-223, 'Your OA has reach the limit quota create article');

    expect(permission).toMatchObject({ errorClass: 'human', code: 'zalo.not_authorised' });
    expect(quota).toMatchObject({ errorClass: 'quota', code: 'zalo.article_quota' });
  });

  it.each([-207, 12345, 'strange', ''])(
    'takes %p, which is not listed, for a refusal to try again',
    (code) => {
      const error = toSendError(toApiError('sendMessage', code, undefined), NOON);

      expect(findZaloError(code)).toBe(UNLISTED_ERROR);
      expect(error).toMatchObject({ failure: 'retry', code: 'zalo.unlisted', retryable: true });
    },
  );

  it("never repeats Zalo's own words, which may quote the message", () => {
    const error = toApiError('sendMessage', -201, 'text "0912345678 bà Lan" is invalid!');

    expect(error.message).not.toContain('0912345678');
  });
});

describe('a message refused for the night', () => {
  it.each([
    ['at 22:30', '2026-11-23T15:30:00Z', '2026-11-23T23:00:00Z'],
    ['at 23:59', '2026-11-23T16:59:59Z', '2026-11-23T23:00:00Z'],
    ['at midnight', '2026-11-23T17:00:00Z', '2026-11-23T23:00:00Z'],
    ['at 05:59', '2026-11-23T22:59:59Z', '2026-11-23T23:00:00Z'],
    ['a little before 22:00, by a slow clock', '2026-11-23T14:59:50Z', '2026-11-23T23:00:00Z'],
    ['on New Year’s Eve', '2026-12-31T16:00:00Z', '2026-12-31T23:00:00Z'],
  ])('%s in Vietnam waits for six in the morning', (_when, now, expected) => {
    expect(nextNightEnd(new Date(now))).toEqual(new Date(expected));
  });

  it('just after six is tried again soon, not tomorrow: the clocks differ', () => {
    expect(nextNightEnd(new Date('2026-11-23T23:00:05Z'))).toEqual(new Date('2026-11-23T23:10:05Z'));
  });

  it('carries the time at which it may go', () => {
    const error = toSendError(toApiError('sendMessage', -234, undefined), new Date('2026-11-23T15:30:00Z'));

    expect(error.retryAt).toEqual(new Date('2026-11-23T23:00:00Z'));
  });
});
