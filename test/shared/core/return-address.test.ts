import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { returnAddress, wayIn } from '../../../shared/core/return-address.ts';

const origin = 'https://customer.example.com';
const path = { origin, portalUrl: `${origin}/home` };
const sibling = { origin, portalUrl: 'https://app.example.com' };
const none: { origin: string; portalUrl?: string } = { origin };

test('the way in is the customer portal proper, or the account', () => {
  expect(wayIn(path)).toBe(`${origin}/home`);
  expect(wayIn(none)).toBe('/account');
});

describe('a page that was asked for before Login', () => {
  test.each([
    [none, '/account', '/account'],
    [none, '/account/password', '/account/password'],
    [path, '/home', `${origin}/home`],
    [path, `${origin}/home/documents?of=2026`, `${origin}/home/documents?of=2026`],
    [sibling, 'https://app.example.com/a/b', 'https://app.example.com/a/b'],
    [sibling, 'https://app.example.com', 'https://app.example.com/'],
  ])('is one of ours: %o %s', (region, asked, address) => {
    expect(returnAddress(region, asked)).toBe(address);
  });

  test.each([
    [none, undefined],
    [none, ''],
    [none, '/home'],
    [none, '/account?next=1'],
    [none, '/account/sign-out'],
    [none, '//evil.example/account'],
    [none, '/\\evil.example/account'],
    [none, 'https://evil.example/account'],
    [none, 'javascript:alert(1)'],
    [path, '/homely'],
    [path, '/home/../login'],
    [path, '/home/%2e%2e/login'],
    [path, 'https://user@customer.example.com/home'],
    [path, 'http://customer.example.com/home'],
    [path, 'https://customer.example.com:444/home'],
    [path, 'https://customer.example.com.evil.example/home'],
    [path, `/home/${'x'.repeat(1000)}`],
    [sibling, 'https://other.example.com/'],
    [sibling, '/home'],
  ])('is not anything else: %o %s', (region, asked) => {
    expect(returnAddress(region, asked)).toBeUndefined();
  });

  test('is on this host or under portalUrl, whatever was asked for', () => {
    const part = fc.constantFrom(
      ...['/', '\\', '.', '..', '//', ':', '@', '?', '#', '%2f', '%5c', '\t', 'home', 'https:'],
      ...['account', 'customer.example.com', 'app.example.com', 'evil.example', 'javascript:'],
    );
    const asked = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(asked, fc.constantFrom(path, sibling, none), (text, region) => {
        const address = returnAddress(region, text);
        if (address === undefined || ['/account', '/account/password'].includes(address)) return;
        expect(region.portalUrl).toBeDefined();
        expect(new URL(address).href.startsWith(String(region.portalUrl))).toBe(true);
        expect(new URL(address).pathname).not.toMatch(/^\/(login|homely)/);
      }),
      { numRuns: 2000 },
    );
  });
});
