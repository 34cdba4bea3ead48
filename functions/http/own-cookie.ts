import { stringifySetCookie } from 'cookie';
import { isSecure, type Region } from '../../shared/core/region.ts';

/**
 * The name of a cookie of ours. Cookies do not tell ports apart, so it carries the region. Its prefix
 * keeps other hosts of the domain from setting it, and needs TLS: `__Host-` for the whole host,
 * `__Secure-` below a path (RFC 6265bis, 4.1.3).
 */
export const cookieName = (
  region: Region,
  suffix: string,
  prefix: '__Host-' | '__Secure-' = '__Host-',
): string => `${isSecure(region) ? prefix : ''}portal-${region.code.toLowerCase()}${suffix}`;

/**
 * A `Set-Cookie` that no script reads and that no form of another site sends.
 * @param maxAge seconds; 0 takes the cookie away
 */
export const ownCookie = (
  region: Region,
  name: string,
  value: string,
  maxAge: number,
  path = '/',
): string =>
  stringifySetCookie({
    ...{ name, value, maxAge, path },
    ...{ httpOnly: true, sameSite: 'lax', secure: isSecure(region) },
  });
