import {
  AwsError,
  jsonProtocol,
  readJson,
  signerOf,
} from '../../../infra/local/emulators/aws-call.ts';
import type { Outcome } from '../../../infra/local/emulators/lambda/outcome.ts';
import { type Answer, type Handler, json } from '../../../infra/local/host/answer.ts';

type Account = {
  readonly account: string;
  create(name: string, region: string, body: string): Promise<void>;
  remove(name: string): void;
  /** Undefined for a stack that is not there. */
  outputsOf(name: string): Readonly<Record<string, string>> | undefined;
  invoke(name: string, event: unknown): Promise<Outcome>;
};

/** The most that a template may have which is sent with the call (AWS CloudFormation quotas). */
const largestTemplate = 51_200;

const xml = (action: string, result: string): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'text/xml' },
  body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
});
const refused = ({ code, message, status }: AwsError): Answer => ({
  status,
  headers: { 'Content-Type': 'text/xml' },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

type Operation = (account: Account, form: URLSearchParams, region: string) => Promise<string>;

/** CloudFormation and STS, as far as a probe is made with them. */
const operations: Readonly<Record<string, Operation>> = {
  GetCallerIdentity: async ({ account }) => `<Account>${account}</Account>`,

  CreateStack: async ({ create }, form, region) => {
    const name = form.get('StackName') ?? '';
    const body = form.get('TemplateBody') ?? '';
    if (Buffer.byteLength(body) > largestTemplate) {
      throw new AwsError(
        'ValidationError',
        `'templateBody' has more than ${largestTemplate} bytes`,
      );
    }
    await create(name, region, body);
    return `<StackId>${name}</StackId>`;
  },

  DescribeStacks: async ({ outputsOf }, form) => {
    const name = form.get('StackName') ?? '';
    const outputs = outputsOf(name);
    if (!outputs) throw new AwsError('ValidationError', `Stack with id ${name} does not exist`);
    const members = Object.entries(outputs).map(
      ([key, value]) =>
        `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    return `<Stacks><member><StackName>${name}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks>`;
  },

  DeleteStack: async ({ remove }, form) => {
    remove(form.get('StackName') ?? '');
    return '';
  },
};

const { guarded } = jsonProtocol('1.0');

const invokeFunction = async (account: Account, name: string, body: Buffer): Promise<Answer> => {
  const outcome = await account.invoke(name, readJson(body));
  if (!('error' in outcome)) return json(200, outcome.result ?? null);
  const failed = { errorMessage: outcome.error.message, errorType: outcome.error.name };
  const headers = { 'X-Amz-Function-Error': 'Unhandled', 'Content-Type': 'application/json' };
  return { status: 200, headers, body: JSON.stringify(failed) };
};

const query = async (account: Account, body: Buffer, region: string): Promise<Answer> => {
  const form = new URLSearchParams(body.toString());
  const action = form.get('Action') ?? '';
  const operation = operations[action];
  try {
    if (!operation) throw new AwsError('InvalidAction', `${action} is not part of this stand-in.`);
    return xml(action, await operation(account, form, region));
  } catch (error) {
    return refused(
      error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500),
    );
  }
};

/** Answers the calls by which a probe is made, used and removed. */
export const accountApi =
  (account: Account): Handler =>
  (request, body) =>
    guarded(async () => {
      const { region } = signerOf(request);
      const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(request.url ?? '')?.[1];
      if (invoked) return invokeFunction(account, invoked, body);
      return query(account, body, region);
    });
