import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod/mini';
import { LocalError } from './local-error.ts';

/**
 * Reads a value from a JSON file, or starts with the one given.
 * @param file undefined to keep it only in memory
 * @throws LocalError when the file is not of the form it was written in
 */
export const readKept = <Schema extends z.core.$ZodType>(
  file: string | undefined,
  schema: Schema,
  first: z.output<Schema>,
): z.output<Schema> => {
  if (!file) return first;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return first;
  }
  try {
    return z.parse(schema, JSON.parse(text));
  } catch {
    throw new LocalError(`The kept data in ${file} can't be read: move it away to start anew.`);
  }
};

/** Writes beside the file first, so that a run that is cut off leaves a whole one. */
export const writeKept = (file: string | undefined, value: unknown): void => {
  if (!file) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(value));
  renameSync(`${file}.new`, file);
};
