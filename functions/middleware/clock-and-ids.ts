import { monotonicFactory } from 'ulid';
import { newSecret } from '../../shared/contact/token.ts';

/** Ids sort by their making even within a millisecond: what happened last is told last. */
const newId = monotonicFactory();

/** The only clock and the only dice of deployed code. */
export const clockAndIds = { now: () => Date.now(), newId: () => newId(), newSecret } as const;
