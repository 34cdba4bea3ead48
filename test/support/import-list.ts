import { expect } from 'vitest';

/** Rows that cannot be taken, of ten kinds, and what the report says of each. */
const badRows = (own: string): readonly (readonly [row: string, id: string, reason: RegExp])[] => [
  [`,a.${own}@example.com,Ann`, '', /^contactId must be 1 to 64/],
  [`N 1,b.${own}@example.com,Ann`, 'N 1', /^contactId must be 1 to 64/],
  ['B-1,nobody,Ann', 'B-1', /^email must be one email address/],
  ['B-2,,Ann', 'B-2', /^email /],
  [`B-3,c.${own}@example.com,`, 'B-3', /^name must not be empty/],
  [`B-4,d.${own}@example.com,${'x'.repeat(500)}`, 'B-4', /^name /],
  [`B-5,e.${own}@example.com`, 'B-5', /^has 2 cells, and the line of titles 3$/],
  [`B-6,f.${own}@example.com,Ann,Smith`, 'B-6', /^has 4 cells, and the line of titles 3$/],
  [`B-7-${own},taken.${own}@example.com,Ann`, `B-7-${own}`, /^email_in_use$/],
  [`K-1-${own},other.${own}@example.com,Kim`, `K-1-${own}`, /^already_invited$/],
];

/**
 * A list of 500 clients, of whom every 25th cannot be taken: 20, two of each of ten kinds.
 * @param own keeps its contacts and addresses apart from those of other tests
 */
export const fiveHundred = (own: string) => {
  const bad = badRows(own);
  const kindOf = (index: number) =>
    index % 25 === 24 ? bad[((index - 24) / 25) % bad.length] : undefined;
  const good = (index: number) =>
    `N-${own}-${index},person${index}.${own}@example.com,Person ${index}`;
  const indexes = Array.from({ length: 500 }, (_, index) => index);
  return {
    csv: ['contactId,email,name', ...indexes.map((at) => kindOf(at)?.[0] ?? good(at)), ''].join(
      '\n',
    ),
    /** Whom the portal knows already: two of the kinds are about them. */
    known: [
      { contactId: `K-1-${own}`, email: `kim.${own}@example.com`, name: 'Kim' },
      { contactId: `K-2-${own}`, email: `taken.${own}@example.com`, name: 'Kim' },
    ],
    /** Checks a report's records, titles first, row by row. */
    expectReport: (records: readonly (readonly string[])[], outcome: RegExp) => {
      expect(records).toHaveLength(501);
      for (const [index, [line, contactId, came, reason]] of records.slice(1).entries()) {
        const kind = kindOf(index);
        expect([line, contactId]).toEqual([String(index + 2), kind?.[1] ?? `N-${own}-${index}`]);
        expect(came).toMatch(kind ? /^refused$/ : outcome);
        expect(reason).toMatch(kind?.[2] ?? /^$/);
      }
    },
  };
};
