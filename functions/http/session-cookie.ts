import { stringifySetCookie } from 'cookie';
import { isSecure, type Region } from '../../shared/core/region.ts';
import type { Request } from './request.ts';

/** Cookies do not tell ports apart, so the name carries the region; `__Host-` needs TLS (RFC 6265bis). */
const nameIn = (region: Region): string =>
  `${isSecure(region) ? '__Host-' : ''}portal-${region.code.toLowerCase()}`;

const attributes = (region: Region) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(region) }) as const;

/** The opaque session token that the browser sent. */
export const sessionToken = (request: Request, region: Region): string | undefined =>
  request.cookies[nameIn(region)];

export const sessionCookie = (token: string, region: Region): string =>
  stringifySetCookie({
    ...attributes(region),
    name: nameIn(region),
    value: token,
    maxAge: region.limits.sessionAbsoluteSeconds,
  });

export const clearedSessionCookie = (region: Region): string =>
  stringifySetCookie({ ...attributes(region), name: nameIn(region), value: '', maxAge: 0 });
