import type { Contact } from '../contact/contact.ts';
import { formatToken, hashOf, parseToken, type Token } from '../contact/token.ts';
import type { Region } from '../core/region.ts';

/** At most this many browsers; one more forgets the browser that was used longest ago. */
const devicesPerContact = 8;
/** Couples share a browser: its cookie holds a token for each of the contacts. */
const contactsPerBrowser = 3;
const separator = '~';

/** A browser that signed in before stays one after a new password: the generation has no part in it. */
const deviceHash = (region: Region, { contactId, secret }: Token): string =>
  hashOf('device', region, { contactId, generation: 0 }, secret);

const tokensIn = (cookie: string | undefined): Token[] =>
  (cookie ?? '')
    .split(separator, contactsPerBrowser)
    .map(parseToken)
    .filter((token) => token !== undefined);

/**
 * The browser, if the contact signed in there before: it counts failed sign-ins of its own, so that
 * no stranger's guesses keep the client out (OWASP, 'Slow Down Online Guessing Attacks with Device
 * Cookies').
 */
export const knownDevice = (contact: Contact, cookie: string | undefined, region: Region) => {
  const token = tokensIn(cookie).find(({ contactId }) => contactId === contact.contactId);
  const hash = token && deviceHash(region, token);
  return contact.devices.some((one) => one.hash === hash) ? { token, hash } : undefined;
};

/** The token by which the browser is known from now on, the same one if it was known. */
export const deviceToken = (
  contact: Contact,
  cookie: string | undefined,
  region: Region,
  newSecret: () => string,
): Token =>
  knownDevice(contact, cookie, region)?.token ?? {
    contactId: contact.contactId,
    secret: newSecret(),
  };

/** Remembers the browser. The table keeps only the hash of its secret. */
export const withDevice = (
  contact: Contact,
  token: Token,
  region: Region,
  now: number,
): Contact => {
  const hash = deviceHash(region, token);
  const others = contact.devices.filter((one) => one.hash !== hash);
  return {
    ...contact,
    devices: [...others, { hash, seenAt: now }].slice(-devicesPerContact),
  };
};

/** What the browser's cookie says from now on. */
export const deviceCookieValue = (cookie: string | undefined, token: Token): string =>
  [token, ...tokensIn(cookie).filter(({ contactId }) => contactId !== token.contactId)]
    .slice(0, contactsPerBrowser)
    .map(formatToken)
    .join(separator);
