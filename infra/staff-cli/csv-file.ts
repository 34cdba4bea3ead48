import { readFileSync } from 'node:fs';
import { type Row, rowsIn, UnreadableList } from '../../shared/client-list/rows.ts';
import { UsageError } from './usage.ts';

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

/**
 * Every row of a CSV file.
 * @throws UsageError if the file cannot be read as a whole: then nothing of it is imported
 */
export const rowsOf = (file: string): Row[] => {
  try {
    return rowsIn(textOf(bytesOf(file)), file);
  } catch (error) {
    throw error instanceof UnreadableList ? new UsageError(error.message) : error;
  }
};
