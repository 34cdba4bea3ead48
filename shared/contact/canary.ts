import { comparable } from '../email/address.ts';

/**
 * A client of our own in each region, whose reset email is asked for and followed by the clock. Its
 * id is longer than an id of the CRM or of a link can be: no staff call names it, and no link that
 * is sent to it opens anything.
 */
export const canary = {
  contactId: 'portal-canary-whose-id-is-longer-than-any-that-staff-or-links-may-name',
  name: 'Canary',
} as const;

/**
 * Where the canary's email goes: SES's mailbox simulator, which accepts everything and keeps nothing
 * (Amazon SES Developer Guide, 'Using the mailbox simulator manually'). The label after it is a
 * region's own and cannot be guessed, so that nobody else asks for resets in the canary's name.
 */
export const canaryAddress = { start: 'success+portal-canary-', end: '@simulator.amazonses.com' };

export const newCanaryAddress = (newId: () => string): string =>
  comparable(`${canaryAddress.start}${newId()}${canaryAddress.end}`);

/** Whether an address can be the canary's: nobody is invited by it, and it is nobody's neighbour. */
export const isCanarys = (email: string): boolean => {
  const address = comparable(email);
  return address.startsWith(canaryAddress.start) && address.endsWith(canaryAddress.end);
};
