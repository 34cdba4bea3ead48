import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { type Routes, serve } from '../../../functions/http/serve.ts';
import type { Region } from '../../../shared/core/region.ts';

type Asked = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Asks a function's doors as API Gateway does, with nothing behind them but what a test gives. */
export const asking = <World extends { region: Region }>(doors: Routes<World>, world: World) => {
  const handler = serve(doors, () => world);
  return async (route: string, { headers = {}, query, body }: Asked = {}) => {
    const [httpMethod = 'GET', resource = '/'] = route.split(' ');
    const event = {
      httpMethod,
      resource,
      path: resource,
      headers,
      queryStringParameters: query ?? null,
      pathParameters: null,
      body: body ?? null,
      isBase64Encoded: false,
      requestContext: { requestId: 'request-1' },
    } as unknown as APIGatewayProxyEvent;
    const result: APIGatewayProxyResult = await handler(event, {} as Context);
    return {
      status: result.statusCode,
      headers: result.headers ?? {},
      cookies: (result.multiValueHeaders?.['Set-Cookie'] ?? []).map(String),
      body: result.body,
    };
  };
};
