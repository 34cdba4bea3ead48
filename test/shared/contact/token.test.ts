import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatToken, hashOf, newSecret, parseToken } from '../../../shared/contact/token.ts';

const secret = newSecret();
const token = formatToken({ contactId: 'C-1', secret });
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('a token', () => {
  it('reads back', () => {
    expect(parseToken(token)).toEqual({ contactId: 'C-1', secret });
  });

  it('has one spelling: no other text decodes to its secret', () => {
    const spellings = [...alphabet]
      .map((last) => token.slice(0, -1) + last)
      .filter((text) => {
        const read = parseToken(text);
        return (
          read && Buffer.from(read.secret, 'base64url').equals(Buffer.from(secret, 'base64url'))
        );
      });
    expect(spellings).toEqual([token]);
  });

  it.each([
    `${token}=`,
    ` ${token}`,
    `${token}\n`,
    token.slice(0, -1),
    `${token}A`,
    secret,
    `.${secret}`,
    `${'c'.repeat(65)}.${secret}`,
    `C 1.${secret}`,
    'C-1.',
    '',
  ])('is nothing like %j', (text) => {
    expect(parseToken(text)).toBeUndefined();
  });
});

it('a hash is bound to everything that its secret is good for', () => {
  const bound = fc.record({
    purpose: fc.constantFrom('invitation', 'reset', 'session'),
    code: fc.constantFrom('AU', 'NZ', 'US'),
    epoch: fc.constantFrom(1, 2),
    contactId: fc.constantFrom('C-1', 'C-2', 'C-11'),
    generation: fc.constantFrom(0, 1, 11),
    secret: fc.constantFrom(secret, newSecret()),
  } as const);
  type Bound = ReturnType<
    typeof fc.sample<typeof bound extends fc.Arbitrary<infer T> ? T : never>
  >[0];
  const hash = ({ purpose, code, epoch, contactId, generation, secret: one }: Bound) =>
    hashOf(purpose, { code, epoch }, { contactId, generation }, one);
  fc.assert(
    fc.property(bound, bound, (a, b) => {
      expect(hash(a) === hash(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 2000 },
  );
});
