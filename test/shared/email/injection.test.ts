import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeEmail } from '../../../shared/email/compose/compose-email.ts';
import { shown } from '../../../shared/email/compose/shown.ts';
import { letterOf, regionOf } from './letters.ts';
import { autoLinks, hostsIn, linksOf, wordsOf } from './reading.ts';

const region = regionOf('AU');
const host = new URL(region.origin).host;
const plain = composeEmail(letterOf('invitation', region, { name: 'Jane' }));
const written = (name: string) => composeEmail(letterOf('invitation', region, { name }));
const tagsOf = (html: string): number => html.match(/<[^>]*>/g)?.length ?? 0;

/** What a reader sees, without the gaps that keep addresses from becoming links. */
const seen = (text: string): string => text.replaceAll('\u200a', '');

describe('names are shown literally in both parts', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><a href="https://evil.example">click</a>',
    "' onmouseover='alert(1)",
    '</title></style><h1>Gotcha</h1>',
    '<!-- [if mso]>',
    '&lt;b&gt; &amp; &#60;',
    `{{7*7}} ${'$'}{7*7} <%= 7*7 %> #{7*7} {% raw %}`,
    '$1 $& $` $$ \\1 %s %00 \\u0041',
    'http://evil.example/?a=b',
    "O'Brien-Smith, Jr. & Co",
    'J.R.R. Tolkien',
    'Zoë Ångström',
    'क्षत्रिय නුවන්‍ය',
    '👩‍👩‍👧 Family',
    'W'.repeat(500),
  ])('%s', (name) => {
    const { html, text } = written(name);
    expect(seen(text)).toContain(`Hello ${name},`);
    expect(seen(wordsOf(html))).toContain(`Hello ${name},`);
    expect(tagsOf(html)).toBe(tagsOf(plain.html));
  });

  it('keeps text from right to left apart from what surrounds it', () => {
    const { html, text } = written('שרה כהן (Sarah)');
    for (const part of [text, html]) expect(part).toContain('Hello \u2068שרה כהן (Sarah)\u2069,');
  });
});

describe('names begin no line and no link', () => {
  it.each([
    ['Jane\r\nBcc: all@evil.example', 'Jane Bcc:all@evil.example'],
    ['Jane\u2028Sincerely', 'Jane Sincerely'],
    ['\u0000Ja\u0007ne\u009b', 'Ja ne'],
    ['\u202egro.live\u202c', 'gro.live'],
    ['Ja\u200bn\u2060e\ufeff', 'Jane'],
    ['Jane\u{e0041}', 'Jane'],
    ['Ja\ud800ne', 'Ja\ufffdne'],
  ])('%j is shown as %j', (name, expected) => {
    expect(seen(shown(name)).replace(': ', ':')).toBe(expected);
  });

  it('greets without a name when nothing of it can be seen', () => {
    expect(written('\u202e\u200b\r\n').text).toContain('Hello,\n');
  });

  const address = fc.constantFrom(
    'http://evil.example',
    'HTTPS://EVIL.EXAMPLE/a',
    'https:evil.example',
    'www.evil.example',
    'evil.example',
    'evil.com',
    '//evil.com',
    'evil。com',
    'evil．com',
    'ev\u200bil.com',
    'evil.\u2060com',
    'evil\u00ad.\u00adcom',
    'evil.\u200dcom',
    'mailto:jane@evil.com',
    'javascript:alert(1)',
    'tel:190012345',
    'file:\\\\evil\\share',
    '\\\\evil\\share',
    'xn--bcher-kva.com',
    'bücher.com',
    '203.0.113.9/a',
    'http://[::1]/',
  );
  const piece = fc.oneof(address, fc.string({ unit: 'binary', maxLength: 12 }), fc.constant(' '));
  const name = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

  it('whatever they contain', () => {
    fc.assert(
      fc.property(name, (typed) => {
        const { subject, html, text } = written(typed);
        expect(subject).toBe(plain.subject);
        expect(tagsOf(html)).toBe(tagsOf(plain.html));
        expect(linksOf(html)).toEqual(linksOf(plain.html));
        expect(text.split('\n').length).toBe(plain.text.split('\n').length);
        expect(hostsIn(autoLinks(text))).toEqual([host]);
        expect(hostsIn(autoLinks(wordsOf(html)))).toEqual([host]);
      }),
      { numRuns: 400 },
    );
  });

  it('and shown again they stay as they are', () => {
    fc.assert(
      fc.property(name, (typed) => {
        const once = shown(typed);
        expect(shown(once)).toBe(once);
        expect(once).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]|\p{Cs}/u);
      }),
    );
  });
});
