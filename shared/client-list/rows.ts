import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod/mini';

/** A row of the list as it was typed, and where. */
export type Row = {
  readonly line: number;
  readonly contactId: string;
  readonly email: string;
  readonly name: string;
  /** Why its cells cannot be told apart. */
  readonly fault?: string;
};

/** A list that cannot be read as a whole; the message says what to mend. */
export class UnreadableList extends Error {
  readonly code = 'unreadable_list';
}

/** Titles are recognised however they are written: `Contact ID`, `contact_id`. */
const titles = {
  contactId: ['contactid', 'contact'],
  email: ['email', 'emailaddress'],
  name: ['name'],
} as const;
type Title = keyof typeof titles;

const isTitle = (title: Title, typed: string): boolean =>
  titles[title].some((one) => one === typed.toLowerCase().replace(/[^a-z]/g, ''));

/** Which cell each title stands over. */
const columnsIn = (found: readonly string[]): Record<Title, number> => {
  const columnOf = (title: Title): number => {
    const [column, ...others] = found.flatMap((typed, at) => (isTitle(title, typed) ? [at] : []));
    if (column !== undefined && others.length === 0) return column;
    const words = found.map((typed) => `"${typed}"`).join(', ');
    throw new UnreadableList(
      `The first line must have the titles contactId, email and name, each once. It has ${words}.`,
    );
  };
  return { contactId: columnOf('contactId'), email: columnOf('email'), name: columnOf('name') };
};

/** Commas, unless the line of titles is separated by something else. */
const delimiterIn = (text: string): string => {
  const [first = ''] = text.split(/[\r\n]/, 1);
  return [',', ';', '\t'].find((one) => first.includes(one)) ?? ',';
};

const recordsSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }),
);

const recordsIn = (text: string) => {
  let read = 0;
  try {
    const records: unknown = parse(text, {
      delimiter: delimiterIn(text),
      trim: true,
      info: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      on_record: (record, { lines }) => {
        read = lines;
        return record;
      },
    });
    return z.parse(recordsSchema, records);
  } catch (error) {
    throw error instanceof CsvError
      ? new UnreadableList(`The row on line ${read + 1} cannot be read: ${error.message}`)
      : error;
  }
};

/**
 * Every row of a list of clients.
 * @param text CSV (RFC 4180), separated by commas, semicolons or tabs, with a line of titles
 * @param named what the list is called in a fault, such as its file
 * @throws UnreadableList if it cannot be read as a whole: then nothing of it is imported
 */
export const rowsIn = (text: string, named = 'The list'): Row[] => {
  const [first, ...records] = recordsIn(text);
  if (!first) throw new UnreadableList(`${named} is empty.`);
  const columns = columnsIn(first.record);
  if (records.length === 0) throw new UnreadableList(`${named} has titles and no rows.`);
  const width = first.record.length;
  return records.map(({ record, info }) => ({
    line: info.lines,
    contactId: record[columns.contactId] ?? '',
    email: record[columns.email] ?? '',
    name: record[columns.name] ?? '',
    ...(record.length !== width && {
      fault: `has ${record.length} cells, and the line of titles ${width}`,
    }),
  }));
};
