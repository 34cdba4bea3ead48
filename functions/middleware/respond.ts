import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { count, described, log } from '../../shared/core/log.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';
import { requestFrom } from '../http/request.ts';
import { type Response, toResult } from '../http/response.ts';
import { type Outcome, type Routes, routeOf } from '../http/route.ts';

/** What the body parsers throw: 415 or 422 (`createError` of @middy/util). */
const statusOf = (error: unknown): unknown =>
  error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;

/** A refusal that a middleware threw, or that stands for what a parser threw; faults are ours. */
const refusalOf = (error: unknown, event: APIGatewayProxyEvent): Refusal => {
  if (isRefusal(error)) return error;
  if (statusOf(error) === 422) {
    return refuse('invalid_request', {
      errors: [{ path: '', message: 'must be well-formed JSON' }],
    });
  }
  count('Faults');
  log({
    level: 'error',
    event: 'fault',
    requestId: event.requestContext.requestId,
    route: `${event.httpMethod} ${event.resource}`,
    ...described(error),
  });
  return refuse('try_again', { retryAfter: 5 });
};

/** As API Gateway takes it; an answer to HEAD has no body (RFC 9110, 9.3.2). */
const send = (request: Request<APIGatewayProxyEvent>, response: Response): void => {
  const result = toResult(response);
  request.response = request.event.httpMethod === 'HEAD' ? { ...result, body: '' } : result;
};

/**
 * Turns the outcome of a request into HTTP: a response as it is, a refusal as its route presents
 * it. Middlewares throw refusals, since middy skips the rest of the pipeline after an early answer.
 */
export const respond = <Dependencies extends { readonly region: Region }>(
  routes: Routes<Dependencies>,
  { region }: Dependencies,
): MiddlewareObj<APIGatewayProxyEvent> => {
  const present = (event: APIGatewayProxyEvent, refusal: Refusal) =>
    routeOf(routes, event).present(refusal, requestFrom(event), region);
  return {
    after: (request) => {
      const outcome = request.response as Outcome;
      if (isRefusal(outcome)) Object.assign(request.internal, { code: outcome.code });
      send(request, isRefusal(outcome) ? present(request.event, outcome) : outcome);
    },
    onError: (request) => {
      const refusal = refusalOf(request.error, request.event);
      Object.assign(request.internal, { code: refusal.code });
      send(request, present(request.event, refusal));
    },
  };
};
