import { CookieJar } from './cookie-jar.ts';

/** An answer of a portal, as a program reads it. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
};

/** An email as the local run's mailbox gives it. */
export type Email = {
  readonly id: string;
  readonly region: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
};

const call = async (
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const response = await fetch(origin + path, {
    method,
    redirect: 'manual',
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Record<string, unknown>,
  };
};

/** The staff API of a portal, as the CRM calls it for Kim. */
export const staffAt =
  (portal: string, token: string) =>
  (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    call(portal, method, `/staff${path}`, body, {
      Authorization: `Bearer ${token}`,
      'Portal-Actor': 'kim',
      ...headers,
    });

/** One browser's worth of cookies on a portal. */
export const browserAt = (portal: string) => {
  const jar = new CookieJar();
  const send = async (method: string, path: string, body?: unknown) => {
    const { header: Cookie } = jar;
    const answer = await call(portal, method, path, body, Cookie ? { Cookie } : {});
    jar.take(answer.headers);
    return answer;
  };
  return { send, cookies: jar.cookies };
};

/** What arrived at an address, newest first. */
export const emailsAt = async (mailbox: string, address: string): Promise<Email[]> => {
  const response = await fetch(`${mailbox}/emails?to=${encodeURIComponent(address)}`);
  return (await response.json()) as Email[];
};

/** The link in an email, and the token in the link. */
export const linkIn = ({ text }: Pick<Email, 'text'>): { url: URL; token: string } => {
  const url = new URL(/https?:\/\/\S+\?token=\S+/.exec(text)?.[0] ?? 'none:');
  return { url, token: url.searchParams.get('token') ?? '' };
};
