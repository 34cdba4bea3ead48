import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { pipeline } from '../../functions/staff-console/index.ts';
import type { Provider } from '../../functions/staff-console/session/provider.ts';
import type { StaffApi } from '../../functions/staff-console/session/signed-in.ts';
import { staffClient } from '../../shared/api/client.ts';
import { staffSessionsIn } from '../../shared/aws/staff-sessions.ts';
import { refuse } from '../../shared/core/refusal.ts';
import { isSecure } from '../../shared/core/region.ts';
import type { StaffTokens } from '../../shared/staff/sealed-tokens.ts';
import { startSession } from '../../shared/staff/session.ts';
import type { TestDependencies } from './dependencies.ts';
import type { Asked } from './serving.ts';

export const settings = {
  issuer: 'https://issuer.example.com',
  clientId: 'staff-console',
  scope: 'openid portal/read portal/write',
  parameters: [],
  readScope: 'portal/read',
  writeScope: 'portal/write',
  frameOrigins: [] as string[],
};

/** The tokens of somebody who may read and write, for an hour. */
export const tokensAt = (now: number): StaffTokens => ({
  accessToken: 'header.payload.signature',
  refreshToken: 'refresh-1',
  expiresAt: now + 3_600_000,
  name: 'Kim Lee',
  scopes: ['portal/read', 'portal/write'],
});

type Needed = Pick<TestDependencies, 'region' | 'now' | 'wait' | 'newId' | 'newSecret' | 'table'>;

type Given = {
  readonly provider?: Partial<Provider>;
  readonly api?: StaffApi;
  readonly frameOrigins?: readonly string[];
};

const eventOf = ({ method, path, headers, query, body }: Asked): APIGatewayProxyEvent => {
  const [, contactId] = /^\/staff-console\/contacts\/([^/]+)/.exec(path) ?? [];
  return {
    httpMethod: method,
    resource: path.replace(/^(\/staff-console\/contacts\/)[^/]+/, '$1{contactId}'),
    path,
    headers,
    queryStringParameters: query,
    pathParameters: contactId === undefined ? null : { contactId },
    body,
    isBase64Encoded: false,
    requestContext: { requestId: 'request-1' },
  } as unknown as APIGatewayProxyEvent;
};

type Visited = {
  readonly query?: Record<string, string> | undefined;
  /** Posted, as a browser would from a page of the console's own. */
  readonly form?: Readonly<Record<string, string>> | URLSearchParams | undefined;
  readonly cookie?: string;
};

const formHeaders = {
  'Sec-Fetch-Site': 'same-origin',
  'Content-Type': 'application/x-www-form-urlencoded',
};

/** The staff console on a test's own region, with a provider that takes everybody as Kim. */
export const consoleOn = (deps: Needed, given: Given = {}) => {
  const provider: Provider = {
    begin: async (back) => ({
      url: `${settings.issuer}/authorize`,
      signIn: { state: 'state', nonce: 'nonce', verifier: 'verifier', back },
    }),
    finish: async () => tokensAt(deps.now()),
    renew: async () => refuse('not_signed_in'),
    giveBack: async () => {},
    signOut: async () => undefined,
    ...given.provider,
  };
  const console = {
    ...deps,
    provider,
    settings: { ...settings, frameOrigins: [...(given.frameOrigins ?? [])] },
    staffSessions: staffSessionsIn(deps.table, deps.region),
    apiFor: (token: string) =>
      given.api ?? staffClient({ origin: 'http://127.0.0.1:9', token, patience: 1_000 }),
  };
  const handler = pipeline(console);
  const answer = async (asked: Asked) => {
    const result = (await handler(eventOf(asked), {} as Context)) as APIGatewayProxyResult;
    const { statusCode: status, headers = {}, multiValueHeaders, body } = result;
    const cookies = (multiValueHeaders?.['Set-Cookie'] ?? []).map(String);
    return { status, headers, cookies, body };
  };
  return {
    deps: console,
    handler,
    /** As API Gateway gets it. */
    answer,
    /** A page, or what a form comes to. */
    ask: (path: string, { query = {}, form, cookie = '' }: Visited = {}) =>
      answer({
        method: form ? 'POST' : 'GET',
        path,
        headers: { Cookie: cookie, ...(form && formHeaders) },
        query,
        body: form ? new URLSearchParams(form).toString() : '',
      }),
    /** The `Cookie` header of somebody who signed in. */
    signIn: async (tokens = tokensAt(deps.now())) =>
      `${isSecure(deps.region) ? '__Secure-' : ''}portal-${deps.region.code.toLowerCase()}-staff=${await startSession(console, tokens)}`,
  };
};
