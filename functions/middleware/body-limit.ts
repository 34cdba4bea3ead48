import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { refuse } from '../../shared/core/refusal.ts';

const kibibyte = 1024;

/**
 * Refuses a body over 16 KiB, or over what a route is given.
 * @param larger bytes by route, where it is more
 */
export const bodyLimit = (
  larger: Readonly<Record<string, number>> = {},
): MiddlewareObj<APIGatewayProxyEvent> => ({
  before: ({ event: { body, isBase64Encoded, httpMethod, resource } }) => {
    const bytes = Buffer.byteLength(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
    const limit = larger[`${httpMethod} ${resource}`] ?? 16 * kibibyte;
    if (bytes > limit) throw refuse('payload_too_large');
  },
});
