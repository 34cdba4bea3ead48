import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type {
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  APIGatewayTokenAuthorizerEvent,
  Context,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SNSEvent,
  SQSEvent,
} from 'aws-lambda';

/**
 * The functions of the probe: small enough to stand in a template (4 MB, CommonJS, the SDK of the
 * runtime). What they see they write down as notes, items that the sentences read.
 */

/** The answers of the API, by the last part of the path; every other path echoes the request. */
const answers: Readonly<Record<string, () => unknown>> = {
  throw: () => {
    throw new Error('as asked');
  },
  odd: () => ({ no: 'status' }),
  cookies: () => ({
    statusCode: 200,
    headers: { 'X-Both': 'single', 'X-Single': '1' },
    multiValueHeaders: { 'Set-Cookie': ['a=1; Path=/', 'b=2; Path=/'], 'X-Both': ['many'] },
    body: '{}',
  }),
  plain: () => ({ statusCode: 200, body: 'x' }),
  remapped: () => ({ statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer' }, body: '{}' }),
  bytes: () => ({
    statusCode: 200,
    headers: { 'Content-Type': 'image/png' },
    body: Buffer.from([0x89, 0x50, 0x4e, 0x47]).toString('base64'),
    isBase64Encoded: true,
  }),
};

export const web = async (event: APIGatewayProxyEvent): Promise<unknown> => {
  const answer = answers[event.path.split('/').at(-1) ?? ''];
  if (answer) return answer();
  const { body, ...rest } = event;
  const text = body && Buffer.from(body, event.isBase64Encoded ? 'base64' : 'utf8').toString();
  const echoed = { ...rest, bodyLength: text?.length ?? null, bodyStart: text?.slice(0, 200) };
  return { statusCode: 200, body: JSON.stringify(echoed) } satisfies APIGatewayProxyResult;
};

/** Never answers: its own time limit ends it, or who asks gives up before. */
export const hang = (): Promise<never> => new Promise(() => undefined);

let decisions = 0;

/** `Bearer <verdict>.<anything>.x`; each decision has a number, so that a kept one can be told. */
export const authorize = async (
  event: APIGatewayTokenAuthorizerEvent,
  { awsRequestId }: Context,
) => {
  const [verdict = ''] = event.authorizationToken.replace('Bearer ', '').split('.');
  if (verdict === 'unauthorized') throw new Error('Unauthorized');
  if (verdict === 'fail') throw new Error('as asked');
  if (verdict === 'odd') return { principalId: 'probe' };
  decisions += 1;
  const every = event.methodArn.replace(/\/[A-Z]+\/.*$/, '');
  const readOnly = [`${every}/GET/staff/*`, `${every}/HEAD/staff/*`];
  return {
    principalId: 'probe',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: verdict === 'deny' ? 'Deny' : 'Allow',
          Resource: verdict === 'read' ? readOnly : [`${every}/*/staff/*`],
        },
      ],
    },
    context: { decision: `${awsRequestId} ${decisions}`, methodArn: event.methodArn },
  };
};

const table = () => process.env['TABLE_NAME'] ?? '';
const region = () => process.env['TABLE_REGION'];

const note = async (about: string, what: unknown): Promise<void> => {
  const client = new DynamoDBClient({ ...(region() && { region: region() ?? '' }) });
  const id = `${Date.now().toString().padStart(15, '0')}#${Math.random()}`;
  const item = { pk: { S: about }, sk: { S: id }, note: { S: JSON.stringify(what) } };
  await client.send(new PutItemCommand({ TableName: table(), Item: item }));
};

const textOf = (record: DynamoDBRecord, name: string) => record.dynamodb?.NewImage?.[name]?.S ?? '';
const aboutOf = (record: DynamoDBRecord) => `BUDGET#${textOf(record, 'about')}`;

/** Notes each batch of the stream, then fails on a record that asks for it. */
export const follow = async ({ Records }: DynamoDBStreamEvent) => {
  for (const about of new Set(Records.map(aboutOf))) {
    const own = Records.filter((record) => aboutOf(record) === about);
    await note(about, {
      batch: own.map((record) => textOf(record, 'name')),
      sequence: own.map((record) => record.dynamodb?.SequenceNumber),
      first: own[0],
    });
  }
  const poison = Records.find((record) => textOf(record, 'asks') === 'fail');
  if (!poison) return { batchItemFailures: [] };
  if (poison.dynamodb?.NewImage?.['reports']?.BOOL !== true) throw new Error('as asked');
  return { batchItemFailures: [{ itemIdentifier: poison.dynamodb.SequenceNumber }] };
};

/** Notes an event of a schedule. */
export const tick = (event: unknown): Promise<void> =>
  note(`BUDGET#${process.env['ABOUT']}`, event);

type Events = { readonly mail?: { readonly tags?: Readonly<Record<string, readonly string[]>> } };

/** Notes an event of an email beside the tag that it was sent with, and fails if that asks for it. */
export const hear = async ({ Records }: SNSEvent): Promise<void> => {
  for (const { Sns } of Records) {
    const event = JSON.parse(Sns.Message) as Events;
    const about = event.mail?.tags?.['about']?.[0] ?? '';
    await note(`BUDGET#${about}`, event);
    if (about.startsWith('fail-')) throw new Error('as asked');
  }
};

type Work = {
  readonly about: string;
  readonly name: string;
  /** How often it is not taken. */
  readonly failures: number;
  /** Seconds until it is to come again. */
  readonly hold: number;
};

/** Notes each message of a queue, and reports and holds those that say so. */
export const take = async ({ Records }: SQSEvent) => {
  const { SQSClient, ChangeMessageVisibilityCommand } = await import('@aws-sdk/client-sqs');
  // As in the product: at the region's own endpoint, and not at the host in the queue's URL.
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { body, messageId, receiptHandle, attributes } of Records) {
    const { about, name, failures, hold } = JSON.parse(body) as Work;
    const receives = attributes.ApproximateReceiveCount;
    await note(`BUDGET#${about}`, { name, receives, at: Date.now() });
    if (Number(receives) > failures) continue;
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: process.env['QUEUE_URL'],
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: hold,
      }),
    );
    batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
};

type ToSend = { readonly from: string; readonly to: string; readonly set: string };

/** Invoked directly: sends an email that its role allows or not. */
export const mail = async ({ from, to, set }: ToSend) => {
  // Only here: the other functions need not load it.
  const { SESClient, SendRawEmailCommand } = await import('@aws-sdk/client-ses');
  try {
    await new SESClient({}).send(
      new SendRawEmailCommand({
        Source: from,
        Destinations: [to],
        RawMessage: { Data: Buffer.from(`From: ${from}\r\nSubject: Conformance\r\n\r\nHi\r\n`) },
        ConfigurationSetName: set,
      }),
    );
    return { sent: true };
  } catch (error) {
    return { refused: error instanceof Error ? error.name : String(error) };
  }
};

type Asked = { readonly pk?: string; readonly metric?: string };

/** Invoked directly: writes an item that its role allows or not, and tells about itself. */
export const limited = async ({ pk, metric }: Asked, context: Context) => {
  if (metric) {
    const name = context.functionName;
    const _aws = {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: 'PortalConformance',
          Dimensions: [['Function']],
          Metrics: [{ Name: metric, Unit: 'Count' }],
        },
      ],
    };
    process.stdout.write(`${JSON.stringify({ _aws, Function: name, [metric]: 1 })}\n`);
    return {};
  }
  if (pk !== undefined) {
    const Item = { pk: { S: pk }, sk: { S: 'LIMITED' } };
    try {
      const client = new DynamoDBClient({});
      await client.send(new PutItemCommand({ TableName: table(), Item }));
      return { written: true };
    } catch (error) {
      return { refused: error instanceof Error ? error.name : String(error) };
    }
  }
  return {
    variables: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/SECRET|TOKEN|KEY/.test(name)),
    ),
    credentials: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].filter(
      (name) => process.env[name],
    ),
    context: {
      functionName: context.functionName,
      memoryLimitInMB: context.memoryLimitInMB,
      remaining: context.getRemainingTimeInMillis(),
    },
    fileSystem: process.cwd(),
  };
};
