import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isBinary } from './binary.ts';
import type { RequestContext } from './context.ts';
import { logTime } from './context-variables.ts';

type Many = Readonly<Record<string, string[]>>;

const last = (many: Many): Record<string, string> =>
  Object.fromEntries(Object.entries(many).map(([name, values]) => [name, values.at(-1) ?? '']));

const nullIfEmpty = <Table extends object>(table: Table): Table | null =>
  Object.keys(table).length > 0 ? table : null;

/** Headers with the names as they were sent, and those API Gateway adds. */
const headersOf = (request: IncomingMessage, context: RequestContext): Many => {
  const headers: Record<string, string[]> = {};
  const names = new Map<string, string>();
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const sent = request.rawHeaders[index] ?? '';
    const name = names.get(sent.toLowerCase()) ?? sent;
    names.set(sent.toLowerCase(), name);
    headers[name] = [...(headers[name] ?? []), request.rawHeaders[index + 1] ?? ''];
  }
  delete headers[names.get('connection') ?? ''];
  const forwarded = names.get('x-forwarded-for') ?? 'X-Forwarded-For';
  headers[forwarded] = [[...(headers[forwarded] ?? []), context.sourceIp].join(', ')];
  headers[names.get('x-forwarded-proto') ?? 'X-Forwarded-Proto'] = ['http'];
  headers[names.get('x-forwarded-port') ?? 'X-Forwarded-Port'] = [
    String(request.socket.localPort ?? ''),
  ];
  return headers;
};

const queryOf = ({ query }: RequestContext): Many =>
  Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));

/**
 * A request as a REST API hands it to a function (API Gateway Developer Guide, 'Input format of a
 * Lambda function for proxy integration').
 */
export const proxyEvent = (
  request: IncomingMessage,
  body: Buffer,
  context: RequestContext,
  parameters: Readonly<Record<string, string>>,
): APIGatewayProxyEvent => {
  const headers = headersOf(request, context);
  const query = queryOf(context);
  const { api, method, path, resource, requestId, at, sourceIp, userAgent } = context;
  const isBase64Encoded =
    body.length > 0 && isBinary(api.binaryMediaTypes, request.headers['content-type']);
  return {
    resource,
    path,
    httpMethod: method,
    headers: last(headers),
    multiValueHeaders: headers,
    queryStringParameters: nullIfEmpty(last(query)),
    multiValueQueryStringParameters: nullIfEmpty(query),
    pathParameters: nullIfEmpty(parameters),
    stageVariables: null,
    body: body.length > 0 ? body.toString(isBase64Encoded ? 'base64' : 'utf8') : null,
    isBase64Encoded,
    requestContext: {
      accountId: api.account,
      apiId: api.id,
      authorizer: context.authorizer ?? null,
      domainName: request.headers.host ?? '',
      extendedRequestId: requestId,
      httpMethod: method,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp,
        user: null,
        userAgent,
        userArn: null,
      },
      path: `/${api.stage}${path}`,
      protocol: 'HTTP/1.1',
      requestId,
      requestTime: logTime(at),
      requestTimeEpoch: at,
      resourceId: resource,
      resourcePath: resource,
      stage: api.stage,
    },
  };
};
