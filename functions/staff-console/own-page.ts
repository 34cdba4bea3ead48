import { routes } from '../../shared/api/routes.ts';

/** Where the console starts. */
export const home = '/staff-console';

/** Pages for who is not signed in, and files. */
const open = /^\/staff-console\/(?:sign|\w+\.)/;

const patterns = routes
  .filter(
    ({ audience, method, path }) => audience === 'console' && method === 'GET' && !open.test(path),
  )
  .map(({ path }) => new RegExp(`^${path.replace('{contactId}', '[A-Za-z0-9_-]{1,64}')}$`));

/**
 * The page that was asked for before signing in, if it is one of the console's own; else where the
 * console starts (OWASP, 'Unvalidated Redirects and Forwards').
 */
export const ownPage = (asked: string | undefined): string =>
  asked !== undefined && patterns.some((pattern) => pattern.test(asked)) ? asked : home;
