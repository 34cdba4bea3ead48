import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { securityHeaders as headers } from '../../shared/pages/security-headers.ts';

/** Adds the headers to whatever is answered. */
export const securityHeaders = (): MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> => {
  const add = ({ response }: { response?: APIGatewayProxyResult | null | undefined }) => {
    if (response) response.headers = { ...headers, ...response.headers };
  };
  return { after: add, onError: add };
};
