import type { Region } from '../../shared/core/region.ts';
import { cookieName, ownCookie } from './own-cookie.ts';
import type { Request } from './request.ts';
import { type Response, withCookie } from './response.ts';

/** Seconds for which a page offers the address that was typed on an earlier one. */
const lifeSeconds = 15 * 60;

/** As long as an email address can be. */
const longest = 254;

const nameIn = (region: Region): string => cookieName(region, '-email');

const cookie = (region: Region, value: string, maxAge: number): string =>
  ownCookie(region, nameIn(region), value, maxAge);

/** The address that was typed last in this browser. It says nothing about whose it is. */
export const carriedEmail = (request: Request, region: Region): string | undefined => {
  const email = request.cookies[nameIn(region)] ?? '';
  return email === '' || email.length > longest ? undefined : email;
};

/** Carries an address to the next page, without a script and outside of every URL. */
export const carryingEmail = (reply: Response, region: Region, email: string): Response =>
  withCookie(reply, cookie(region, email.slice(0, longest), lifeSeconds));

/** Forgets the address where it has done its work. */
export const withoutEmail = (reply: Response, region: Region): Response =>
  withCookie(reply, cookie(region, '', 0));
