import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';

type Asked = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** A function's pipeline, with nothing behind it but what a test gives. */
type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<unknown>;

/** Asks a function as API Gateway does. */
export const asking =
  (handler: Handler) =>
  async (route: string, { headers = {}, query, body }: Asked = {}) => {
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
    const result = (await handler(event, {} as Context)) as APIGatewayProxyResult;
    return {
      status: result.statusCode,
      headers: result.headers ?? {},
      cookies: (result.multiValueHeaders?.['Set-Cookie'] ?? []).map(String),
      body: result.body,
      isBase64Encoded: result.isBase64Encoded ?? false,
    };
  };
