import { AccountClient, GetRegionOptStatusCommand } from '@aws-sdk/client-account';
import { GetAccountSummaryCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListServiceQuotasCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { RegionConfiguration } from '../../stacks/configuration/configuration.ts';
import { type Finding, fine, note, todo } from './finding.ts';

/** Lambda keeps this much of the account's concurrency for functions that set none aside. */
const leastUnreserved = 100;

const optStatus = async (region: string): Promise<string | undefined> => {
  const account = new AccountClient({ region: 'us-east-1' });
  const { RegionOptStatus } = await account.send(
    new GetRegionOptStatusCommand({ RegionName: region }),
  );
  return RegionOptStatus;
};

const isEnabled = (status: string | undefined) =>
  status === 'ENABLED' || status === 'ENABLED_BY_DEFAULT';

/** The credentials are of the account that the row names. */
export const accountCheck = async ({
  account,
  awsRegion,
}: RegionConfiguration): Promise<Finding> => {
  const { Account } = await new STSClient({ region: awsRegion }).send(
    new GetCallerIdentityCommand({}),
  );
  const what = `account ${account}`;
  return Account === account
    ? fine(what)
    : todo(what, `these credentials are of ${Account}; use those of the account in the row`);
};

/** Both AWS regions are switched on. */
export const regionCheck = async (row: RegionConfiguration): Promise<Finding> => {
  const what = `AWS regions ${row.awsRegion} and ${row.emailRegion}`;
  for (const region of [row.awsRegion, row.emailRegion]) {
    if (!isEnabled(await optStatus(region))) {
      return todo(what, `aws account enable-region --region-name ${region}, and wait some minutes`);
    }
  }
  return fine(what);
};

/** An opt-in region refuses tokens of the first version, which is what a global sign-in gives. */
export const tokenCheck = async (row: RegionConfiguration): Promise<Finding> => {
  const what = 'sign-in tokens';
  const status = await optStatus(row.awsRegion);
  if (status === 'ENABLED_BY_DEFAULT') return fine(what);
  const { SummaryMap } = await new IAMClient({ region: 'us-east-1' }).send(
    new GetAccountSummaryCommand({}),
  );
  return SummaryMap?.['GlobalEndpointTokenVersion'] === 2
    ? fine(what)
    : todo(
        what,
        'aws iam set-security-token-service-preferences --global-endpoint-token-version v2Token',
      );
};

/** What functions set aside, and what Lambda wants left. */
export const concurrencyCheck = async (row: RegionConfiguration): Promise<Finding> => {
  const reserved = Object.values(row.reservedConcurrency).reduce((sum, one) => sum + one, 0);
  const needed = reserved === 0 ? 0 : reserved + leastUnreserved;
  const { AccountLimit } = await new LambdaClient({ region: row.awsRegion }).send(
    new GetAccountSettingsCommand({}),
  );
  const has = AccountLimit?.ConcurrentExecutions ?? 0;
  const what = `Lambda concurrency ${has}`;
  return has >= needed
    ? fine(what)
    : todo(
        what,
        `${needed} are needed: aws service-quotas request-service-quota-increase --region ${row.awsRegion} --service-code lambda --quota-code L-B99A9384 --desired-value 1000`,
      );
};

/** SES sends, to everybody, as much as the alarms reckon with. */
export const sendingCheck = async (row: RegionConfiguration): Promise<Finding> => {
  const { ProductionAccessEnabled, SendingEnabled, SendQuota } = await new SESv2Client({
    region: row.emailRegion,
  }).send(new GetAccountCommand({}));
  const perDay = SendQuota?.Max24HourSend ?? 0;
  const what = `SES in ${row.emailRegion}, ${perDay} emails a day`;
  if (!SendingEnabled) return todo(what, 'sending is paused: answer the case that AWS has opened');
  if (!ProductionAccessEnabled) {
    return row.sesSandbox
      ? fine(`${what}, in the sandbox`)
      : todo(what, 'still in the sandbox: docs/deploying.md, step 4');
  }
  return perDay >= row.quotas.emailsPerDay
    ? fine(what)
    : todo(what, `quotas.emailsPerDay is ${row.quotas.emailsPerDay}: write ${perDay} there`);
};

/** By service: what a first deployment makes, and how many. */
const made = [
  { service: 'wafv2', quota: /web ACLs/i, needed: 1 },
  { service: 'sns', quota: /topics/i, needed: 3 },
] as const;

/** What the account may have at most of what a first deployment makes. */
export const quotaCheck = async (row: RegionConfiguration): Promise<Finding> => {
  const client = new ServiceQuotasClient({ region: row.awsRegion });
  for (const { service, quota, needed } of made) {
    const { Quotas = [] } = await client.send(
      new ListServiceQuotasCommand({ ServiceCode: service, MaxResults: 100 }),
    );
    const most = Quotas.find(({ QuotaName = '' }) => quota.test(QuotaName));
    if (most?.Value === undefined) {
      return note(`quotas of ${service}`, 'AWS does not tell: see Service Quotas');
    }
    if (most.Value < needed) {
      return todo(`quotas of ${service}`, `${most.QuotaName} is ${most.Value}: ask for more`);
    }
  }
  return fine('quotas of WAF and SNS');
};
