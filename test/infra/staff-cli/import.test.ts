import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { rowsOf } from '../../../infra/staff-cli/csv-file.ts';
import { openReport, readableReport } from '../../../infra/staff-cli/report.ts';
import { checkRows } from '../../../shared/client-list/check-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (content: string | Buffer): string => {
  const path = join(folder, 'clients.csv');
  writeFileSync(path, content);
  return path;
};

const text = 'contactId,email,name\r\nC-1,zoe@example.com,Zoë Müller\r\n';
const zoe = { line: 2, contactId: 'C-1', email: 'zoe@example.com', name: 'Zoë Müller' };

it.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['Windows-1252', Buffer.from(text, 'latin1')],
  ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
  ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
  [
    'other titles, in another order',
    'Name,Notes,E-mail address,CONTACT_ID\nZoë Müller,,zoe@example.com,C-1',
  ],
])('reads %s', (_, content) => {
  expect(rowsOf(file(content))).toEqual([zoe]);
});

it('names a row by its line, with blank lines and names of two lines before it', () => {
  const rows = rowsOf(
    file('contactId,email,name\n\nC-1,a@example.com,"A\nB"\n,,\nC-2,b@example.com\n'),
  );
  expect(rows.map(({ line, fault }) => [line, fault])).toEqual([
    [4, undefined],
    [6, 'has 2 cells, and the line of titles 3'],
  ]);
});

const rowOf = (line: number, contactId: string, email: string) => ({
  line,
  contactId,
  email,
  name: 'Jane',
});

it('warns of the same contact, the same address and a slip, and refuses none of them', () => {
  const rows = [
    rowOf(2, 'C-1', 'jane@example.com'),
    rowOf(3, 'C-1', 'Jane@Example.com'),
    rowOf(4, 'C-2', 'jane@gmial.com'),
    rowOf(5, 'C-3', 'nobody'),
    rowOf(6, 'C-3', 'jane@example.co.nz'),
  ];
  const checked = checkRows(rows, 'AU');
  expect(checked.map(({ outcome, warnings }) => [outcome, warnings])).toEqual([
    ['ok', []],
    ['ok', ['same contact as line 2', 'same address as line 2']],
    ['ok', ['domain_looks_mistyped: gmail.com?']],
    ['refused', []],
    ['ok', ['unexpected_country']],
  ]);
  expect(readableReport(checked, true)).toBe(
    [
      '5 rows looked at, nothing sent.',
      '  4 ok',
      '  1 refused',
      '  line 5 (C-3): email must be one email address, such as jane@example.com',
      '3 with warnings.',
      '  line 3 (C-1): same contact as line 2; same address as line 2',
      '  line 4 (C-2): domain_looks_mistyped: gmail.com?',
      '  line 6 (C-3): unexpected_country',
    ].join('\n'),
  );
});

it('a report has no cell that a spreadsheet takes for a formula, and is read as it was written', () => {
  // An apostrophe of its own before such a sign can't be told from the one that is put there.
  const cell = fc
    .oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string())
        .map((both) => both.join('')),
    )
    .filter((text) => !text.startsWith("'"));
  const imported = file(text);
  const path = join(folder, 'report.csv');
  fc.assert(
    fc.property(cell, cell, (contactId, reason) => {
      const row = { ...rowOf(2, contactId, ''), name: '' };
      openReport(path, imported)([{ row, outcome: 'refused', reason, warnings: [] }]);
      const [, written = []] = parse(readFileSync(path, 'utf8'));
      const [line, ...others] = written;
      expect(line).toBe('2');
      for (const one of others) expect(one).not.toMatch(/^[=+\-@\t\r]/);
      expect(
        others.map((one) => one.replace(/^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, '')),
      ).toEqual([contactId, 'refused', reason, '']);
    }),
  );
});
