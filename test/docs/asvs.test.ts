import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** How many requirements of levels 1 and 2 a section has, numbered from 1 (OWASP ASVS 5.0.0). */
const sections = {
  ...{ '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2, '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
  ...{ '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2, '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4 },
  ...{ '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3, '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4 },
  ...{ '6.5': 5, '6.6': 3, '6.8': 4, '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2 },
  ...{ '7.6': 2, '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1, '9.1': 3, '9.2': 4, '10.1': 2 },
  ...{ '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3, '11.1': 2, '11.2': 3 },
  ...{ '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1, '12.1': 3, '12.2': 2, '12.3': 4, '13.1': 1 },
  ...{ '13.2': 5, '13.3': 2, '13.4': 5, '14.1': 2, '14.2': 4, '14.3': 3, '15.1': 3, '15.2': 3 },
  ...{ '15.3': 7, '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3, '17.1': 1, '17.2': 4 },
  '17.3': 2,
};
const required = Object.entries(sections).flatMap(([section, count]) =>
  Array.from({ length: count }, (_, index) => `${section}.${index + 1}`),
);

const placeOf = (id: string): number =>
  id.split('.').reduce((place, part) => place * 100 + Number(part), 0);

/** What a cell names: ids, `6.5.x`, `17.x` and ranges, separated by commas. */
const names = (cell: string, id: string): boolean =>
  cell.split(',').some((part) => {
    const [first = '', last] = part.trim().split(' – ');
    if (first.endsWith('.x')) return id.startsWith(first.slice(0, -1));
    if (last === undefined) return first === id;
    return placeOf(first) <= placeOf(id) && placeOf(id) <= placeOf(last);
  });

test('every requirement of levels 1 and 2 has one row', () => {
  expect(required).toHaveLength(253);
  const cells = [
    ...readFileSync('docs/security.md', 'utf8').matchAll(
      /^\| (\d+\.[^|]+) \| (?:met|in part|not met|n\/a) \|/gm,
    ),
  ].map(([, cell = '']) => cell);
  const rows = required.map((id) => [id, cells.filter((cell) => names(cell, id)).length]);
  expect(rows.filter(([, count]) => count !== 1)).toEqual([]);
});
