import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Answer } from '../host/answer.ts';

/** One call of an AWS API, as the emulated service understands it. */
export type AwsCall = {
  readonly service: 'dynamodb' | 'cognito-idp' | 'ses' | 'events' | 'sqs' | 'secretsmanager';
  /** As IAM knows it, without the service: `PutItem`. */
  readonly action: string;
  /** The AWS region that the call was signed for. */
  readonly region: string;
  /** Who called: the access key id of its credentials. */
  readonly accessKeyId: string;
  /** The call's own parameters. */
  readonly input: Readonly<Record<string, unknown>>;
};

/**
 * Stands between a caller and an emulated service: it sees the call, may do without the service,
 * wait, or lose its answer.
 */
export type Intercept = (call: AwsCall, proceed: () => Promise<Answer>) => Promise<Answer>;

/** An error as AWS names it. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/**
 * Who signed a request and for which AWS region, from the credential scope of its Authorization
 * header (AWS Signature Version 4). The signature itself is not checked.
 * @throws AwsError when the request is not signed
 */
export const signerOf = ({ headers }: IncomingMessage) => {
  const [, accessKeyId, region] =
    /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  if (accessKeyId && region) return { accessKeyId, region };
  throw new AwsError(
    'MissingAuthenticationTokenException',
    'Request is missing Authentication Token',
    403,
  );
};

/** The operation of a request in one of AWS's JSON protocols. */
export const targetOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? '').replace(/^.*\./, '');

export const readJson = (body: Buffer): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(body.toString() || '{}');
  } catch {
    throw new AwsError('SerializationException', 'The request is not JSON.');
  }
};

/** The protocol version's media type: Cognito speaks 1.1, DynamoDB 1.0. */
export const jsonProtocol = (version: '1.0' | '1.1') => {
  const answer = (status: number, body: unknown): Answer => ({
    status,
    headers: {
      'Content-Type': `application/x-amz-json-${version}`,
      'x-amzn-RequestId': randomUUID(),
    },
    body: JSON.stringify(body),
  });
  return {
    answer,
    /** Answers expected errors as AWS does; what is not expected is a fault of the service. */
    guarded: async (work: () => Promise<Answer>): Promise<Answer> => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof AwsError) {
          return answer(error.status, { __type: error.code, message: error.message });
        }
        return answer(500, { __type: 'InternalErrorException', message: String(error) });
      }
    },
  };
};

/** Looks at nothing and changes nothing. */
export const watchNothing: Intercept = (_, proceed) => proceed();
