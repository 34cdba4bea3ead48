import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { comparable, emailAddress, personName } from '../../../shared/email/address.ts';

const read = (typed: unknown) => z.safeParse(emailAddress, typed);
const long = (length: number) => {
  const labels = `${'b'.repeat(63)}.`.repeat(3);
  return `a@${labels}${'c'.repeat(length - labels.length - '.com'.length - 2)}.com`;
};

describe('an email address', () => {
  it.each([
    ['jane@example.com', 'jane@example.com'],
    ['  jane@example.com\r\n', 'jane@example.com'],
    ['\u00a0jane@example.com\ufeff', 'jane@example.com'],
    ["Jane.O'Brien+home@Example.COM", "Jane.O'Brien+home@example.com"],
    ['!#$%&*/=?^_`{|}~-@example.com', '!#$%&*/=?^_`{|}~-@example.com'],
    ['jane@bücher.example', 'jane@xn--bcher-kva.example'],
    ['jane@BÜCHER.example', 'jane@xn--bcher-kva.example'],
    ['jane@例え.テスト', 'jane@xn--r8jz45g.xn--zckzah'],
    ['jane@example。com', 'jane@example.com'],
    ['jane@ｅｘａｍｐｌｅ.com', 'jane@example.com'],
    ['jane@mail.example.co.nz', 'jane@mail.example.co.nz'],
    ['jane@9.example.com', 'jane@9.example.com'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    [long(254), long(254)],
  ])('%j is stored as %j', (typed, expected) => {
    expect(read(typed)).toMatchObject({ success: true, data: expected });
  });

  it.each([
    '',
    ' ',
    'jane',
    '@example.com',
    'jane@',
    'jane@@example.com',
    'jane@example',
    'jane@localhost',
    'jane@example.com.',
    'jane@.example.com',
    'jane@example..com',
    'jane@-example.com',
    'jane@example-.com',
    'jane@example.c',
    'jane@example.123',
    'jane@exam_ple.com',
    'jane@exam ple.com',
    'jane@exa%6Dple.com',
    'jane@exam\u00adple.com',
    'jane@exam\u200bple.com',
    'jane@exam\ufe0fple.com',
    'jane@example.com/a',
    'jane@example.com:80',
    'jane@example.com\u202e',
    'jane@127.0.0.1',
    'jane@0x7f.1',
    'jane@[127.0.0.1]',
    '.jane@example.com',
    'jane.@example.com',
    'ja..ne@example.com',
    'ja ne@example.com',
    '"jane"@example.com',
    'jane(home)@example.com',
    'ja\u0000ne@example.com',
    'jané@example.com',
    '\u212aate@example.com', // The Kelvin sign, which folds to k.
    'Jane <jane@example.com>',
    '<jane@example.com>',
    'mailto:jane@example.com',
    'jane@example.com,joe@example.com',
    'jane@example.com;joe@example.com',
    'jane@example.com joe@example.com',
    'jane@example.com\r\nBcc: joe@example.com',
    `${'a'.repeat(65)}@example.com`,
    long(255),
    `jane@${'a'.repeat(64)}.com`,
    'a'.repeat(100_000),
    `a@${'a.'.repeat(50_000)}`,
  ])('%j is none', (typed) => {
    expect(read(typed).success).toBe(false);
  });

  it.each([undefined, null, 7, {}, ['jane@example.com']])('%j is none', (typed) => {
    expect(read(typed).success).toBe(false);
  });

  it('does not repeat what was typed in what it says of it', () => {
    expect(read('secret@').error?.issues[0]?.message).toBe(
      'must be one email address, such as jane@example.com',
    );
  });

  it('stays as it is stored, is ASCII of one line, and has one @', () => {
    const typed = fc.oneof(
      fc.emailAddress(),
      fc.tuple(fc.string(), fc.string({ unit: 'grapheme' })).map((parts) => parts.join('@')),
      fc.emailAddress().map((address) => address.toUpperCase()),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const { data } = read(text);
        if (data === undefined) return;
        expect(read(data).data).toBe(data);
        expect(data).toMatch(/^[!-?A-~]+@[a-z0-9.-]+$/);
        expect(data.length).toBeLessThanOrEqual(254);
      }),
    );
  });

  it('is taken in every ordinary form', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(read(address).success).toBe(true);
        expect(read(` ${address} `).data).toBe(read(address).data);
      }),
    );
  });

  it('is compared without regard to case, and strictly after that', () => {
    const both = (a: string, b: string) => comparable(a) === comparable(b);
    expect(both('Jane@example.com', 'jane@example.com')).toBe(true);
    expect(both('jane+1@example.com', 'jane@example.com')).toBe(false);
    expect(both('ja.ne@gmail.com', 'jane@gmail.com')).toBe(false);
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const upper = read(address.toUpperCase()).data ?? '';
        expect(both(upper, read(address).data ?? '')).toBe(true);
      }),
    );
  });

  it('is described to callers of the API', () => {
    expect(z.toJSONSchema(emailAddress)).toMatchObject({
      type: 'string',
      format: 'email',
      maxLength: 254,
    });
  });
});

describe('a name', () => {
  it.each([
    ['Jane Citizen', 'Jane Citizen'],
    [' Jane ', 'Jane'],
    ['<b>{{7*7}}</b>', '<b>{{7*7}}</b>'],
    ['שרה', 'שרה'],
    ['😀'.repeat(200), '😀'.repeat(200)],
  ])('%j is %j', (typed, expected) => {
    expect(z.safeParse(personName, typed).data).toBe(expected);
  });

  it.each([
    '',
    ' \t ',
    'Ja\nne',
    'Ja\u0000ne',
    'Ja\u0085ne',
    'Ja\u2028ne',
    'Ja\ud800ne',
    'a'.repeat(201),
    7,
  ])('%j is none', (typed) => {
    expect(z.safeParse(personName, typed).success).toBe(false);
  });
});
