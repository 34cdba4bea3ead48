import { html, type Response } from '../../http/response.ts';

type Refused = { readonly status: number; readonly retryAfter?: number | undefined };

/** A page about what the staff API refused; 429 and 503 say when to come back (RFC 9110, 10.2.3). */
export const refusedHtml = ({ status, retryAfter = 5 }: Refused, body: string): Response => {
  const page = html(status, body);
  const isLater = status === 429 || status === 503;
  return isLater
    ? { ...page, headers: { ...page.headers, 'Retry-After': String(retryAfter) } }
    : page;
};
