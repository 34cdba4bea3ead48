import fc from 'fast-check';
import PostalMime, { type Email } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { composeEmail } from '../../../shared/email/compose/compose-email.ts';
import { emailKinds } from '../../../shared/email/kinds.ts';
import { mimeMessage } from '../../../shared/email/mime-message.ts';
import { letterOf, regions } from './letters.ts';

const envelope = {
  from: { name: 'G.J. Gardner Homes', address: 'no-reply@customer.example.com.au' },
  replyTo: 'help@example.com.au',
  to: "Jane.O'Brien+home@example.com",
};
const plain = { subject: 'Your invitation', html: '<p>Hello</p>\n', text: 'Hello\n' };

const read = async (message: Partial<typeof plain> = {}, about: Partial<typeof envelope> = {}) => {
  const bytes = await mimeMessage({ ...envelope, ...about }, { ...plain, ...message });
  const parsed = await PostalMime.parse(bytes);
  const names = parsed.headers.map(({ originalKey }) => originalKey);
  return { parsed, names, lines: bytes.toString('latin1').split('\r\n') };
};
/** The parser ends each part with a line end of its own. */
const contentOf = ({ subject, html, text }: Email) => ({
  subject,
  html: html?.replace(/\n$/, ''),
  text: text?.replace(/\n$/, ''),
});
const expectedNames = [
  'From',
  'To',
  'Reply-To',
  'Subject',
  'Auto-Submitted',
  'X-Auto-Response-Suppress',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
];

describe('a message on the wire', () => {
  it('says that no person wrote it, and still asks for reports of failed delivery', async () => {
    const { parsed, names } = await read();
    const headerOf = (name: string) => parsed.headers.find(({ key }) => key === name)?.value;
    expect(headerOf('auto-submitted')).toBe('auto-generated');
    expect(headerOf('x-auto-response-suppress')?.split(', ')).toEqual(
      expect.arrayContaining(['OOF', 'AutoReply']),
    );
    expect(headerOf('x-auto-response-suppress')).not.toMatch(/\bNDR\b|\bAll\b/);
    expect(names).toEqual(expectedNames);
  });

  it('names sender, recipient and the help desk, to which replies go', async () => {
    const { parsed } = await read();
    expect(parsed.from).toEqual(envelope.from);
    expect(parsed.to).toEqual([{ name: '', address: envelope.to }]);
    expect(parsed.replyTo).toEqual([{ name: '', address: envelope.replyTo }]);
  });

  it('has text first and HTML last, the one that is preferred (RFC 2046, 5.1.4)', async () => {
    const { lines } = await read();
    const types = lines.filter((line) => /^content-type:/i.test(line));
    expect(types.map((line) => line.replace(/^.*: |;.*$/g, ''))).toEqual([
      'multipart/alternative',
      'text/plain',
      'text/html',
    ]);
  });

  it.each(regions)('carries every email of $code unchanged', async (region) => {
    for (const kind of emailKinds) {
      const message = composeEmail(letterOf(kind, region));
      const { parsed } = await read(message);
      expect(contentOf(parsed)).toEqual(message);
    }
  });

  it('carries any words, in short lines of ASCII', async () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 300 }).map((some) => `a${some}z`);
    const given = { subject: words, html: words, text: words, name: words };
    await fc.assert(
      fc.asyncProperty(fc.record(given), async ({ name, ...message }) => {
        const { parsed, names, lines } = await read(message, {
          from: { ...envelope.from, name },
        });
        expect(names).toEqual(expectedNames);
        expect(parsed.from).toEqual({ name, address: envelope.from.address });
        expect(parsed.to).toEqual([{ name: '', address: envelope.to }]);
        for (const line of lines) {
          expect(line).toMatch(/^[\t -~]{0,76}$/);
        }
        expect(contentOf(parsed)).toEqual(message);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['\r\nBcc: eve@example.net', '\nBcc: eve@example.net', '\r\n\r\n<p>Other words</p>'])(
    'has no header or body from a value: %j',
    async (injected) => {
      const { parsed, names } = await read(
        { subject: `Hello${injected}` },
        {
          from: { ...envelope.from, name: `Portal${injected}` },
          to: `jane@example.com${injected}`,
        },
      );
      expect(names).toEqual(expectedNames);
      expect(contentOf(parsed)).toMatchObject({ html: plain.html, text: plain.text });
      expect(parsed.bcc).toBeUndefined();
    },
  );
});
