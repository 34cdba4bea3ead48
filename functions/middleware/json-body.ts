import type { MiddlewareObj } from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEvent } from 'aws-lambda';

/**
 * Parses a JSON body. Nothing sent is no malformed JSON, whatever its content type says, and the
 * route refuses other types.
 */
export const jsonBody = (): MiddlewareObj<APIGatewayProxyEvent> => {
  const { before } = httpJsonBodyParser({ disableContentTypeError: true });
  return {
    before: (request) => (request.event.body ? before?.(request as never) : undefined),
  };
};
