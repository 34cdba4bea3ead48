import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { refuse } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** By Fetch Metadata, or by Origin where a browser sends none (OWASP ASVS 5.0, 3.5.1). */
const isSameOrigin = (headers: Headers, { origin }: Pick<Region, 'origin'>): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  // Callers that are no browsers send neither.
  return headers['origin'] === undefined || headers['origin'] === origin;
};

/** Refuses state-changing requests from other sites. */
export const sameOrigin = (region: Region): MiddlewareObj<APIGatewayProxyEvent> => ({
  before: ({ event: { httpMethod, headers } }) => {
    const isSafe = httpMethod === 'GET' || httpMethod === 'HEAD';
    if (!isSafe && !isSameOrigin(headers ?? {}, region)) throw refuse('cross_site_request');
  },
});
