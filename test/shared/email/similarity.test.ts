import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../shared/email/edit-distance.ts';
import { mostSimilar } from '../../../shared/email/similarity.ts';

describe('slips between two texts', () => {
  it.each([
    ['', '', 0],
    ['jane', 'jane', 0],
    ['jane', 'jan', 1],
    ['jane', 'janne', 1],
    ['jane', 'jame', 1],
    ['jane', 'jnae', 1],
    ['jane', 'enaj', 3],
    ['', 'jane', 4],
    ['ca', 'abc', 3],
  ])('%j and %j: %i', (one, other, count) => {
    expect(editDistance(one, other)).toBe(count);
    expect(editDistance(other, one)).toBe(count);
  });
});

describe('the nearest invited addresses', () => {
  const among = (typed: string, ...emails: string[]) =>
    mostSimilar(
      typed,
      emails.map((email) => ({ email })),
    ).map(({ email }) => email);

  it.each([
    ['a letter dropped', 'jane.citzen@example.com', 'jane.citizen@example.com'],
    ['letters swapped', 'jnae@example.com', 'jane@example.com'],
    ['two slips', 'jnae@exampel.com', 'jane@example.com'],
    ['a misspelt provider', 'jane@gmial.com', 'jane@gmail.com'],
    ['an ending that does not exist', 'jane@gmail.con', 'jane@gmail.com'],
    ['an ending that is not in use', 'jane@bigpond.co.au', 'jane@bigpond.com.au'],
    ['the neighbour country', 'jane@example.com.au', 'jane@example.co.nz'],
    ['no country', 'jane@example.com', 'jane@example.com.au'],
    ['a slip and the neighbour country', 'jnae@example.com.au', 'jane@example.co.nz'],
  ])('%s', (_, typed, meant) => {
    expect(among(typed, 'quite.else@example.com', meant)).toEqual([meant]);
  });

  it.each([
    ['the same address', 'jane@example.com', 'jane@example.com'],
    ['another person', 'jane@example.com', 'john@example.com'],
    ['another provider', 'jane@gmail.com', 'jane@example.com'],
  ])('not %s', (_, typed, other) => {
    expect(among(typed, other)).toEqual([]);
  });

  it('come in the order of nearness', () => {
    const meant = ['janes@example.com', 'jamess@example.com', 'jane@example.com.au'];
    expect(among('jane@example.com', ...meant)).toEqual([
      'janes@example.com',
      'jane@example.com.au',
    ]);
    expect(among('jane@example.com', 'jns@example.com', 'jan@example.com')).toEqual([
      'jan@example.com',
      'jns@example.com',
    ]);
  });
});
