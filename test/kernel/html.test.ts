import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeHtml } from '../../src/kernel/html.ts';

it('no text can open a tag, an entity or leave an attribute', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const escaped = escapeHtml(`${text}<img src=x onerror="alert('1')">`);
      return !/[<>"']/.test(escaped) && !/&(?!amp;|lt;|gt;|quot;|#39;)/.test(escaped);
    }),
  );
});

it('other characters stay as they are', () => {
  expect(escapeHtml('Hồ sơ & giấy <hẹn> 👍')).toBe('Hồ sơ &amp; giấy &lt;hẹn&gt; 👍');
});
