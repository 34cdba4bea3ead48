import { routes } from '../../../shared/api/routes.ts';
import type { Request } from '../../http/request.ts';

/** Where the console starts. */
export const home = '/staff-console';

/** Pages for who is not signed in, and files. */
const open = /^\/staff-console\/(?:sign|\w+\.)/;

const patterns = routes
  .filter(
    ({ audience, method, path }) => audience === 'console' && method === 'GET' && !open.test(path),
  )
  .map(({ path }) => new RegExp(`^${path.replace('{contactId}', '[A-Za-z0-9_-]{1,64}')}$`));

/** What is said of a page once, or by the page itself. */
const ofTheMoment: readonly string[] = ['embed', 'done', 'watch'];

/** The address that was asked for, to come back to. */
export const withQuery = ({ path, query }: Pick<Request, 'path' | 'query'>): string => {
  const kept = Object.entries(query).filter(([name]) => !ofTheMoment.includes(name));
  const text = new URLSearchParams(kept as [string, string][]).toString();
  return text === '' ? path : `${path}?${text}`;
};

/** It is carried in a cookie meanwhile. */
const longest = 2_000;

/**
 * The page that was asked for before signing in, if it is one of the console's own; else where the
 * console starts (OWASP, 'Unvalidated Redirects and Forwards').
 */
export const ownPage = (asked = ''): string => {
  if (!asked.startsWith(home) || asked.length > longest) return home;
  // As a browser reads it: dots are followed, and line ends are gone.
  const { pathname, search } = new URL(asked, 'https://console.invalid');
  return patterns.some((pattern) => pattern.test(pathname)) ? pathname + search : home;
};
