import type { APIGatewayProxyResult } from 'aws-lambda';

/** What a door answers. */
export type Response = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
};

/** Every answer carries these unless its door says otherwise (OWASP ASVS 5.0, 3.4). */
const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
} as const;

export const json = (status: number, body: object): Response => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

export const html = (status: number, body: string): Response => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body,
});

export const noContent = (): Response => ({ status: 204 });

/** After a form: the browser goes on with a GET (RFC 9110, 15.4.4). */
export const seeOther = (location: string): Response => ({
  status: 303,
  headers: { Location: location },
});

export const withCookie = (reply: Response, cookie: string): Response => ({
  ...reply,
  cookies: [...(reply.cookies ?? []), cookie],
});

export const toResult = ({
  status,
  headers,
  cookies,
  body = '',
}: Response): APIGatewayProxyResult => ({
  statusCode: status,
  headers: { ...securityHeaders, ...headers },
  ...(cookies && { multiValueHeaders: { 'Set-Cookie': [...cookies] } }),
  body,
});
