import type { Region } from '../core/region.ts';
import type { LinkPurpose } from '../email/kinds.ts';
import type { Contact } from './contact.ts';
import { hashOf, parseToken, type Token } from './token.ts';

/** At most 3 links of one purpose work together: a client who asks twice may open the first email. */
export const linksPerPurpose = 3;

type Link = Contact['links'][number];

/** The links of a purpose that still work, the one that ends first first. */
export const workingLinks = ({ links }: Contact, wanted: LinkPurpose, now: number): Link[] =>
  links
    .filter(({ purpose, expiresAt }) => purpose === wanted && expiresAt > now)
    .sort((a, b) => a.expiresAt - b.expiresAt);

/**
 * Adds a link. When there are too many of its purpose, one goes: an expired one first, then one that
 * anybody may have asked for, then the oldest.
 */
export const withLink = (contact: Contact, link: Link, now: number): Contact => {
  const others = contact.links.filter(({ purpose }) => purpose !== link.purpose);
  const same = contact.links.filter(({ purpose }) => purpose === link.purpose);
  const victim =
    same.length < linksPerPurpose
      ? undefined
      : (same.find(({ expiresAt }) => expiresAt <= now) ??
        same.find(({ requested }) => requested) ??
        same[0]);
  return { ...contact, links: [...others, ...same.filter((one) => one !== victim), link] };
};

/** Whether a token is a link of the contact, and whether its life has ended. */
export const linkState = (
  contact: Contact,
  purpose: LinkPurpose,
  token: Token,
  region: Region,
  now: number,
): 'fresh' | 'expired' | 'unknown' => {
  const hash = hashOf(purpose, region, contact, token.secret);
  const link = contact.links.find((one) => one.purpose === purpose && one.hash === hash);
  if (!link) return 'unknown';
  return link.expiresAt > now ? 'fresh' : 'expired';
};

/** The contact that a token names, if it can be a token at all. */
export const contactOf = async (
  contacts: { find(contactId: string): Promise<Contact> },
  text: string,
): Promise<{ contact: Contact; token: Token } | undefined> => {
  const token = parseToken(text);
  return token && { contact: await contacts.find(token.contactId), token };
};
