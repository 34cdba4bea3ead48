import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { securityHeaders as headers } from '../../shared/pages/security-headers.ts';

/**
 * Adds the headers to whatever is answered.
 * @param portalUrl where a form may lead on to: browsers hold a form's redirect to `form-action` too
 */
export const securityHeaders = (
  portalUrl?: string,
): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> => {
  const policy = headers['Content-Security-Policy'];
  const own = portalUrl && {
    'Content-Security-Policy': policy.replace(
      "form-action 'self'",
      `form-action 'self' ${new URL(portalUrl).origin}`,
    ),
  };
  const add = ({ response }: { response?: APIGatewayProxyResult | null | undefined }) => {
    if (response) response.headers = { ...headers, ...own, ...response.headers };
  };
  return { after: add, onError: add };
};
