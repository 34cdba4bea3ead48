import { type Refusal, refuse } from '../core/refusal.ts';
import type { Contact } from './contact.ts';

/** Who of the staff calls, and how a repetition of the call is recognised. */
export type StaffCall = {
  readonly actor: string;
  readonly idempotency?: {
    readonly key: string;
    /** A hash of what was asked. */
    readonly body: string;
  };
};

/** How many keys a contact remembers, and for how long, in milliseconds. */
const keys = 8;
const life = 24 * 60 * 60 * 1000;

/** The status that this very call was answered with before; a refusal if the key was reused. */
export const previousAnswer = (
  { idempotency: answers }: Contact,
  { idempotency: asked }: StaffCall,
  now: number,
): number | Refusal<'idempotency_key_reused'> | undefined => {
  const known = asked && answers.find(({ key, at }) => key === asked.key && at > now - life);
  if (!known) return undefined;
  return known.body === asked.body ? known.status : refuse('idempotency_key_reused');
};

/** The contact with the answer to this call remembered, if the call has a key. */
export const rememberAnswer = (
  contact: Contact,
  { idempotency: asked }: StaffCall,
  status: number,
  now: number,
): Contact =>
  asked
    ? {
        ...contact,
        idempotency: [
          ...contact.idempotency.filter(({ key }) => key !== asked.key),
          { ...asked, at: now, status },
        ].slice(-keys),
      }
    : contact;
