import {
  ConfigurationError,
  type RegionConfiguration,
  readConfiguration,
} from '../../stacks/configuration/configuration.ts';
import {
  accountCheck,
  concurrencyCheck,
  quotaCheck,
  regionCheck,
  sendingCheck,
  tokenCheck,
} from './account-checks.ts';
import { type Finding, todo } from './finding.ts';
import {
  certificateCheck,
  issuerCheck,
  leftoverCheck,
  stackCheck,
  zoneCheck,
} from './name-checks.ts';
import { unreachable } from './unreachable.ts';
import { webhookCheck } from './webhook-check.ts';

const help = `Reads an account before a deployment, with your own AWS credentials; changes nothing.

  npm run preflight -- prod-nz

Exit code: 0 all is fine, 1 something is to be done, 2 it could not be asked.
`;

/** @returns undefined if there is nothing to look at */
type Check = (row: RegionConfiguration) => Promise<Finding | undefined>;

const checks: Readonly<Record<string, Check>> = {
  account: accountCheck,
  'AWS regions': regionCheck,
  'sign-in tokens': tokenCheck,
  stacks: stackCheck,
  names: leftoverCheck,
  certificate: certificateCheck,
  'hosted zone': zoneCheck,
  CAA: issuerCheck,
  webhook: webhookCheck,
  concurrency: concurrencyCheck,
  SES: sendingCheck,
  quotas: quotaCheck,
};

const say = (text: string) => process.stdout.write(`${text}\n`);

const line = (finding: Finding): string =>
  finding.kind === 'fine'
    ? `fine  ${finding.what}`
    : `${finding.kind}  ${finding.what}: ${finding.say}`;

const rowOf = (target: string | undefined): RegionConfiguration | undefined => {
  const [stage, region] = target?.split('-') ?? [];
  if (!stage || !region) return undefined;
  return readConfiguration({ ...process.env, PORTAL_STAGE: stage, PORTAL_DEPLOY: undefined }).find(
    ({ name }) => name === `portal-${target}`,
  );
};

const look = async (row: RegionConfiguration): Promise<number> => {
  let left = 0;
  for (const [what, check] of Object.entries(checks)) {
    let finding: Finding | undefined;
    try {
      finding = await check(row);
    } catch (error) {
      const sentence = unreachable(error);
      if (sentence) {
        process.stderr.write(`${sentence}\n`);
        return 2;
      }
      finding = todo(what, `could not be read (${(error as Error).name}): ask for the right to`);
    }
    if (!finding) continue;
    if (finding.kind === 'todo') left += 1;
    say(line(finding));
  }
  return left > 0 ? 1 : 0;
};

const main = async ([target]: readonly string[]): Promise<number> => {
  try {
    const row = rowOf(target);
    if (row) return await look(row);
    process.stderr.write(help);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
  return 2;
};

process.exitCode = await main(process.argv.slice(2));
