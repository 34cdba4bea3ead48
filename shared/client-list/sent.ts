import * as z from 'zod/mini';
import { importOutcomes } from '../api/import-schema.ts';
import { isRefusalCode } from '../core/refusal.ts';
import { batchSize } from './batch.ts';
import type { Checked } from './check-rows.ts';

const sentSchema = z.array(z.tuple([z.int(), z.enum(importOutcomes), z.string()]));

/** A row that is refused without a code of the portal never got there: looking at it again tells. */
const wasSent = ({ outcome, reason }: Checked): boolean =>
  outcome === 'refused' ? isRefusalCode(reason.split(';', 1)[0] ?? '') : outcome !== 'ok';

/** What became of the rows so far, by line, as a browser carries it from batch to batch. */
export const packSent = (rows: readonly Checked[]): string =>
  JSON.stringify(
    rows.filter(wasSent).map(({ row, outcome, reason }) => [row.line, outcome, reason]),
  );

/**
 * The rows of a list with what became of them so far.
 * @param packed as `packSent` made it, of the same list; empty before anything was sent
 * @returns undefined if it cannot be read
 */
export const withSent = (rows: readonly Checked[], packed: string): Checked[] | undefined => {
  const read = z.safeParse(sentSchema, jsonIn(packed || '[]'));
  if (!read.success) return undefined;
  const sent = new Map(read.data.map(([line, outcome, reason]) => [line, { outcome, reason }]));
  return rows.map((one) => ({ ...one, ...(one.outcome === 'ok' && sent.get(one.row.line)) }));
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Refused for now: the same row may be taken later. */
const later: readonly string[] = ['try_again', 'too_many_attempts'];

/** Whether a row was not sent yet, or was not taken and may be when it is sent again. */
export const isOpen = ({ outcome, reason }: Checked): boolean =>
  outcome === 'ok' || outcome === 'failed' || (outcome === 'refused' && later.includes(reason));

/** The rows to send next: those that were never sent go first. */
export const nextBatch = (rows: readonly Checked[]): Checked[] => {
  const open = rows.filter(isOpen);
  const isFresh = ({ outcome }: Checked) => outcome === 'ok';
  return [...open.filter(isFresh), ...open.filter((one) => !isFresh(one))].slice(0, batchSize);
};
