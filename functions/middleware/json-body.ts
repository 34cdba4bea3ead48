import type { MiddlewareObj } from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { refuse } from '../../shared/core/refusal.ts';

/**
 * Parses a JSON body. Nothing sent is no malformed JSON, whatever its content type says, and the
 * route refuses other types. `null`, `0`, `false` and `""` are something, and nothing that we take.
 */
export const jsonBody = (): MiddlewareObj<APIGatewayProxyEvent> => {
  const { before } = httpJsonBodyParser({ disableContentTypeError: true });
  return {
    before: async (request) => {
      if (!request.event.body) return;
      await before?.(request as never);
      if (!request.event.body) {
        throw refuse('invalid_request', { errors: [{ path: '', message: 'must be an object' }] });
      }
    },
  };
};
