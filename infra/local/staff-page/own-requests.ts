import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request was really meant for this page, which acts with a token that can do everything.
 * Its host is this machine by address, so that no other site's name can be made to point here (DNS
 * rebinding), and a form was posted by the page itself: by Fetch Metadata, or by Origin where a
 * browser sends none (OWASP ASVS 5.0, 3.5.1).
 */
export const isOwnRequest = (
  method: string,
  headers: IncomingHttpHeaders,
  port: number,
): boolean => {
  const { host, origin, 'sec-fetch-site': site } = headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return false;
  if (method === 'GET' || method === 'HEAD') return true;
  if (site !== undefined) return site === 'same-origin';
  return origin === undefined || origin === `http://${host}`;
};
