import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Answer = { readonly status?: number; readonly body: string };
type Account = Readonly<Record<string, Answer>>;

const account = '111122223333';
const certificate = `arn:aws:acm:ap-southeast-6:${account}:certificate/12345678-1234-1234-1234-123456789012`;
const host = 'customer.gjgardner.co.nz';

const json = (body: object, status = 200): Answer => ({ status, body: JSON.stringify(body) });
const xml = (action: string, inner: string): Answer => ({
  body: `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`,
});
const missing = (type: string): Answer => json({ __type: type, message: 'none' }, 400);
const noStack: Answer = {
  status: 400,
  body: '<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>',
};

/** A new account in which everything is prepared, by the name of the call. */
const prepared: Account = {
  GetCallerIdentity: xml('GetCallerIdentity', `<Account>${account}</Account>`),
  getRegionOptStatus: json({ RegionOptStatus: 'ENABLED' }),
  GetAccountSummary: xml(
    'GetAccountSummary',
    '<SummaryMap><entry><key>GlobalEndpointTokenVersion</key><value>2</value></entry></SummaryMap>',
  ),
  DescribeStacks: noStack,
  GetEmailIdentity: { status: 404, body: '{"__type":"NotFoundException","message":"none"}' },
  DescribeLogGroups: json({ logGroups: [] }),
  DescribeTable: missing('ResourceNotFoundException'),
  DescribeCertificate: json({
    Certificate: { Status: 'ISSUED', SubjectAlternativeNames: [host] },
  }),
  ListHostedZonesByName: {
    body: '<ListHostedZonesByNameResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>gjgardner.co.nz.</Name><CallerReference>1</CallerReference></HostedZone></HostedZones></ListHostedZonesByNameResponse>',
  },
  GetAccountSettings: json({ AccountLimit: { ConcurrentExecutions: 1_000 } }),
  GetAccount: json({
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 50_000 },
  }),
  ListServiceQuotas: json({
    Quotas: [
      { QuotaName: 'Maximum number of web ACLs per account', Value: 100 },
      { QuotaName: 'Topics per Account', Value: 100_000 },
    ],
  }),
};

/** AWS's services say in different places what is asked. */
const actionOf = (url: string, target: string, body: string): string => {
  if (target) return target.slice(target.lastIndexOf('.') + 1);
  const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1];
  if (action) return action;
  if (url.includes('/identities/')) return 'GetEmailIdentity';
  if (url.includes('/v2/email/account')) return 'GetAccount';
  if (url.includes('/hostedzonesbyname')) return 'ListHostedZonesByName';
  if (url.includes('/account-settings')) return 'GetAccountSettings';
  return url.slice(1);
};

const folder = mkdtempSync(join(tmpdir(), 'portal-preflight-'));
const config = join(folder, 'config.json');
let answers: Account = prepared;
const server = createServer((request, response) => {
  const answer = async () => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const action = actionOf(request.url ?? '', target, await text(request));
    const { status = 200, body } = answers[action] ?? {
      status: 400,
      body: `{"__type":"${action}"}`,
    };
    response.writeHead(status, {
      'Content-Type': body.startsWith('<') ? 'text/xml' : 'application/json',
    });
    response.end(body);
  };
  answer().catch((error: unknown) => response.destroy(error as Error));
});

let endpoint = '';
beforeAll(async () => {
  writeFileSync(config, JSON.stringify({ regions: { NZ: { account, certificate } } }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

const preflight = async (
  changed: Account,
  target = 'prod-nz',
  environment: Record<string, string> = { ...keys, AWS_ENDPOINT_URL: endpoint },
) => {
  answers = { ...prepared, ...changed };
  const env = {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    PORTAL_CONFIG: config,
    ...environment,
  };
  const run = promisify(execFile)(
    process.execPath,
    ['infra/tools/preflight/preflight.ts', target],
    { env },
  );
  const {
    stdout,
    stderr,
    code = 0,
  } = (await run.catch((error: { stdout: string; stderr: string; code: number }) => error)) as {
    stdout: string;
    stderr: string;
    code?: number;
  };
  return { code, stderr, lines: stdout.trim().split('\n') };
};

/** All but the CAA line, which asks the machine's own DNS. */
const withoutDns = (lines: readonly string[]) => lines.filter((line) => !line.includes('CAA'));

describe('the preflight', () => {
  it('says fine, line by line, where all is prepared', async () => {
    const { code, lines, stderr } = await preflight({});
    expect(stderr).toBe('');
    expect(lines).toHaveLength(11);
    expect(withoutDns(lines).filter((line) => !line.startsWith('fine  '))).toEqual([]);
    expect(code).toBe(0);
  });

  it.each<[string, Account, string]>([
    [
      'credentials of another account',
      { GetCallerIdentity: xml('GetCallerIdentity', '<Account>999999999999</Account>') },
      'these credentials are of 999999999999',
    ],
    [
      'a region that is not switched on',
      { getRegionOptStatus: json({ RegionOptStatus: 'DISABLED' }) },
      'aws account enable-region --region-name ap-southeast-6',
    ],
    [
      'tokens that an opt-in region refuses',
      {
        GetAccountSummary: xml(
          'GetAccountSummary',
          '<SummaryMap><entry><key>GlobalEndpointTokenVersion</key><value>1</value></entry></SummaryMap>',
        ),
      },
      'v2Token',
    ],
    [
      "a new account's concurrency",
      { GetAccountSettings: json({ AccountLimit: { ConcurrentExecutions: 10 } }) },
      'Lambda concurrency 10: 142 are needed',
    ],
    [
      'the sandbox',
      { GetAccount: json({ SendingEnabled: true, SendQuota: { Max24HourSend: 200 } }) },
      'still in the sandbox',
    ],
    [
      'a certificate that waits',
      { DescribeCertificate: json({ Certificate: { Status: 'PENDING_VALIDATION' } }) },
      'is PENDING_VALIDATION: enter its CNAME record',
    ],
    [
      'no certificate',
      { DescribeCertificate: missing('ResourceNotFoundException') },
      'does not exist: docs/deploying.md, step 2',
    ],
    [
      'what an earlier attempt left',
      {
        DescribeLogGroups: json({
          logGroups: [{ logGroupName: '/aws/lambda/portal-prod-nz-pages' }],
        }),
      },
      'deploy with --import-existing-resources',
    ],
    [
      'a first deployment that failed',
      {
        DescribeStacks: xml(
          'DescribeStacks',
          '<Stacks><member><StackName>portal-prod-nz</StackName><StackStatus>ROLLBACK_COMPLETE</StackStatus></member></Stacks>',
        ),
      },
      'is ROLLBACK_COMPLETE: docs/deploying.md',
    ],
    [
      'a live region without protection',
      {
        DescribeStacks: xml(
          'DescribeStacks',
          '<Stacks><member><StackName>portal-prod-nz</StackName><StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks>',
        ),
      },
      'write isLive: true in the row',
    ],
    [
      'a quota of none',
      { ListServiceQuotas: json({ Quotas: [{ QuotaName: 'web ACLs', Value: 0 }] }) },
      'web ACLs is 0: ask for more',
    ],
    [
      'a call that is not allowed',
      { DescribeCertificate: missing('AccessDeniedException') },
      'could not be read (AccessDeniedException)',
    ],
  ])('says what to do about %s', async (_, changed, words) => {
    const { code, lines } = await preflight(changed);
    const open = lines.filter((line) => line.startsWith('todo  '));
    expect(open).toHaveLength(1);
    expect(open[0]).toContain(words);
    expect(code).toBe(1);
  });

  it('asks nothing of development that its account cannot have', async () => {
    const { lines } = await preflight(
      {
        GetAccountSettings: json({ AccountLimit: { ConcurrentExecutions: 10 } }),
        GetAccount: json({ SendingEnabled: true, SendQuota: { Max24HourSend: 200 } }),
      },
      'dev-nz',
    );
    expect(lines.join('\n')).toContain('fine  Lambda concurrency 10');
    expect(lines.join('\n')).toMatch(/fine {2}SES.*in the sandbox/);
  });

  it('says one clear sentence without credentials, without AWS and without a target', async () => {
    expect(await preflight({}, 'prod-nz', { AWS_ENDPOINT_URL: endpoint })).toMatchObject({
      code: 2,
      stderr: 'No usable AWS credentials are found: sign in (aws sso login) and set AWS_PROFILE.\n',
    });
    expect(
      await preflight({}, 'prod-nz', { ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }),
    ).toMatchObject({ code: 2, stderr: expect.stringContaining('AWS cannot be reached') });
    expect(await preflight({}, 'nowhere')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm run preflight -- prod-nz'),
    });
  });
});
