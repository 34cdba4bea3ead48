import { monotonicFactory } from 'ulid';

/** Ids sort by their making even within a millisecond: what happened last is listed last. */
const newId = monotonicFactory();

/** The only clock and the only source of ids in deployed code. */
export const clockAndIds = { now: () => Date.now(), newId: () => newId() } as const;
