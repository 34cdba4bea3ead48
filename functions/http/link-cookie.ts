import { stringifySetCookie } from 'cookie';
import { isSecure, type Region } from '../../shared/core/region.ts';
import type { Request } from './request.ts';
import { type Response, seeOther, withCookie } from './response.ts';

/** Seconds for choosing a password after opening the link. */
const lifeSeconds = 60 * 60;

/** The longest token there is has 108 characters. */
const longest = 200;

/** The page that a link opens; the cookie goes nowhere else. */
type LinkPath = '/reset-password' | '/invitation';

const nameOf = (path: LinkPath, region: Region): string =>
  `${isSecure(region) ? '__Secure-' : ''}portal-${region.code.toLowerCase()}${path.replace('/', '-')}`;

const cookie = (path: LinkPath, region: Region, value: string, maxAge: number): string =>
  stringifySetCookie({
    name: nameOf(path, region),
    value,
    maxAge,
    path,
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(region),
  });

/** The link's token, as the browser carries it; nothing that could be one if there is none. */
export const linkToken = (request: Request, path: LinkPath, region: Region): string =>
  request.cookies[nameOf(path, region)] ?? '';

/**
 * Takes the token out of the address bar, the history and every Referer, without a script: a cookie
 * carries it on to the clean path. Undefined if the address holds none.
 */
export const takeToken = (
  request: Request,
  path: LinkPath,
  region: Region,
): Response | undefined => {
  const token = request.query['token'];
  if (token === undefined) return undefined;
  const carried = token.length > longest ? '' : token;
  return withCookie(seeOther(path), cookie(path, region, carried, lifeSeconds));
};

/** Forgets the token once its link is used. */
export const withoutToken = (reply: Response, path: LinkPath, region: Region): Response =>
  withCookie(reply, cookie(path, region, '', 0));
