import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { log } from '../../shared/core/log.ts';

/** What the pipeline notes about a request. */
type Noted = { readonly startedAt?: number; readonly code?: string };

/** One line per request, without anything personal: route, status, code and milliseconds. */
export const requestLog = (): MiddlewareObj<APIGatewayProxyEvent> => {
  const write = ({ event, response, internal }: Request<APIGatewayProxyEvent>) => {
    const { statusCode } = response as APIGatewayProxyResult;
    const { startedAt = 0, code } = internal as Noted;
    log({
      level: 'info',
      event: 'request',
      requestId: event.requestContext.requestId,
      route: `${event.httpMethod} ${event.resource}`,
      status: statusCode,
      ...(code !== undefined && { code }),
      milliseconds: Math.round(performance.now() - startedAt),
    });
  };
  return {
    before: ({ internal }) => {
      Object.assign(internal, { startedAt: performance.now() });
    },
    after: write,
    onError: write,
  };
};
