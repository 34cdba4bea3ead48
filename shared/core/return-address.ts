import type { Region } from './region.ts';

/** The pages of a signed-in client, which may be asked for by their address. */
const ownPaths = ['/account', '/account/password'];

/** Longer than any address that a portal gives its pages. */
const longest = 1000;

/** Where a client goes who has logged in: to the customer portal proper, where the region has one. */
export const wayIn = ({ portalUrl }: Pick<Region, 'portalUrl'>): string => portalUrl ?? '/account';

const isWithin = (url: URL, home: URL): boolean => {
  const folder = home.pathname.replace(/\/$/, '');
  return (
    url.origin === home.origin &&
    (url.pathname === folder || url.pathname.startsWith(`${folder}/`)) &&
    url.username === '' &&
    url.password === ''
  );
};

/**
 * The page that a client asked for before Login, if it is one of ours: a page of the account, or one
 * under `portalUrl`. Anything else is undefined (OWASP, 'Unvalidated Redirects and Forwards').
 */
export const returnAddress = (
  { origin, portalUrl }: Pick<Region, 'origin' | 'portalUrl'>,
  asked: string | undefined,
): string | undefined => {
  if (!asked || asked.length > longest || !URL.canParse(asked, origin)) return undefined;
  const url = new URL(asked, origin);
  if (ownPaths.some((path) => url.href === origin + path)) return url.pathname;
  return portalUrl !== undefined && isWithin(url, new URL(portalUrl)) ? url.href : undefined;
};
