import { readFileSync } from 'node:fs';
import { type Row, rowsIn, UnreadableList } from '../../shared/client-list/rows.ts';
import { textOf } from '../../shared/client-list/text-of.ts';
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
