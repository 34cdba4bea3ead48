import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { refuse } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * By Fetch Metadata, or by Origin where a browser sends none (OWASP ASVS 5.0, 3.5.1). Callers of the
 * API that are no browsers send neither; a browser that sends a form sends one of them.
 */
const isSameOrigin = (headers: Headers, resource: string, { origin }: Region): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers['origin'] === origin || (!headers['origin'] && resource.startsWith('/api/'));
};

/** Refuses state-changing requests from other sites. */
export const sameOrigin = (region: Region): MiddlewareObj<APIGatewayProxyEvent> => ({
  before: ({ event: { httpMethod, headers, resource } }) => {
    const isSafe = httpMethod === 'GET' || httpMethod === 'HEAD';
    if (!isSafe && !isSameOrigin(headers ?? {}, resource, region))
      throw refuse('cross_site_request');
  },
});
