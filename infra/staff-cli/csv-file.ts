import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod/mini';
import { UsageError } from './usage.ts';

/** A row of the file as it was typed, and where. */
export type Row = {
  readonly line: number;
  readonly contactId: string;
  readonly email: string;
  readonly name: string;
  /** Why its cells cannot be told apart. */
  readonly fault?: string;
};

const bytesOf = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'There is no file' : 'This cannot be read:';
    throw new UsageError(`${why} ${file}.`);
  }
};

/** As spreadsheets write text: UTF-8 with or without its mark, UTF-16, or Windows-1252. */
const textOf = (bytes: Buffer): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

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
    throw new UsageError(
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
      ? new UsageError(`The row on line ${read + 1} cannot be read: ${error.message}`)
      : error;
  }
};

/**
 * Every row of a CSV file.
 * @throws UsageError if the file cannot be read as a whole: then nothing of it is imported
 */
export const rowsIn = (file: string): Row[] => {
  const [first, ...records] = recordsIn(textOf(bytesOf(file)));
  if (!first) throw new UsageError(`${file} is empty.`);
  const columns = columnsIn(first.record);
  if (records.length === 0) throw new UsageError(`${file} has titles and no rows.`);
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
