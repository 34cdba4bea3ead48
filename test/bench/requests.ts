import type { FunctionName } from '../../infra/stacks/configuration/functions.ts';

/** A request as API Gateway hands it to a function. */
const http = (route: string, body?: object, contactId?: string, cookie?: string) => {
  const [httpMethod = '', resource = ''] = route.split(' ');
  return {
    httpMethod,
    resource,
    path: resource,
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'bench',
      ...(cookie !== undefined && { Cookie: cookie }),
    },
    queryStringParameters: null,
    pathParameters: contactId === undefined ? null : { contactId },
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      requestId: 'request-1',
      authorizer: { subject: 'kim', client: 'crm', isMachine: 'false' },
    },
  };
};

const email = 'jane@example.com';

/** The request by which each function's start is measured; the authorizer calls no AWS. */
export const firstRequests: Readonly<Partial<Record<FunctionName, object>>> = {
  pages: http('GET /forgot-password'),
  'reset-requests': http('POST /api/password-reset-requests', { email }),
  credentials: http('POST /api/invitation-lookups', { token: `c-1.${'A'.repeat(43)}` }),
  // Signing in with a wrong password takes its time on purpose: reading a session is measured.
  sessions: http(
    'GET /api/session',
    undefined,
    undefined,
    `__Host-portal-au=c-1.${'A'.repeat(43)}`,
  ),
  'staff-read': http('GET /staff/contacts/{contactId}', undefined, 'C-1'),
  'staff-write': http(
    'POST /staff/contacts/{contactId}/invitation',
    { email, name: 'Jane Citizen' },
    'C-1',
  ),
  'staff-console': http(
    'GET /staff-console',
    undefined,
    undefined,
    `__Secure-portal-au-staff=${'A'.repeat(43)}`,
  ),
  outbox: {
    Records: [
      {
        dynamodb: {
          SequenceNumber: '1',
          NewImage: { pk: { S: 'CONTACT#C-1' }, sk: { S: 'CONTACT' }, pending: { N: '1' } },
        },
      },
    ],
  },
  sweep: {},
  canary: {},
};
