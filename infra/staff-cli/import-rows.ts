import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import * as z from 'zod/mini';
import { UsageError } from './usage.ts';

/** A row of the file as it was typed, and where. */
export type Row = {
  readonly line: number;
  readonly contactId: string;
  readonly email: string;
  readonly name: string;
};

/** Column titles are recognised however they are written: `Contact ID`, `contact_id`. */
const columns: Readonly<Record<string, string>> = {
  contactid: 'contactId',
  contact: 'contactId',
  email: 'email',
  emailaddress: 'email',
  name: 'name',
};
const columnOf = (title: string): string =>
  columns[title.toLowerCase().replace(/[^a-z]/g, '')] ?? title;

const recordSchema = z.object({
  record: z.object({ contactId: z.string(), email: z.string(), name: z.string() }),
  info: z.object({ lines: z.int(), bytes: z.int() }),
});

const wrongFile = 'The file must be CSV with a first line of titles: contactId, email, name.';

/**
 * Reads a file of any size, a batch of rows at a time.
 * @param take is given how much of the file was read, from 0 to 1
 * @throws UsageError if the file cannot be read
 */
export const eachBatch = async (
  file: string,
  size: number,
  take: (rows: readonly Row[], done: number) => Promise<void>,
): Promise<void> => {
  const { size: bytes } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (bytes === undefined) throw new UsageError(`There is no file ${file}.`);
  const parser = parse({
    columns: (titles: string[]) => titles.map(columnOf),
    bom: true,
    trim: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
  });
  try {
    await pipeline(createReadStream(file), parser, async (records: AsyncIterable<unknown>) => {
      let rows: Row[] = [];
      let read = 0;
      for await (const one of records) {
        const { record, info } = rowIn(one);
        rows.push({ line: info.lines, ...record });
        read = info.bytes / bytes;
        if (rows.length < size) continue;
        await take(rows, Math.min(read, 0.99));
        rows = [];
      }
      await take(rows, 1);
    });
  } catch (error) {
    throw error instanceof CsvError ? new UsageError(`${wrongFile} ${error.message}`) : error;
  }
};

const rowIn = (one: unknown) => {
  const read = z.safeParse(recordSchema, one);
  if (read.success) return read.data;
  throw new UsageError(wrongFile);
};
