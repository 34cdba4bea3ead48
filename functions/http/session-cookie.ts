import { livesOf } from '../../shared/account/session.ts';
import type { BrowserCookies } from '../../shared/account/sign-in.ts';
import type { Region } from '../../shared/core/region.ts';
import { cookieName, ownCookie } from './own-cookie.ts';
import type { Request } from './request.ts';
import { type Response, withCookie } from './response.ts';

/** The longest that browsers keep a cookie: 400 days (RFC 6265bis, 5.5). */
const deviceSeconds = 400 * 24 * 60 * 60;

const nameIn = (region: Region, suffix: '' | '-device' = ''): string => cookieName(region, suffix);

/** The opaque session token that the browser sent. */
export const sessionToken = (request: Request, region: Region): string | undefined =>
  request.cookies[nameIn(region)];

/** The session, and by what the browser is known. */
export const browserCookies = (request: Request, region: Region): BrowserCookies => ({
  session: sessionToken(request, region),
  device: request.cookies[nameIn(region, '-device')],
});

type SignedIn = { readonly token: string; readonly isKept: boolean | undefined };

export const sessionCookie = ({ token, isKept }: SignedIn, region: Region): string =>
  ownCookie(region, nameIn(region), token, livesOf({ isKept }, region).absolute);

/** Makes the browser one that is known; it outlives the session and opens nothing. */
export const withDeviceCookie = (
  response: Response,
  { device }: { readonly device?: string | undefined },
  region: Region,
): Response =>
  device
    ? withCookie(response, ownCookie(region, nameIn(region, '-device'), device, deviceSeconds))
    : response;

/** After signing in. */
export const withSignIn = (
  response: Response,
  signedIn: SignedIn & { readonly device: string },
  region: Region,
): Response =>
  withDeviceCookie(withCookie(response, sessionCookie(signedIn, region)), signedIn, region);

/**
 * After signing out: what the browser kept of this site goes (OWASP ASVS 5.0, 14.3.1), but for the
 * cookies: the browser stays a known one.
 */
export const withSignOut = (response: Response, region: Region): Response => ({
  ...withCookie(response, ownCookie(region, nameIn(region), '', 0)),
  headers: { ...response.headers, 'Clear-Site-Data': '"cache", "storage"' },
});
