import { createHash, randomBytes } from 'node:crypto';
import type { Region } from '../core/region.ts';
import type { LinkPurpose } from '../email/kinds.ts';
import type { Contact } from './contact.ts';

/** A link, a session or a known browser in a client's hands: `<contactId>.<secret>`. */
export type Token = { readonly contactId: string; readonly secret: string };

/** 256 random bits in canonical base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const formatToken = ({ contactId, secret }: Token): string => `${contactId}.${secret}`;

/**
 * Takes a token apart, or answers undefined for anything that we cannot have made. The last of 43
 * base64url characters carries four bits, so its two low bits must be zero: one spelling each.
 */
export const parseToken = (text: string): Token | undefined => {
  const match = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/.exec(text);
  return match?.[1] && match[2] ? { contactId: match[1], secret: match[2] } : undefined;
};

/**
 * All that is ever stored of a secret. It is bound to what the secret is good for, so that a
 * secret of another purpose, region, contact, generation or epoch is simply unknown.
 */
export const hashOf = (
  purpose: LinkPurpose | 'session' | 'device',
  region: Pick<Region, 'code' | 'epoch'>,
  { contactId, generation }: Pick<Contact, 'contactId' | 'generation'>,
  secret: string,
): string =>
  createHash('sha256')
    .update(JSON.stringify([purpose, region.code, region.epoch, contactId, generation, secret]))
    .digest('base64url');
