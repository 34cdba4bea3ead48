import { ulid } from 'ulid';
import { newSecret } from '../shared/contact/secret.ts';

/** The only clock and the only dice of deployed code. */
export const clockAndIds = { now: () => Date.now(), newId: () => ulid(), newSecret } as const;
