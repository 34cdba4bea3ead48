import { expect, it } from 'vitest';
import { html } from '../../../shared/email/html.ts';

it('escapes strings for text and for attributes', () => {
  const data = `<b title="x" lang='y'>&amp;</b>`;
  expect(html`<p title="${data}">${data}</p>`.markup.replaceAll('&', '§')).toBe(
    '<p title="§lt;b title=§quot;x§quot; lang=§#39;y§#39;§gt;§amp;amp;§lt;/b§gt;">§lt;b title=§quot;x§quot; lang=§#39;y§#39;§gt;§amp;amp;§lt;/b§gt;</p>',
  );
});

it('takes markup as it is, one or many', () => {
  const item = html`<i>${'&'}</i>`;
  expect(html`<p>${item}</p>${[item, item]}`.markup).toBe(
    '<p><i>&amp;</i></p><i>&amp;</i>\n<i>&amp;</i>',
  );
});
