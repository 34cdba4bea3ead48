import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve as absolute, join } from 'node:path';
import * as z from 'zod/mini';
import { startAws } from '../../../infra/local/aws.ts';
import { serveApi } from '../../../infra/local/emulators/api-gateway/gateway.ts';
import { type Intercept, watchNothing } from '../../../infra/local/emulators/aws-call.ts';
import { partitionNumber } from '../../../infra/local/emulators/dynamodb/stream.ts';
import { EventBuses } from '../../../infra/local/emulators/event-bus/event-buses.ts';
import { Wiring } from '../../../infra/local/emulators/events/wiring.ts';
import { enforceRoles } from '../../../infra/local/emulators/iam/enforce.ts';
import { Functions } from '../../../infra/local/emulators/lambda/functions.ts';
import { Secrets } from '../../../infra/local/emulators/secrets-manager/secrets.ts';
import { Queues } from '../../../infra/local/emulators/sqs/queues.ts';
import { functionsOf } from '../../../infra/local/emulators/template/functions.ts';
import { resolve } from '../../../infra/local/emulators/template/intrinsics.ts';
import { restApiOf } from '../../../infra/local/emulators/template/rest-api.ts';
import { Stack } from '../../../infra/local/emulators/template/stack.ts';
import type { Handler } from '../../../infra/local/host/answer.ts';
import { openServer } from '../../../infra/local/host/http-server.ts';
import { Opened } from '../../../infra/local/host/opened.ts';
import { prepareMail, provision } from '../../../infra/local/provision.ts';
import { accountApi } from './account-api.ts';
import { hurriedClock } from './hurried-clock.ts';

export type Faults = {
  /** Sees, and may change, every call of DynamoDB, Cognito and SES. */
  readonly intercept?: Intercept;
  /** Stands in front of the API, or of the calls of CloudFormation, Lambda, SQS and STS. */
  readonly inFrontOf?: (served: 'api' | 'account', answer: Handler) => Handler;
};

type Settings = Faults & {
  readonly account: string;
  /** The identity that a deployed mail stack would have verified, and where. */
  readonly identity: { readonly domain: string; readonly region: string };
};

export type StandIns = {
  /** Where each service is, by the SDK's variables. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The stacks that are there. */
  stacks(): readonly string[];
  close(): Promise<void>;
};

const templateSchema = z.object({
  Resources: z.record(z.string(), z.looseObject({ Properties: z.optional(z.unknown()) })),
  Outputs: z.optional(z.record(z.string(), z.object({ Value: z.unknown() }))),
});
const inline = z.object({ Code: z.object({ ZipFile: z.string() }) });

/**
 * Code that stands in a template is a file named `index` (CloudFormation Template Reference,
 * `AWS::Lambda::Function Code`); the run knows only folders, by a key.
 */
const unfold = (template: z.output<typeof templateSchema>, folder: string): Map<string, string> => {
  const folders = new Map<string, string>();
  for (const resource of Object.values(template.Resources)) {
    const read = z.safeParse(inline, resource.Properties);
    if (!read.success) continue;
    const text = read.data.Code.ZipFile;
    const key = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const code = join(folder, key);
    mkdirSync(code, { recursive: true });
    writeFileSync(join(code, 'package.json'), '{"type":"commonjs"}');
    writeFileSync(join(code, 'index.js'), text);
    writeFileSync(join(code, 'index.mjs'), "export * from './index.js';\n");
    resource.Properties = { ...(resource.Properties as object), Code: { S3Key: key } };
    folders.set(key, code);
  }
  return folders;
};

let runs = 0;

/**
 * An account of this machine: the stand-ins of the local run, and as much of CloudFormation as
 * creates a stack of them from its template.
 */
export const startStandIns = async (settings: Settings): Promise<StandIns> => {
  const {
    account,
    identity,
    intercept = watchNothing,
    inFrontOf = (_, answer) => answer,
  } = settings;
  const opened = new Opened();
  runs += 1;
  // Within the project, so that the functions find the SDK.
  const folder = absolute('.local', `conformance-${process.pid}-${runs}`);
  opened.add(folder, (path) => rmSync(path, { recursive: true, force: true }));
  const stacks = new Map<string, { stack: Stack; outputs: Record<string, string> }>();
  const functions = new Functions(join(folder, 'logs'));
  const queues = new Queues({ folder: join(folder, 'queues') });
  const wiring = new Wiring(functions, queues, hurriedClock);
  const buses = new EventBuses({ handOn: (arn, event) => queues.hand(arn, event) });
  const secrets = new Secrets();
  let enforce = watchNothing;
  const aws = opened.add(
    await startAws({
      mailboxPort: 0,
      environment: {},
      data: undefined,
      intercept: (call, proceed) => intercept(call, () => enforce(call, proceed)),
      publish: (set, event) => wiring.publish(set, event),
      regionOf: () => undefined,
      buses,
      queues,
      secrets,
      emit: (record, { stream, keys }) => {
        for (const source of wiring.sourcesOf(stream?.arn ?? '')) {
          source.take(record, partitionNumber(record, keys[0] ?? ''));
        }
      },
    }),
    ({ close }) => close(),
  );
  opened.add(functions, (all) => all.stop());
  opened.add(wiring, (all) => all.stop());
  await prepareMail(aws.mailbox, {
    region: identity.region,
    identities: [identity.domain],
    configurationSets: [],
    destinations: [],
    subscriptions: [],
  });

  const create = async (name: string, region: string, body: string): Promise<void> => {
    const template = z.parse(templateSchema, JSON.parse(body));
    const folders = unfold(template, folder);
    const stack = new Stack({ name, account, region }, z.parse(Stack.schema, template), folders);
    await provision(stack, aws);
    for (const definition of functionsOf(stack)) functions.add(name, definition, aws.endpoints);
    enforce = enforceRoles([...[...stacks.values()].map((one) => one.stack), stack]);
    await buses.connect(stack);
    queues.connect(stack);
    secrets.connect(stack);
    wiring.connect(stack);
    const outputs = Object.fromEntries(
      Object.entries(template.Outputs ?? {}).map(([key, { Value }]) => [
        key,
        String(resolve(stack, Value)),
      ]),
    );
    const api = restApiOf(stack);
    if (api) {
      const server = opened.add(await openServer(0, 'the API'), ({ close }) => close());
      const invokeArn = (arn: string) => functions.invoke(arn);
      server.serve(inFrontOf('api', serveApi(api, { invokeArn, log: () => undefined })));
      outputs['ApiUrl'] = `${server.url}/`; // AWS's own name for it leads elsewhere.
    }
    stacks.set(name, { stack, outputs });
  };

  const front = opened.add(await openServer(0, 'the account'), ({ close }) => close());
  front.serve(
    inFrontOf(
      'account',
      accountApi({
        account,
        create,
        outputsOf: (name) => stacks.get(name)?.outputs,
        remove: (name) => stacks.delete(name),
        invoke: (name, event) => functions.invoke(name)(event),
      }),
    ),
  );
  return {
    endpoints: {
      ...aws.endpoints,
      ...Object.fromEntries(
        ['CLOUDFORMATION', 'LAMBDA', 'STS'].map((service) => [
          `AWS_ENDPOINT_URL_${service}`,
          front.url,
        ]),
      ),
    },
    stacks: () => [...stacks.keys()],
    close: () => opened.close(),
  };
};
