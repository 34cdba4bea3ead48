import { describe, expect, it } from 'vitest';
import { composeEmail, InvalidEmail } from '../../../shared/email/compose/compose-email.ts';
import { emailKinds, linkOf } from '../../../shared/email/kinds.ts';
import { day, everyLetter, letterOf, minute, now, regionOf, regions } from './letters.ts';
import { autoLinks, hostsIn, linksOf, wordsOf } from './reading.ts';

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

describe.each(everyLetter)('$kind in $code', ({ letter, kind }) => {
  const { subject, html, text } = composeEmail(letter);
  const words = inOneLine(wordsOf(html));

  it('has a subject of one line and two parts of moderate size', () => {
    expect(subject).toMatch(/^[\x20-\x7e]{10,78}$/);
    expect(Buffer.byteLength(html)).toBeLessThan(25 * 1024);
    expect(text.length).toBeGreaterThan(200);
  });

  it('says the same in both parts', () => {
    const lines = text.split('\n').filter(Boolean);
    for (const line of lines.filter((one) => !one.startsWith('http'))) {
      // The plain part ends what leads to a link with a colon; in the HTML part it is the link.
      expect(words).toContain(inOneLine(line).replace(/:$/, ''));
    }
    expect(lines.filter((one) => one.startsWith('http'))).toEqual([...new Set(linksOf(html))]);
  });

  it('greets the client, and tells about the help desk and what to do if it was not them', () => {
    for (const part of [text, words]) {
      expect(part).toContain('Hello Jane Citizen,');
      expect(part).toContain(letter.region.helpDesk.phone);
      expect(part).toContain(letter.region.helpDesk.email);
      expect(part).toMatch(
        /Not expecting this\?|Did not ask for this\?|Do not recogni[sz]e this\?/,
      );
    }
  });

  it('leads to one host only, the portal of its region', () => {
    const { host, origin } = new URL(letter.region.origin);
    expect(hostsIn(linksOf(html))).toEqual(kind === 'access_ended' ? [] : [host]);
    expect(hostsIn(autoLinks(text))).toEqual([host]);
    expect(hostsIn(autoLinks(words))).toEqual([host]);
    for (const link of linksOf(html)) {
      expect([letter.link, `${origin}/login`, `${origin}/forgot-password`]).toContain(link);
    }
    if (linkOf[kind]) expect(text).toContain(`:\n${letter.link}\n`);
  });

  it('loads nothing, runs nothing and is in the language of the region', () => {
    expect(html).not.toMatch(
      /<(?:img|script|iframe|link|form|object|svg)\b|url\(|@import|\son\w+=/i,
    );
    expect(html).toContain(`<html lang="${letter.region.locale}">`);
  });
});

describe('what an email tells', () => {
  const textOf = (kind: (typeof emailKinds)[number], code: 'AU' | 'NZ' | 'US') =>
    composeEmail(letterOf(kind, regionOf(code))).text;

  it('tells the end of a reset link as a duration and a time', () => {
    expect(textOf('password_reset', 'AU')).toContain(
      'within 60 minutes: it works until 6:30 pm (Sydney time).',
    );
    expect(textOf('password_reset', 'NZ')).toContain('until 8:30 pm (Auckland time).');
    expect(textOf('password_reset', 'US')).toContain('until 12:30 AM (Mountain Time).');
  });

  it('tells the end of an invitation as a date', () => {
    expect(textOf('invitation', 'AU')).toContain(
      'until 5:30 pm on Thursday 3 December 2026 (Sydney time).',
    );
    expect(textOf('invitation', 'NZ')).toContain(
      'until 7:30 pm on Thursday 3 December 2026 (Auckland time).',
    );
    expect(textOf('invitation', 'US')).toContain(
      'until 11:30 PM on Wednesday, December 2, 2026 (Mountain Time).',
    );
  });

  it('follows the regions spelling', () => {
    for (const { letter, code } of everyLetter) {
      const { text } = composeEmail(letter);
      expect(text).not.toMatch(code === 'US' ? /recognis|forgotten/i : /recogniz|forgot your/i);
    }
    expect(textOf('password_changed', 'US')).toContain('recognize');
    expect(textOf('password_changed', 'AU')).toContain('recognise');
  });

  it('is in the name and the colours of the region', () => {
    const region = regionOf('AU');
    const { name, colours } = region.brand;
    const own = {
      name: 'Homes & Sons',
      colours: { ...colours, light: { ...colours.light, accent: '#004400' } },
    };
    const theirs = { ...region, brand: { ...region.brand, ...own } };
    for (const kind of emailKinds) {
      const { subject, html, text } = composeEmail(letterOf(kind, theirs));
      expect(`${subject}${html}${text}`).not.toContain(name);
      expect(html).toContain('Homes &amp; Sons');
      expect(html).not.toContain(colours.light.accent);
    }
  });

  it('promotes nothing', () => {
    for (const { letter } of everyLetter) {
      expect(composeEmail(letter).text).not.toMatch(
        /discover|offer(?!s to email)|deal|visit our|follow us|website|newsletter|!/i,
      );
    }
  });

  it('says when something happened only if that is known', () => {
    const { happenedAt: _, ...letter } = letterOf('password_changed', regionOf('AU'));
    expect(composeEmail(letter).text).toContain('account was changed. Other devices');
    expect(composeEmail({ ...letter, happenedAt: now - day }).text).toContain(
      'was changed at 5:30 pm on Wednesday 25 November 2026 (Sydney time).',
    );
  });
});

describe('a letter that cannot be written', () => {
  const region = regionOf('AU');
  const foreign = regionOf('NZ').origin;
  it.each([
    undefined,
    '',
    'not a link',
    `${foreign}/invitation?token=secret`,
    `${region.origin}.example/invitation?token=secret`,
    `${region.origin}@evil.example/?token=secret`,
    region.origin.replace('https', 'http'),
    'javascript:alert(1)',
  ])('throws for the link %s and does not tell it', (link) => {
    const { link: _, ...rest } = letterOf('invitation', region);
    const attempt = () => composeEmail(link === undefined ? rest : { ...rest, link });
    expect(attempt).toThrow(InvalidEmail);
    expect(attempt).not.toThrow(/secret/);
  });

  it('throws without the end of the link', () => {
    const { expiresAt: _, ...letter } = letterOf('password_reset', region);
    expect(() => composeEmail(letter)).toThrow(InvalidEmail);
  });

  it('never carries a link in a kind that has none', () => {
    for (const kind of emailKinds.filter((one) => !linkOf[one])) {
      const link = `${region.origin}/reset-password?token=secret`;
      const { html, text } = composeEmail(
        letterOf(kind, region, { link, expiresAt: now + minute }),
      );
      expect(html + text).not.toContain('secret');
    }
  });

  it('works for a portal on this machine, too', () => {
    const local = { ...region, origin: 'http://localhost:4101' };
    const { html, text } = composeEmail(letterOf('invitation', local));
    expect(hostsIn([...linksOf(html), ...autoLinks(text)])).toEqual(['localhost:4101']);
  });
});

it('covers every kind in every region', () => {
  expect(everyLetter).toHaveLength(emailKinds.length * regions.length);
});
