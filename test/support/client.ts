import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context, SNSEvent } from 'aws-lambda';
import { pipeline as credentials } from '../../functions/credentials/index.ts';
import { pipeline as emailEvents } from '../../functions/email-events/index.ts';
import { pipeline as resetRequests } from '../../functions/reset-requests/index.ts';
import { pipeline as sessions } from '../../functions/sessions/index.ts';
import type { TestDependencies } from './dependencies.ts';
import { newest, newestLink } from './people.ts';
import { type EventName, events } from './ses-events.ts';

type Answer = { readonly statusCode: number };

/** What a client does, through the public functions as API Gateway calls them. */
export const clientOn = (deps: TestDependencies) => {
  const handlers = {
    credentials: credentials(deps),
    resets: resetRequests(deps),
    sessions: sessions(deps),
  };
  const post = async (name: keyof typeof handlers, path: string, body: object) => {
    const event = {
      httpMethod: 'POST',
      resource: path,
      path,
      headers: { 'Content-Type': 'application/json' },
      queryStringParameters: null,
      pathParameters: null,
      body: JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: { requestId: 'request-2' },
    } as unknown as APIGatewayProxyEvent;
    const answer: Answer = (await handlers[name](event, {} as Context)) as APIGatewayProxyResult;
    await deps.drain();
    return answer.statusCode;
  };
  return {
    forgetsPassword: (email: string) => post('resets', '/api/password-reset-requests', { email }),
    accepts: (email: string, password: string) =>
      post('credentials', '/api/invitation-acceptances', {
        token: newestLink(deps, email),
        password,
      }),
    resets: (email: string, password: string) =>
      post('credentials', '/api/password-resets', {
        token: newestLink(deps, email, 'password_reset'),
        password,
      }),
    signsIn: (email: string, password: string) =>
      post('sessions', '/api/sessions', { email, password }),
  };
};

/** SES reports what became of the newest email to an address; ten seconds pass. */
export const hear = async (deps: TestDependencies, to: string, name: EventName): Promise<void> => {
  const { contactId, emailId, kind } = newest(deps, to);
  const Message = JSON.stringify(events[name]({ to, at: deps.now(), contactId, emailId, kind }));
  await emailEvents(deps)({ Records: [{ Sns: { Message } }] } as SNSEvent, {} as Context);
  await deps.drain();
  deps.pass(10);
};
