import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { pipeline as staffRead } from '../../functions/staff-read/index.ts';
import { routes as readRoutes } from '../../functions/staff-read/routes.ts';
import { pipeline as staffWrite } from '../../functions/staff-write/index.ts';
import { staffDocument } from '../../shared/api/openapi/staff.ts';
import type { TestDependencies } from './dependencies.ts';

type Given = {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly authorizer?: Readonly<Record<string, unknown>>;
};

const machine = { subject: 'crm', client: 'crm', isMachine: 'true' };

/** The staff API on a test's own region, as API Gateway calls its functions. */
export const staffOn = (deps: TestDependencies) => {
  const openapi = async () => staffDocument([], 'test');
  const reading = staffRead({ ...deps, version: 'test', openapi });
  const writing = staffWrite(deps);
  return async (call: string, body?: unknown, given: Given = {}) => {
    const [httpMethod = '', path = ''] = call.split(' ');
    const [, contactId] = /^\/staff\/contacts\/([^/]+)/.exec(path) ?? [];
    const resource = path.replace(/^(\/staff\/contacts\/)[^/]+/, '$1{contactId}');
    const event = {
      httpMethod,
      resource,
      path,
      headers: {
        'Portal-Actor': 'kim',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...given.headers,
      },
      queryStringParameters: given.query ?? null,
      pathParameters: contactId === undefined ? null : { contactId },
      body: body === undefined ? null : JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { requestId: 'request-1', authorizer: given.authorizer ?? machine },
    } as unknown as APIGatewayProxyEvent;
    const isReading = `${httpMethod} ${resource}` in readRoutes;
    const handler = isReading ? reading : writing;
    const result = (await handler(event, {} as Context)) as APIGatewayProxyResult;
    return {
      status: result.statusCode,
      headers: result.headers ?? {},
      body: (result.body === '' ? {} : JSON.parse(result.body)) as Record<string, unknown>,
    };
  };
};

/** How many calls of the table something makes. */
export const tableCalls = async (
  { trouble }: TestDependencies,
  something: () => Promise<unknown>,
): Promise<number> => {
  let calls = 0;
  trouble.before = ({ to }) => {
    if (to === 'table') calls += 1;
  };
  await something();
  trouble.before = undefined;
  return calls;
};
