import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { securityHeaders } from '../../shared/pages/security-headers.ts';

const policy = securityHeaders['Content-Security-Policy'];

/**
 * The console's script looks at its own page again; a contact's page that is asked for with `embed`
 * may stand in a frame of the allowed origins, and nothing else in any.
 * @param origins the CRM's, of the region's row
 */
export const framePolicy = (
  origins: readonly string[],
): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> => {
  const add = ({
    event,
    response,
  }: {
    event: APIGatewayProxyEvent;
    response?: APIGatewayProxyResult | null | undefined;
  }) => {
    if (!response) return;
    const isFrameable =
      origins.length > 0 &&
      event.resource.startsWith('/staff-console/contacts/') &&
      event.queryStringParameters?.['embed'] !== undefined;
    const framed = isFrameable
      ? policy.replace("frame-ancestors 'none'", `frame-ancestors ${origins.join(' ')}`)
      : policy;
    response.headers = {
      ...response.headers,
      'Content-Security-Policy': `${framed}; connect-src 'self'`,
    };
  };
  return { after: add, onError: add };
};
