import { resolveCaa } from 'node:dns/promises';
import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListHostedZonesByNameCommand, Route53Client } from '@aws-sdk/client-route-53';
import { GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { RegionConfiguration } from '../../stacks/configuration/configuration.ts';
import { mailNames } from '../../stacks/constructs/mail-names.ts';
import { type Finding, fine, found, note, todo } from './finding.ts';

const hostOf = ({ region }: RegionConfiguration): string => new URL(region.origin).hostname;

/** `a.b.c`, `b.c` */
const zonesAbove = (host: string): string[] => {
  const parts = host.split('.');
  return parts.slice(0, -1).map((_, index) => parts.slice(index).join('.'));
};

const statusOf = async (name: string, region: string): Promise<string | undefined> => {
  const answer = await found(
    new CloudFormationClient({ region }).send(new DescribeStacksCommand({ StackName: name })),
  );
  return answer?.Stacks?.[0]?.StackStatus;
};

/** Neither stack is left half made, and a live one is protected. */
export const stackCheck = async (row: RegionConfiguration): Promise<Finding> => {
  const { name, awsRegion, emailRegion, keepData, isProtected } = row;
  const stacks = [
    [`${name}-mail`, emailRegion],
    [name, awsRegion],
  ] as const;
  const states: (string | undefined)[] = [];
  for (const [stack, region] of stacks) {
    const state = await statusOf(stack, region);
    states.push(state);
    if (state && /FAILED$|^ROLLBACK_COMPLETE$/.test(state)) {
      return todo(
        `stack ${stack}`,
        `is ${state}: docs/deploying.md, "The first deployment failed"`,
      );
    }
  }
  if (states.includes(undefined)) return fine(`stacks of ${name}, not all deployed yet`);
  return keepData && !isProtected
    ? todo(
        `stacks of ${name}`,
        'write isLive: true in the row and deploy both: nothing is protected',
      )
    : fine(`stacks of ${name}`);
};

/** No stranger holds a name that the first deployment gives. */
export const leftoverCheck = async (row: RegionConfiguration): Promise<Finding> => {
  const { name, awsRegion, emailRegion } = row;
  const { domain } = mailNames(row);
  const what = 'names of the first deployment';
  const left: string[] = [];
  if ((await statusOf(`${name}-mail`, emailRegion)) === undefined) {
    const identity = await found(
      new SESv2Client({ region: emailRegion }).send(
        new GetEmailIdentityCommand({ EmailIdentity: domain }),
      ),
    );
    if (identity) left.push(`the SES identity ${domain}`);
  }
  if ((await statusOf(name, awsRegion)) === undefined) {
    const { logGroups = [] } = await new CloudWatchLogsClient({ region: awsRegion }).send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: `/aws/lambda/${name}-` }),
    );
    left.push(...logGroups.map(({ logGroupName }) => `the log group ${logGroupName}`));
    const table = await found(
      new DynamoDBClient({ region: awsRegion }).send(new DescribeTableCommand({ TableName: name })),
    );
    if (table) left.push(`the table ${name}`);
  }
  return left.length === 0
    ? fine(what)
    : todo(what, `${left.join(', ')} exist: deploy with --import-existing-resources`);
};

/** The certificate of the row is good for the portal's host. */
export const certificateCheck = async (row: RegionConfiguration): Promise<Finding> => {
  const what = `certificate of ${hostOf(row)}`;
  const answer = await found(
    new ACMClient({ region: row.awsRegion }).send(
      new DescribeCertificateCommand({ CertificateArn: row.certificate }),
    ),
  );
  const { Status, SubjectAlternativeNames = [] } = answer?.Certificate ?? {};
  if (Status === undefined) return todo(what, 'does not exist: docs/deploying.md, step 2');
  if (Status !== 'ISSUED') {
    return todo(what, `is ${Status}: enter its CNAME record and wait (docs/deploying.md, step 2)`);
  }
  return SubjectAlternativeNames.includes(hostOf(row))
    ? fine(what)
    : todo(what, `is for ${SubjectAlternativeNames.join(', ')}: ask for one of this host`);
};

/** Where the DNS records go. */
export const zoneCheck = async (row: RegionConfiguration): Promise<Finding> => {
  const host = hostOf(row);
  const client = new Route53Client({ region: 'us-east-1' });
  for (const zone of zonesAbove(host)) {
    const { HostedZones = [] } = await client.send(
      new ListHostedZonesByNameCommand({ DNSName: zone, MaxItems: 1 }),
    );
    if (HostedZones[0]?.Name === `${zone}.`) return fine(`DNS of ${host}, hosted zone ${zone}`);
  }
  return note(`DNS of ${host}`, 'not in this account: enter every record where it is kept');
};

/** Whoever may issue certificates for a host is named at the nearest name that has CAA records. */
export const issuerCheck = async (row: RegionConfiguration): Promise<Finding> => {
  const what = `CAA of ${hostOf(row)}`;
  for (const zone of zonesAbove(hostOf(row))) {
    try {
      const issuers = (await resolveCaa(zone)).flatMap(({ issue }) => (issue ? [issue] : []));
      if (issuers.length === 0) continue;
      return issuers.some((issuer) => /amazon(trust|aws)?\.com|awstrust\.com/.test(issuer))
        ? fine(what)
        : todo(what, `${zone} lets only ${issuers.join(', ')} issue: add 0 issue "amazon.com"`);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== 'ENODATA' && code !== 'ENOTFOUND') return note(what, `no DNS answer (${code})`);
    }
  }
  return fine(what);
};
