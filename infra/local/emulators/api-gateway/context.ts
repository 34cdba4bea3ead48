import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RestApi } from '../template/rest-api.ts';

/** `$context` of one request: what templates, access logs and functions may know of it. */
export type RequestContext = {
  readonly requestId: string;
  readonly at: number;
  readonly method: string;
  /** As it was asked for, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Its resource, such as `/staff/contacts/{contactId}`. */
  resource: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly accept: string;
  readonly api: RestApi;
  /** What the authorizer said, its principal included. */
  authorizer?: Readonly<Record<string, unknown>>;
  /** API Gateway's own name for what went wrong. */
  errorType?: string;
  errorMessage?: string;
  status?: number;
  /** Milliseconds the function took. */
  functionMs?: number;
};

const addressOf = ({ socket }: IncomingMessage): string =>
  (socket.remoteAddress ?? '').replace(/^::ffff:/, '');

export const contextOf = (request: IncomingMessage, api: RestApi): RequestContext => {
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  return {
    requestId: randomUUID(),
    at: Date.now(),
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    resource: '-',
    sourceIp: addressOf(request),
    userAgent: request.headers['user-agent'] ?? '',
    accept: request.headers.accept ?? '',
    api,
  };
};
