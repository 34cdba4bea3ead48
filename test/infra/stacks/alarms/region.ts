import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
} from '@aws-sdk/client-dynamodb';
import {
  CreateConfigurationSetCommand,
  SESClient,
  VerifyDomainIdentityCommand,
} from '@aws-sdk/client-ses';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { expect, onTestFinished, vi } from 'vitest';
import { pipeline as canary } from '../../../../functions/canary/index.ts';
import { pipeline as credentials } from '../../../../functions/credentials/index.ts';
import { pipeline as emailEvents } from '../../../../functions/email-events/index.ts';
import { pipeline as outbox } from '../../../../functions/outbox/index.ts';
import { pipeline as resetRequests } from '../../../../functions/reset-requests/index.ts';
import { pipeline as sessions } from '../../../../functions/sessions/index.ts';
import { pipeline as staffRead } from '../../../../functions/staff-read/index.ts';
import { pipeline as staffWrite } from '../../../../functions/staff-write/index.ts';
import { pipeline as sweep } from '../../../../functions/sweep/index.ts';
import {
  type AwsCall,
  AwsError,
  type Intercept,
} from '../../../../infra/local/emulators/aws-call.ts';
import { startCognito } from '../../../../infra/local/emulators/cognito/cognito.ts';
import type { SesEvent } from '../../../../infra/local/emulators/ses/events.ts';
import { Ses } from '../../../../infra/local/emulators/ses/ses.ts';
import type { FunctionName } from '../../../../infra/stacks/configuration/functions.ts';
import { staffDocument } from '../../../../shared/api/openapi/staff.ts';
import { accountsIn } from '../../../../shared/aws/accounts.ts';
import { mailBy } from '../../../../shared/aws/mail.ts';
import { reportFailures } from '../../../../shared/aws/sdk/report-failures.ts';
import { suppressionsIn } from '../../../../shared/aws/suppressions.ts';
import { freshTable } from '../../../shared/aws/dynamodb.ts';
import { useEndpoint } from '../../../shared/aws/endpoint.ts';
import { consoleOn } from '../../../support/console.ts';
import { newDependencies } from '../../../support/dependencies.ts';
import { linesIn } from '../../../support/log-lines.ts';
import { type Datum, dataIn } from './cloudwatch.ts';
import { openWebhook } from './webhook.ts';

export const stack = 'portal-prod-au';
const awsRegion = 'ap-southeast-2';
/** As the stream's mapping is set up: ten more tries, then a message in the queue. */
const tries = 11;
/** How often the canary runs, in milliseconds. */
const quarter = 15 * 60_000;

type Handler = (event: never, context: Context) => Promise<unknown>;
type Asked = {
  readonly contactId?: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** One call of AWS, and the function that makes it. */
export type Call = Pick<AwsCall, 'service' | 'action' | 'input'> & { readonly by: string };

/** What an AWS call is refused with. */
export const denied = () => new AwsError('AccessDeniedException', 'Not allowed', 403);
export const failing = () => new AwsError('InternalServerError', 'Internal error', 500);
export const unavailable = () => new AwsError('ServiceUnavailable', 'Switched off.', 503);
export const throttled = () => new AwsError('Throttling', 'Maximum sending rate exceeded.');

const openCognito = async (intercept: Intercept) => {
  const server = await startCognito(0, intercept, undefined, () => Date.now());
  onTestFinished(() => server.close());
  useEndpoint('COGNITO_IDENTITY_PROVIDER', server.url);
  const admin = new CognitoIdentityProviderClient({});
  const { UserPool } = await admin.send(
    new CreateUserPoolCommand({
      PoolName: stack,
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
    }),
  );
  const { UserPoolClient } = await admin.send(
    new CreateUserPoolClientCommand({
      UserPoolId: UserPool?.Id,
      ClientName: stack,
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
    }),
  );
  return () => accountsIn(UserPool?.Id ?? '', UserPoolClient?.ClientId ?? '');
};

const openMail = async (intercept: Intercept, publish: (event: SesEvent) => void, from: string) => {
  let calls = 0;
  const server = await Ses.start(0, {
    intercept: (call, proceed) =>
      Promise.resolve(intercept(call, proceed)).finally(() => {
        calls += 1;
      }),
    publish: (_, event) => publish(event),
    regionOf: () => 'AU',
  });
  onTestFinished(() => server.close());
  useEndpoint('SES', server.url);
  useEndpoint('SESV2', server.url);
  const admin = new SESClient({ region: awsRegion });
  await admin.send(new VerifyDomainIdentityCommand({ Domain: from.split('@')[1] }));
  for (const Name of ['resets', 'others']) {
    await admin.send(new CreateConfigurationSetCommand({ ConfigurationSet: { Name } }));
  }
  const mail = mailBy({
    region: awsRegion,
    replyTo: 'help@example.com',
    sender: { name: 'Portal', address: from },
    resets: 'resets',
    others: 'others',
  });
  const emails = async (to: string) => {
    const answer = await fetch(`${server.url}/emails?to=${encodeURIComponent(to)}`);
    return (await answer.json()) as { readonly text: string }[];
  };
  return { mail, emails, calls: () => calls };
};

/**
 * A region with a clock that tests move: the deployed pipelines and adapters on emulated services,
 * and what CloudWatch is told of them, by the functions' own logs and by AWS.
 */
export const openRegion = async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const data: Datum[] = [];
  const lines: Readonly<Record<string, unknown>>[] = [];
  const state: {
    broken: (call: Call) => AwsError | undefined;
    /** No log reaches CloudWatch. */
    isSilent: boolean;
    /** Whether each run of the outbox function is ended by its time limit. */
    isDying: boolean;
    /** The name of the portal leads nowhere. */
    isUnreachable: boolean;
  } = { broken: () => undefined, isSilent: false, isDying: false, isUnreachable: false };
  const written = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    for (const line of state.isSilent ? [] : linesIn(String(chunk))) {
      lines.push(line);
      data.push(...dataIn(line));
    }
    return true;
  });
  onTestFinished(() => written.mockRestore());

  const troubleIn = (call: Omit<Call, 'by'>): AwsError | undefined => {
    const by = String(process.env['AWS_LAMBDA_FUNCTION_NAME']).replace(`${stack}-`, '');
    return state.broken({ ...call, by });
  };
  const intercept: Intercept = async (call, proceed) => {
    const error = troubleIn(call);
    if (error) throw error;
    return proceed();
  };
  const reported: SesEvent[] = [];
  let canarysAddress = '';
  const fresh = await freshTable();
  const table = {
    ...fresh,
    client: reportFailures(
      fresh.client,
      (error) => error instanceof ConditionalCheckFailedException,
    ),
  };
  const base = await newDependencies('AU', table);
  vi.setSystemTime(base.now());
  table.client.middlewareStack.add(
    (next, context) => async (args) => {
      const action = String(context['commandName']).replace('Command', '');
      const error = troubleIn({ service: 'dynamodb', action, input: { ...args.input } });
      if (!error) return next(args);
      throw new DynamoDBServiceException({
        name: error.code,
        $fault: 'client',
        message: error.message,
        $metadata: { httpStatusCode: error.status, attempts: 3 },
      });
    },
    { step: 'initialize' },
  );
  const newAccounts = await openCognito(intercept);
  const { mail, emails, calls } = await openMail(
    intercept,
    (event) => reported.push(event),
    base.region.sender,
  );
  /** AWS's own metrics. */
  const emit = (
    namespace: string,
    name: string,
    dimensions: Readonly<Record<string, string>>,
    value = 1,
  ): void => {
    data.push({ namespace, name, dimensions, at: Date.now(), value });
  };

  const invoke = async (name: FunctionName, handler: Handler, event: unknown): Promise<unknown> => {
    const FunctionName = `${stack}-${name}`;
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', FunctionName);
    try {
      const answer = await handler(event as never, {} as Context);
      emit('AWS/Lambda', 'Errors', { FunctionName }, 0);
      return answer;
    } catch (error) {
      emit('AWS/Lambda', 'Errors', { FunctionName });
      return error;
    }
  };

  const webhook = await openWebhook({
    stack,
    intercept,
    invoke: (handler, event) => invoke('webhook', handler, event),
    emit: (name, QueueName, value) => emit('AWS/SQS', name, { QueueName }, value),
  });
  const deps = {
    ...base,
    wait: async () => undefined, // Minutes are what passes here.
    version: 'test',
    openapi: async () => staffDocument([], 'test'),
    accounts: newAccounts(),
    mail,
    events: webhook.events,
    suppressions: suppressionsIn(awsRegion),
  };

  const pipelines: Partial<Record<FunctionName, Handler>> = {
    'reset-requests': resetRequests(deps),
    credentials: credentials(deps),
    sessions: sessions(deps),
    'staff-read': staffRead(deps),
    'staff-write': staffWrite(deps),
    'staff-console': consoleOn(deps).handler,
  };

  /** A request as API Gateway passes it on, and what API Gateway counts of it. */
  const ask = async (
    name: FunctionName,
    route: string,
    { contactId, body, query, headers }: Asked = {},
  ) => {
    const [httpMethod, resource = ''] = route.split(' ');
    const handler = pipelines[name];
    if (!handler) throw new Error(`${name} answers no requests.`);
    const answer = (await invoke(name, handler, {
      httpMethod,
      resource,
      path: resource,
      headers: { 'Content-Type': 'application/json', 'Portal-Actor': 'kim', ...headers },
      queryStringParameters: query ?? null,
      pathParameters: contactId === undefined ? null : { contactId },
      body: body === undefined ? null : JSON.stringify(body),
      isBase64Encoded: false,
      requestContext: {
        requestId: 'request-1',
        authorizer: { subject: 'crm', client: 'crm', isMachine: 'true' },
      },
    })) as APIGatewayProxyResult;
    emit('AWS/ApiGateway', '5XXError', { ApiName: stack }, answer.statusCode >= 500 ? 1 : 0);
    emit('AWS/ApiGateway', 'Latency', { ApiName: stack }, 80);
    return answer;
  };

  /** Hands the stream's records to the outbox function until none is left. */
  const drain = async (): Promise<void> => {
    let failures = 0;
    while (base.stream.length > 0) {
      emit('AWS/Lambda', 'IteratorAge', { FunctionName: `${stack}-outbox` }, 100);
      const Records = base.stream.slice(0, 10);
      const dies = () => Promise.reject(new Error('Task timed out'));
      const answer = await invoke('outbox', state.isDying ? dies : outbox(deps), { Records });
      failures = answer instanceof Error ? failures + 1 : 0;
      if (failures > 0 && failures < tries) continue;
      base.stream.splice(0, Records.length);
      if (failures === 0) continue;
      failures = 0;
      emit('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: `${stack}-failed` });
    }
  };

  const hear = async (): Promise<void> => {
    for (const event of reported.splice(0)) {
      const Records = [{ Sns: { Message: JSON.stringify(event) } }];
      let count = 1;
      const hearOnce = () => invoke('email-events', emailEvents(deps), { Records });
      while ((await hearOnce()) instanceof Error && count < 3) count += 1;
      if (count < 3) continue;
      emit('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: `${stack}-mail-failed` });
    }
  };

  const runSweep = () => invoke('sweep', sweep(deps), {});
  const runCanary = async (): Promise<void> => {
    let address = '';
    const askAsCanary = async (email: string) => {
      address = email;
      if (state.isUnreachable) return { error: 'ENOTFOUND' };
      const body = { email };
      const path = 'POST /api/password-reset-requests';
      return { status: (await ask('reset-requests', path, { body })).statusCode };
    };
    await invoke('canary', canary({ ...deps, ask: askAsCanary }), {});
    canarysAddress = address || canarysAddress;
  };
  const counted = { calls: 0, emails: 0 };
  /** Counted again only after a call of SES: on most minutes of a day there is none. */
  const canarysEmails = async (): Promise<number> => {
    if (canarysAddress !== '' && counted.calls !== calls()) {
      Object.assign(counted, { calls: calls(), emails: (await emails(canarysAddress)).length });
    }
    return counted.emails;
  };
  /** SES tells of an email in its own time, and the clock here does not wait for it. */
  const hearOfCanary = async (sentBefore: number): Promise<void> => {
    if ((await canarysEmails()) === sentBefore) return;
    const isArrived = (event: SesEvent): boolean =>
      event.eventType === 'Delivery' && JSON.stringify(event.mail).includes(canarysAddress);
    await expect.poll(() => reported.some(isArrived), { timeout: 120_000 }).toBe(true);
  };
  const wait = (seconds: number): void => {
    base.pass(seconds);
    vi.setSystemTime(base.now());
  };
  const start = base.now();
  return {
    deps,
    data,
    lines,
    state,
    emit,
    ask,
    drain,
    emails,
    invoke,
    /** Events of emails that nobody has heard yet. */
    heard: () => reported.length,
    /** What the CRM answers. */
    crm: webhook.crm,
    startedAt: start,
    /** Moves the clock, and nothing happens meanwhile. */
    wait,
    sweep: runSweep,
    canary: runCanary,
    /**
     * Lets minutes pass: something happens in each, the stream is read, the sweep runs, events are sent
     * to the CRM, and every quarter of an hour the canary.
     */
    live: async (
      minutes: number,
      each: (minute: number) => Promise<unknown> | unknown = () => undefined,
      { isSweeping = true, isRead = true, hasCanary = true, isMapped = true } = {},
    ): Promise<void> => {
      for (let minute = 0; minute < minutes; minute += 1) {
        await each(minute);
        const sent = await canarysEmails();
        if (hasCanary && (Date.now() - start) % quarter === 0) await runCanary();
        if (isRead) await drain();
        await hearOfCanary(sent);
        await hear();
        if (isSweeping) await runSweep();
        if (isRead) await drain();
        await webhook.pass(isMapped);
        wait(60);
      }
    },
  };
};
export type Region = Awaited<ReturnType<typeof openRegion>>;

/** The link in the newest email to an address. */
export const linkTo = async (region: Region, email: string): Promise<string> => {
  const [newest] = await region.emails(email);
  return /\?token=(\S+)/.exec(newest?.text ?? '')?.[1] ?? '';
};

export const password = 'correct horse battery staple';

export const invite = (region: Region, contactId: string, email = `${contactId}@example.com`) =>
  region.ask('staff-write', 'POST /staff/contacts/{contactId}/invitation', {
    contactId,
    body: { email, name: 'Jane Doe' },
  });

export const accept = async (region: Region, email: string) =>
  region.ask('credentials', 'POST /api/invitation-acceptances', {
    body: { token: await linkTo(region, email), password },
  });

export const signIn = (region: Region, email: string, typed = password) =>
  region.ask('sessions', 'POST /api/sessions', { body: { email, password: typed } });

export const askForReset = (region: Region, email: string) =>
  region.ask('reset-requests', 'POST /api/password-reset-requests', { body: { email } });

/** A client with an account. */
export const join = async (region: Region, contactId: string): Promise<string> => {
  const email = `${contactId}@example.com`;
  await invite(region, contactId);
  await region.drain();
  await accept(region, email);
  await region.drain();
  return email;
};
