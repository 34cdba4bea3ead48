import { globSync, readFileSync } from 'node:fs';
import { DynamoDBClient, DynamoDBServiceException, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { reportFailures } from '../../../shared/aws/sdk/report-failures.ts';
import { captureLog, counted } from '../../support/log-lines.ts';

const failWith = async (error: Error, isExpected = false) => {
  const { lines } = captureLog();
  const client = reportFailures(new DynamoDBClient({}), () => isExpected);
  client.middlewareStack.add(() => () => Promise.reject(error), { step: 'initialize' });
  const Key = { pk: { S: 'CONTACT#C-1' } };
  await expect(client.send(new GetItemCommand({ TableName: 't', Key }))).rejects.toBe(error);
  return lines;
};

const answered = (name: string, httpStatusCode: number) =>
  new DynamoDBServiceException({
    name,
    message: 'jane@example.com is not allowed',
    $fault: 'client',
    $metadata: { httpStatusCode, requestId: 'r-1', attempts: 3 },
  });

describe('a call of AWS that failed', () => {
  it.each<[name: string, status: number, isRefused: boolean]>([
    ['AccessDeniedException', 400, true],
    ['ResourceNotFoundException', 400, true],
    ['ValidationException', 400, true],
    ['MessageRejected', 400, true],
    ['AccountSendingPausedException', 400, true],
    ['ThrottlingException', 400, false],
    ['Throttling', 400, false],
    ['ProvisionedThroughputExceededException', 400, false],
    ['RequestLimitExceeded', 400, false],
    ['LimitExceededException', 400, false],
    ['TooManyRequestsException', 429, false],
    ['InternalServerError', 500, false],
    ['ServiceUnavailable', 503, false],
  ])('%s (%i) lasts until an engineer changes something: %s', async (name, status, isRefused) => {
    const lines = await failWith(answered(name, status));
    expect(counted(lines)).toEqual({ DynamoDBFailures: 1, ...(isRefused && { AwsRefusals: 1 }) });
  });

  it('leaves one line, with everything but the message', async () => {
    const [line] = await failWith(answered('AccessDeniedException', 400));
    expect(line).toEqual({
      timestamp: expect.any(String),
      level: 'error',
      event: 'aws_failed',
      service: 'DynamoDB',
      operation: 'GetItem',
      error: 'AccessDeniedException',
      status: 400,
      awsRequestId: 'r-1',
      attempts: 3,
      milliseconds: expect.any(Number),
    });
  });

  it('before it was answered is told by the name that Node has for it', async () => {
    const [line] = await failWith(Object.assign(new Error('no'), { code: 'ECONNRESET' }));
    expect(line).toMatchObject({ event: 'aws_failed', error: 'ECONNRESET' });
  });

  it('as its adapter expects leaves none', async () => {
    expect(await failWith(answered('ConditionalCheckFailedException', 400), true)).toEqual([]);
  });
});

it('every client of AWS in deployed code tells of its failures', () => {
  const code = globSync(['shared/**/*.ts', 'functions/**/*.ts'])
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const clients = code.match(/new \w+Client\(/g) ?? [];
  const reported = code.match(/reportFailures\(\s*new \w+Client\(/g) ?? [];
  expect(clients.length).toBeGreaterThan(3);
  expect(reported).toHaveLength(clients.length);
});
