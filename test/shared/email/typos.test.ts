import { describe, expect, it } from 'vitest';
import { looksMistyped } from '../../../shared/email/typos.ts';

describe('an address that looks mistyped', () => {
  it.each([
    ['gmial.com', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gmaill.com', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['gmial.con', 'gmail.com'],
    ['gmail.com.au', 'gmail.com'],
    ['icloud.com.au', 'icloud.com'],
    ['hotmial.com', 'hotmail.com'],
    ['hotmal.com', 'hotmail.com'],
    ['outlok.com', 'outlook.com'],
    ['yaho.com.au', 'yahoo.com.au'],
    ['bigpnd.com', 'bigpond.com'],
    ['example.con', 'example.com'],
    ['example.com.com', 'example.com'],
    ['example.con.au', 'example.com.au'],
    ['example.co.au', 'example.com.au'],
    ['example.com.nz', 'example.co.nz'],
    ['www.example.com', 'example.com'],
  ])('%s was probably %s', (domain, meant) => {
    const [warning, ...others] = looksMistyped(`Jane@${domain}`, 'AU');
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      code: 'domain_looks_mistyped',
      suggestion: `Jane@${meant}`,
      message: `${domain} looks mistyped. Did the client mean Jane@${meant}?`,
    });
  });

  it.each([
    ['xtra.co.nz', 'AU', undefined],
    ['yahoo.co.nz', 'AU', 'jane@yahoo.com.au'],
    ['bigpond.com', 'NZ', 'none'],
    ['example.com.au', 'NZ', undefined],
    ['yahoo.com.au', 'NZ', 'jane@yahoo.co.nz'],
    ['example.com.au', 'US', undefined],
    ['example.co.uk', 'AU', undefined],
  ] as const)('%s is unexpected in %s', (domain, region, suggestion) => {
    const warnings = looksMistyped(`jane@${domain}`, region);
    if (suggestion === 'none') {
      expect(warnings).toEqual([]);
      return;
    }
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatchObject({ code: 'unexpected_country' });
    expect(warnings[0]?.suggestion).toBe(suggestion);
  });
});

it.each([
  ['gmail.com', 'AU'],
  ['mail.com', 'US'],
  ['ymail.com', 'US'],
  ['example.com', 'NZ'],
  ['example.com.au', 'AU'],
  ['example.co.nz', 'NZ'],
  ['hotmail.com.au', 'AU'],
  ['aol.com', 'US'],
  ['me.com', 'US'],
  ['example.school.nz', 'NZ'],
  ['simulator.amazonses.com', 'AU'],
] as const)('%s in %s looks right', (domain, region) => {
  expect(looksMistyped(`jane@${domain}`, region)).toEqual([]);
});
