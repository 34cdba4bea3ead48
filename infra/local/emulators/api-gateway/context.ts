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
    api,
  };
};

/** `$context.…` by name, for templates and access logs. */
const variablesOf = (context: RequestContext): Readonly<Record<string, unknown>> => ({
  requestId: context.requestId,
  extendedRequestId: context.requestId,
  requestTime: new Date(context.at).toISOString(),
  requestTimeEpoch: context.at,
  httpMethod: context.method,
  path: context.path,
  resourcePath: context.resource,
  stage: context.api.stage,
  apiId: context.api.id,
  status: context.status,
  responseLatency: Date.now() - context.at,
  integrationLatency: context.functionMs,
  'authorizer.principalId': context.authorizer?.['principalId'],
  'identity.sourceIp': context.sourceIp,
  'identity.userAgent': context.userAgent,
  'error.responseType': context.errorType,
  'error.message': context.errorMessage,
  'error.messageString': JSON.stringify(context.errorMessage ?? null),
});

const variable = /\$context\.([a-zA-Z.]+?)(\.quote)?(?![a-zA-Z.])/g;

/** A gateway response's template or an access log's format, filled in; what is not known is `-`. */
export const fillIn = (template: string, context: RequestContext): string => {
  const variables = variablesOf(context);
  return template.replace(variable, (_, name: string, quote?: string) => {
    const value = String(variables[name] ?? '-');
    return quote ? JSON.stringify(value) : value;
  });
};
