import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../infra/stacks/configuration/configuration.ts';
import { regions } from '../../../infra/stacks/configuration/regions.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-configuration-'));
});
afterAll(() => rm(folder, { recursive: true }));

const fileWith = async (name: string, overrides: unknown): Promise<string> => {
  const file = join(folder, `${name}.json`);
  await writeFile(file, typeof overrides === 'string' ? overrides : JSON.stringify(overrides));
  return file;
};

/** Runs the app as an engineer does. */
const run = async (variables: Record<string, string>) => {
  try {
    await promisify(execFile)(process.execPath, ['infra/stacks/app.ts'], {
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
        CDK_OUTDIR: join(folder, 'out'),
        ...variables,
      },
    });
    return { exitCode: 0, stderr: '' };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { exitCode: code, stderr };
  }
};

const au = (row: object) => ({ regions: { AU: row } });
const { AU, NZ } = regions;

const broken: Record<string, { overrides: unknown; deploy?: string; sentence: string }> = {
  'a path after the origin': {
    overrides: au({ origin: 'https://customer.gjgardner.com.au/portal' }),
    sentence:
      'regions.AU.origin must be an origin: scheme and host, without a path or a trailing slash.',
  },
  'an origin without TLS': {
    overrides: au({ origin: 'http://customer.gjgardner.com.au' }),
    sentence: 'regions.AU.origin must be an https origin, such as https://customer.example.com.',
  },
  'data kept abroad': {
    overrides: { regions: { NZ: { awsRegion: 'us-west-2' } } },
    sentence:
      "regions.NZ.awsRegion must be where the country's policy keeps its data: ap-southeast-6 or ap-southeast-2.",
  },
  'emails from a place without SES': {
    overrides: { regions: { NZ: { emailRegion: 'ap-southeast-6' } } },
    sentence: 'regions.NZ.emailRegion must be an allowed AWS region that has SES: ap-southeast-2.',
  },
  "a sender of another's domain": {
    overrides: au({ sender: 'no-reply@example.net' }),
    sentence:
      "regions.AU.sender must be an address of the portal's own domain, such as no-reply@customer.gjgardner.com.au.",
  },
  'a text that is too pale': {
    overrides: au({ brand: { colours: { light: { soft: '#a09890' } } } }),
    sentence:
      'regions.AU.brand.colours.light.soft must have a contrast of 4.5 to paper (#f8f3ea) and has 2.57: choose a darker colour (WCAG 2.2, 1.4.3).',
  },
  'a focus that nobody sees in the dark': {
    overrides: { regions: { NZ: { brand: { colours: { dark: { focus: '#403020' } } } } } },
    sentence:
      'regions.NZ.brand.colours.dark.focus must have a contrast of 3 to paper (#191816) and has 1.40: choose a lighter colour (WCAG 2.2, 1.4.11).',
  },
  'a colour by its name': {
    overrides: { regions: { US: { brand: { colours: { light: { accent: 'navy' } } } } } },
    sentence:
      'regions.US.brand.colours.light.accent must be a colour of six digits, such as #123a5a.',
  },
  'a mark that is more than a path': {
    overrides: au({ brand: { mark: { shape: '"/><script>' } } }),
    sentence: 'regions.AU.brand.mark.shape must be the data of an SVG path.',
  },
  'a link that lives for a year': {
    overrides: { limits: { resetLinkSeconds: 31_536_000 } },
    sentence: 'regions.AU.limits.resetLinkSeconds must be between 300 and 86400.',
  },
  'a claim shorter than a function may run': {
    overrides: { regions: { US: { limits: { claimSeconds: 5 } } } },
    sentence: 'regions.US.limits.claimSeconds must be between 30 and 600.',
  },
  'a number written as text': {
    overrides: { limits: { signInFailures: '5' } },
    sentence: 'limits.signInFailures must be a number.',
  },
  'a time zone that nobody has': {
    overrides: au({ timeZone: 'Australia/Sidney' }),
    sentence: 'regions.AU.timeZone must be a time zone name, such as Australia/Sydney.',
  },
  'a misspelt field': {
    overrides: au({ helpdesk: {} }),
    sentence: 'regions.AU knows no field named helpdesk: remove it or mend its name.',
  },
  'a missing field': {
    overrides: { regions: { AU: { staff: null } } },
    sentence: 'regions.AU.staff must be a table of fields.',
  },
  'log retention that CloudWatch does not know': {
    overrides: { logDays: 10 },
    sentence:
      'logDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731.',
  },
  'one account for two regions that send from one place': {
    overrides: {
      regions: { AU: { account: '111122223333' }, NZ: { account: '111122223333' } },
    },
    sentence:
      'regions.NZ.account must not be the account of AU: both would share one sending reputation in ap-southeast-2.',
  },
  'a customer portal on another site': {
    overrides: au({ portalUrl: 'https://customer.gjgardner.co.nz/home' }),
    sentence:
      "regions.AU.portalUrl must be https on the portal's own site and no page of the portal itself, such as https://customer.gjgardner.com.au/home.",
  },
  'a certificate of another AWS region': {
    overrides: au({
      account: '111122223333',
      certificate:
        'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
    }),
    sentence: 'regions.AU.certificate must be of account 111122223333 in ap-southeast-2.',
  },
  "reports to the portal's own host": {
    overrides: au({ dmarcReports: 'dmarc@customer.gjgardner.com.au' }),
    sentence:
      'regions.AU.dmarcReports must be an address of a parent domain of customer.gjgardner.com.au, which can have no mailbox itself.',
  },
  'a deployment with a placeholder left': {
    overrides: au({ account: '111122223333' }),
    deploy: 'AU',
    sentence:
      'regions.AU.staff.issuer is still a placeholder: write the issuer of staff tokens before deploying.',
  },
};

describe('a wrong value stops synthesis with one sentence', () => {
  it.each(Object.entries(broken))('%s', async (name, { overrides, deploy, sentence }) => {
    const { exitCode, stderr } = await run({
      PORTAL_STAGE: 'prod',
      PORTAL_CONFIG: await fileWith(name, overrides),
      ...(deploy ? { PORTAL_DEPLOY: deploy } : {}),
    });
    expect(stderr).toBe(`Configuration: ${sentence}\n`);
    expect(exitCode).toBe(1);
  });

  it('an unknown stage', async () => {
    expect(await run({ PORTAL_STAGE: 'staging' })).toEqual({
      exitCode: 1,
      stderr: 'Configuration: PORTAL_STAGE must be one of prod, dev, local, not staging.\n',
    });
  });

  it('a file that is not JSON', async () => {
    const file = await fileWith('not-json', '{');
    expect(await run({ PORTAL_CONFIG: file })).toEqual({
      exitCode: 1,
      stderr: `Configuration: the file ${file} is not JSON.\n`,
    });
  });

  it('a deployment to a region that does not exist', async () => {
    expect((await run({ PORTAL_DEPLOY: 'UK' })).stderr).toBe(
      'Configuration: PORTAL_DEPLOY names regions, such as AU or AU,NZ, and not UK.\n',
    );
  });

  it('every one of them is a sentence of its own', () => {
    const sentences = Object.values(broken).map(({ sentence }) => sentence);
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(sentences.length).toBeGreaterThanOrEqual(10);
  });
});

describe('where the customer portal proper may be', () => {
  const withPortalUrl = async (name: string, portalUrl: string) => {
    const file = await fileWith(name, { regions: { AU: { portalUrl } } });
    const rows = readConfiguration({ PORTAL_STAGE: 'prod', PORTAL_CONFIG: file });
    return rows.find(({ region }) => region.code === 'AU')?.region.portalUrl;
  };

  it.each([
    'https://customer.gjgardner.com.au/home',
    'https://app.gjgardner.com.au',
    'https://gjgardner.com.au/portal',
  ])('on the same site: %s', async (portalUrl) => {
    expect(await withPortalUrl('on-site', portalUrl)).toBe(portalUrl);
  });

  it.each([
    'https://customer.gjgardner.com.au/',
    'https://customer.gjgardner.com.au/login',
    'http://customer.gjgardner.com.au/home',
    'https://app.example.com.au',
    'https://com.au',
    'https://customer.gjgardner.com.au/home?to=1',
    'home',
  ])('nowhere else, and not on a page of the portal: %s', async (portalUrl) => {
    await expect(withPortalUrl('off-site', portalUrl)).rejects.toThrow(
      "regions.AU.portalUrl must be https on the portal's own site",
    );
  });
});

describe('the configuration of a region', () => {
  it('is every region of both stages that can be deployed, unless one is chosen', () => {
    expect(readConfiguration({}).map(({ name }) => name)).toEqual([
      'portal-dev-au',
      'portal-dev-nz',
      'portal-dev-us',
      'portal-prod-au',
      'portal-prod-nz',
      'portal-prod-us',
    ]);
  });

  it('is of one region alone when that one is deployed, once nothing in it is a placeholder', async () => {
    const file = await fileWith('filled', {
      regions: {
        NZ: {
          account: '111122223333',
          certificate: `arn:aws:acm:ap-southeast-6:111122223333:certificate/${randomUUID()}`,
          helpDesk: { phone: '0800 123 456', email: 'help@gjgardner.co.nz' },
          onCall: 'on-call@gjgardner.co.nz',
          staff: {
            issuer: 'https://login.gjgardner.co.nz',
            keysUrl: 'https://login.gjgardner.co.nz/keys',
            console: { clientId: 'the-console' },
          },
        },
      },
    });
    const read = readConfiguration({
      PORTAL_STAGE: 'prod',
      PORTAL_CONFIG: file,
      PORTAL_DEPLOY: 'NZ',
    });
    expect(read.map(({ name }) => name)).toEqual(['portal-prod-nz']);
  });

  it('tells a function what it needs of its region and nothing of accounts or issuers', () => {
    const [read] = readConfiguration({ PORTAL_STAGE: 'prod' });
    expect(Object.keys(read?.region ?? {}).sort()).toEqual([
      'brand',
      'code',
      'country',
      'epoch',
      'helpDesk',
      'limits',
      'locale',
      'origin',
      'otherPortals',
      'sender',
      'timeZone',
    ]);
    expect(read?.region.otherPortals.map(({ origin }) => origin)).toEqual([
      'https://customer.gjgardner.co.nz',
      'https://customer.gjgardner.com',
    ]);
  });

  it('takes common limits from the overrides, and a region wins over them', async () => {
    const file = await fileWith('limits', {
      limits: { resetLinkSeconds: 5 },
      regions: { NZ: { limits: { resetLinkSeconds: 9 } } },
    });
    const read = readConfiguration({ PORTAL_STAGE: 'local', PORTAL_CONFIG: file });
    expect(read.map(({ region }) => region.limits.resetLinkSeconds)).toEqual([5, 9, 5]);
    expect(read[0]?.region.limits.signInFailures).toBe(5);
  });

  it.each([
    ['https://crm.gjgardner.com.au', true],
    ['https://crm.example.com', false],
    ['https://crm.gjgardner.com.au/path', false],
    ['http://crm.gjgardner.com.au', false],
    ['http://localhost:4000', false],
    ['*', false],
  ])('frames the console from %s: %s', async (frameOrigin, isTaken) => {
    const file = await fileWith(
      'frames',
      au({ staff: { console: { frameOrigins: [frameOrigin] } } }),
    );
    const read = () => readConfiguration({ PORTAL_STAGE: 'prod', PORTAL_CONFIG: file });
    if (isTaken) expect(read()[0]?.staff.console.frameOrigins).toEqual([frameOrigin]);
    else expect(read).toThrow("https origins on the portal's own site");
  });

  it('may be plain http and short-lived on this machine only', async () => {
    const file = await fileWith('local', {
      limits: { invitationLinkSeconds: 3, reminderSeconds: [] },
      ...au({ origin: 'http://localhost:4999', staff: { issuer: 'http://127.0.0.1:4191' } }),
    });
    const [read] = readConfiguration({ PORTAL_STAGE: 'local', PORTAL_CONFIG: file });
    expect(read?.region.origin).toBe('http://localhost:4999');
    expect(() => readConfiguration({ PORTAL_STAGE: 'prod', PORTAL_CONFIG: file })).toThrow(
      'regions.AU.origin',
    );
  });

  it('has both countries of the south in different places', () => {
    expect([AU.awsRegion, NZ.awsRegion, NZ.emailRegion]).toEqual([
      'ap-southeast-2',
      'ap-southeast-6',
      'ap-southeast-2',
    ]);
  });

  it('moves New Zealand to Sydney by one line', async () => {
    const file = await fileWith('moved', { regions: { NZ: { awsRegion: 'ap-southeast-2' } } });
    const moved = readConfiguration({ PORTAL_STAGE: 'prod', PORTAL_CONFIG: file });
    expect(moved.map(({ awsRegion }) => awsRegion)).toEqual([
      'ap-southeast-2',
      'ap-southeast-2',
      'us-west-2',
    ]);
  });
});
