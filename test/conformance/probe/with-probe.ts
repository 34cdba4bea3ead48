import { randomBytes } from 'node:crypto';
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import * as z from 'zod/mini';
import type { RegionConfiguration } from '../../../infra/stacks/configuration/configuration.ts';
import {
  type Access,
  clientsFor,
  type Patience,
  type ProbeOutputs,
  polling,
  type Target,
} from '../target.ts';
import { synthesizeProbe, type Template } from './probe-stacks.ts';

type Settings = {
  /** The stage and region whose account is checked; nothing of its own stacks is touched. */
  readonly row: RegionConfiguration;
  readonly access: Access;
  readonly isAws: boolean;
  readonly patience: Patience;
  /** Is told what is made and removed. */
  readonly say: (line: string) => void;
};

const outputsSchema = z.object({
  ApiUrl: z.string(),
  HangName: z.string(),
  TableName: z.string(),
  UserPoolId: z.string(),
  ClientId: z.string(),
  FailedUrl: z.string(),
  LimitedName: z.string(),
  ConfigurationSet: z.string(),
  MailName: z.string(),
  MailFailedUrl: z.string(),
  BusName: z.string(),
  HeardUrl: z.string(),
  WaitingUrl: z.string(),
  WaitingArn: z.string(),
  DeadUrl: z.string(),
  DeadArn: z.string(),
  WorkedUrl: z.string(),
  SecretName: z.string(),
}) satisfies z.ZodMiniType<ProbeOutputs>;

/** Long enough for an API and its functions; a stack without a certificate takes some minutes. */
const longestWait = 900;

/**
 * Makes the probe's stacks under a random name, works with them, and removes them whatever happened.
 * @throws what CloudFormation, the work or the removal threw; after a removal that failed it was said
 * which stacks are left
 */
export const withProbe = async <Result>(
  settings: Settings,
  work: (target: Target) => Promise<Result>,
): Promise<Result> => {
  const { row, access, isAws, patience, say } = settings;
  const name = `conformance-${randomBytes(4).toString('hex')}`;
  const aws = clientsFor(row, access);
  const templates = synthesizeProbe({ ...row, name, keepData: false, isProtected: false });
  const stacks = stacksBy(aws, templates);
  say(`Making ${name} in ${row.awsRegion} and ${row.emailRegion}`);
  const removeOnSignal = () => void stacks.remove().finally(() => process.exit(130));
  process.once('SIGINT', removeOnSignal);
  process.once('SIGTERM', removeOnSignal);
  try {
    const probe = z.parse(outputsSchema, await stacks.create());
    return await work({
      isAws,
      row,
      probe,
      aws,
      call: (path, init = {}) => fetch(probe.ApiUrl + path, { redirect: 'manual', ...init }),
      eventually: polling(patience),
    });
  } finally {
    process.off('SIGINT', removeOnSignal);
    process.off('SIGTERM', removeOnSignal);
    say(`Removing ${name}`);
    await stacks.remove();
  }
};

const stacksBy = (aws: Target['aws'], templates: readonly Template[]) => {
  const asked = new Set<Template>();
  const create = async (template: Template): Promise<Readonly<Record<string, string>>> => {
    const { name, region, body } = template;
    const client = aws.stacks(region);
    asked.add(template);
    await client.send(
      new CreateStackCommand({
        StackName: name,
        TemplateBody: body,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        OnFailure: 'DELETE',
        Tags: [{ Key: 'purpose', Value: 'conformance, may be deleted' }],
      }),
    );
    const wait = { client, maxWaitTime: longestWait, minDelay: 2, maxDelay: 15 };
    await waitUntilStackCreateComplete(wait, { StackName: name });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Object.fromEntries(
      (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
        OutputKey,
        OutputValue,
      ]),
    );
  };
  const remove = async (template: Template): Promise<void> => {
    const { name, region } = template;
    const client = aws.stacks(region);
    await client.send(new DeleteStackCommand({ StackName: name }));
    const wait = { client, maxWaitTime: longestWait, minDelay: 2, maxDelay: 15 };
    await waitUntilStackDeleteComplete(wait, { StackName: name });
    asked.delete(template);
  };
  return {
    /** The outputs of all of them. */
    create: async () => {
      const made = await Promise.allSettled(templates.map(create));
      const failed = made.find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
      return Object.assign({}, ...made.map((one) => (one.status === 'fulfilled' ? one.value : {})));
    },
    remove: async () => {
      const removed = await Promise.allSettled([...asked].map(remove));
      const reason = removed.find((one) => one.status === 'rejected')?.reason;
      if (asked.size === 0) return;
      const left = [...asked].map(({ name, region }) => `${name} in ${region}`).join(', ');
      throw new Error(`These stacks could not be removed, delete them by hand: ${left}`, {
        cause: reason,
      });
    },
  };
};
