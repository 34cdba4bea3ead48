import assert from 'node:assert/strict';
import type { Target } from '../../target.ts';

type Echoed = {
  readonly path: string;
  readonly httpMethod: string;
  readonly resource: string;
  readonly headers: Record<string, string>;
  readonly multiValueHeaders: Record<string, string[]>;
  readonly queryStringParameters: Record<string, string> | null;
  readonly multiValueQueryStringParameters: Record<string, string[]> | null;
  readonly pathParameters: Record<string, string> | null;
  readonly bodyLength: number | null;
  readonly bodyStart?: string;
  readonly isBase64Encoded: boolean;
  readonly requestContext: {
    readonly identity: { readonly sourceIp: string };
    readonly requestId: string;
    readonly authorizer?: Record<string, unknown> | null;
  };
};
/** The request as the function got it. */
export const echoed = async (target: Target, path: string, init?: RequestInit): Promise<Echoed> => {
  const response = await target.call(path, init);
  assert.equal(response.status, 200);
  return (await response.json()) as Echoed;
};
