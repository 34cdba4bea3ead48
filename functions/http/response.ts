import type { APIGatewayProxyResult } from 'aws-lambda';

/** What a route answers. */
export type Response = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  /** Text, or the bytes of a picture. */
  readonly body?: string | Buffer;
};

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

export const withCookie = (response: Response, cookie: string): Response => ({
  ...response,
  cookies: [...(response.cookies ?? []), cookie],
});

/** As API Gateway takes it: bytes in base64. */
export const toResult = ({
  status,
  headers,
  cookies,
  body = '',
}: Response): APIGatewayProxyResult => ({
  statusCode: status,
  headers: { ...headers },
  ...(cookies && { multiValueHeaders: { 'Set-Cookie': [...cookies] } }),
  ...(typeof body === 'string'
    ? { body }
    : { body: body.toString('base64'), isBase64Encoded: true }),
});
