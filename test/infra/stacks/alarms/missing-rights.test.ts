import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { rolesOf, type Statement } from '../../../../infra/local/emulators/iam/roles.ts';
import { readAssembly } from '../../../../infra/local/emulators/template/assembly.ts';
import { functionNames } from '../../../../infra/stacks/configuration/functions.ts';
import { canary } from '../../../../shared/contact/canary.ts';
import { synthesizedInto } from '../../../support/synthesized.ts';
import { type Alarm, alarmsOf, rings, statesOf } from './cloudwatch.ts';
import {
  accept,
  askForReset,
  type Call,
  denied,
  invite,
  join,
  linkTo,
  openRegion,
  password,
  type Region,
  signIn,
  stack,
} from './region.ts';

const another = 'two boats at dusk, again';
const contact = '/staff/contacts/{contactId}';

const staff = (region: Region, name: 'staff-read' | 'staff-write', route: string, body?: unknown) =>
  region.ask(name, route, { contactId: 'jane', body });

/** What must be so before, and what then uses the right. */
type Use = (region: Region) => Promise<() => Promise<unknown>>;

const invited =
  (use: (region: Region) => Promise<unknown>): Use =>
  async (region) => {
    await invite(region, 'jane');
    await region.drain();
    return () => use(region);
  };
const joined =
  (use: (region: Region) => Promise<unknown>): Use =>
  async (region) => {
    await join(region, 'jane');
    return () => use(region);
  };
const bounced =
  (use: (region: Region) => Promise<unknown>): Use =>
  async (region) => {
    await invite(region, 'jane', 'gone@nowhere.invalid');
    await region.drain();
    await expect.poll(() => region.heard(), { timeout: 120_000 }).toBeGreaterThan(1);
    await region.live(1);
    return () => use(region);
  };
const atOnce =
  (use: (region: Region) => Promise<unknown>): Use =>
  (region) =>
    Promise.resolve(() => use(region));
/** Work that the stream never brought, found by the sweep. */
const overdue =
  (work: (region: Region) => Promise<unknown>): Use =>
  async (region) => {
    await work(region);
    region.wait(120);
    return () => region.sweep();
  };

const enter = (region: Region) => signIn(region, 'jane@example.com');
const look = (route: string, body?: unknown) => (region: Region) =>
  staff(region, 'staff-read', route, body);
const change = (route: string, body?: unknown) => async (region: Region) => {
  await staff(region, 'staff-write', route, body);
  await region.drain();
};
const list = (query: Record<string, string>) => (region: Region) =>
  region.ask('staff-read', 'GET /staff/invitations', { query });
const sendsInvitation = async (region: Region) => {
  await invite(region, 'jane');
  await region.drain();
};
const sendsReset = async (region: Region) => {
  await askForReset(region, 'jane@example.com');
  await region.drain();
};
const changesPassword = async (region: Region) => {
  const { multiValueHeaders } = await enter(region);
  const cookie = String(multiValueHeaders?.['Set-Cookie']?.[0]).split(';')[0] ?? '';
  return region.ask('sessions', 'POST /api/password-changes', {
    headers: { cookie },
    body: { currentPassword: password, password: another },
  });
};
const hears: Use = async (region) => {
  await sendsInvitation(region);
  await expect.poll(() => region.heard(), { timeout: 120_000 }).toBeGreaterThan(1);
  return () => region.live(1);
};
const erases = joined(async (region) => {
  await sendsReset(region);
  await change(`DELETE ${contact}`)(region);
});
const mistypes = invited(async (region) => {
  await askForReset(region, 'jane@exmaple.com');
  await region.drain();
});
const acceptsAs = invited((region) => accept(region, 'jane@example.com'));
/** The same link and password once more: the password is checked instead of set. */
const acceptsAgain: Use = async (region) => {
  await sendsInvitation(region);
  const body = { token: await linkTo(region, 'jane@example.com'), password };
  const once = () => region.ask('credentials', 'POST /api/invitation-acceptances', { body });
  await once();
  return once;
};
const diagnosesAddress = invited(look('POST /staff/diagnosis', { email: 'jane@exmaple.com' }));
const lifts = bounced(change(`POST ${contact}/suppression-removal`, {}));

const looksAsStaff = (region: Region) =>
  region.ask('staff-console', 'GET /staff-console', {
    headers: { Cookie: `__Secure-portal-au-staff=${'A'.repeat(43)}` },
  });
const signsInAsStaff: Use = async (region) => {
  const begun = await region.ask('staff-console', 'GET /staff-console/sign-in');
  const Cookie = String(begun.multiValueHeaders?.['Set-Cookie']?.[0]).split(';')[0] ?? '';
  return () =>
    region.ask('staff-console', 'GET /staff-console/sign-in/callback', {
      query: { state: 'state', code: 'code' },
      headers: { Cookie },
    });
};

/** An event that the CRM does not take, which the queue then holds. */
const tellsInVain: Use = async (region) => {
  region.crm.answer = { status: 503 };
  return () => sendsInvitation(region);
};

/** How each right comes to be used, by the names of docs/rights.md. */
const uses: Record<string, Use> = {
  'reset-requests dynamodb:PutItem on REQUEST#*': atOnce(sendsReset),
  'credentials cognito-idp:AdminCreateUser': acceptsAs,
  'credentials cognito-idp:AdminSetUserPassword': acceptsAs,
  'credentials cognito-idp:AdminInitiateAuth': acceptsAgain,
  'credentials cognito-idp:DescribeUserPoolClient': acceptsAgain,
  'credentials dynamodb:GetItem': acceptsAs,
  'credentials dynamodb:PutItem on SIGN-INS#*': acceptsAgain,
  'credentials dynamodb:PutItem on CONTACT#*': acceptsAs,
  'sessions cognito-idp:AdminInitiateAuth': joined(enter),
  'sessions cognito-idp:AdminSetUserPassword': joined(changesPassword),
  'sessions cognito-idp:DescribeUserPoolClient': joined(enter),
  'sessions dynamodb:GetItem': joined(enter),
  'sessions dynamodb:PutItem on CONTACT#*': joined(enter),
  'sessions dynamodb:PutItem on SIGN-INS#*': joined(enter),
  'staff-read cognito-idp:AdminGetUser': joined(look(`GET ${contact}/diagnosis`)),
  'staff-read dynamodb:BatchGetItem': diagnosesAddress,
  'staff-read dynamodb:GetItem': invited(look(`GET ${contact}`)),
  'staff-read dynamodb:Query': invited(look(`GET ${contact}/timeline`)),
  'staff-read dynamodb:Query on index by-delivery': atOnce(list({ delivery: 'bounced' })),
  'staff-read dynamodb:Query on index by-status': atOnce(list({ status: 'pending' })),
  'staff-read dynamodb:Query on index by-start': diagnosesAddress,
  'staff-read dynamodb:Query on index by-end': diagnosesAddress,
  'staff-read ses:GetSuppressedDestination': bounced(look(`GET ${contact}/diagnosis`)),
  'staff-write dynamodb:BatchGetItem': atOnce(sendsInvitation),
  'staff-write dynamodb:GetItem': invited(change(`DELETE ${contact}/invitation`)),
  'staff-write dynamodb:PutItem on CONTACT#*': atOnce(sendsInvitation),
  'staff-write dynamodb:PutItem on EMAIL#*': atOnce(sendsInvitation),
  'staff-write dynamodb:UpdateItem on BUDGET#*': atOnce(sendsInvitation),
  'staff-write ses:DeleteSuppressedDestination': lifts,
  'staff-write ses:GetSuppressedDestination': lifts,
  'staff-console dynamodb:GetItem on STAFF-SESSION#*': atOnce(looksAsStaff),
  'staff-console dynamodb:PutItem on STAFF-SESSION#*': signsInAsStaff,
  'outbox cognito-idp:AdminDeleteUser': joined(change(`DELETE ${contact}/invitation`)),
  'outbox dynamodb:BatchGetItem': atOnce(sendsReset),
  'outbox dynamodb:BatchWriteItem on CONTACT#*': atOnce(sendsInvitation),
  'outbox dynamodb:BatchWriteItem on REQUEST#*': erases,
  'outbox dynamodb:DeleteItem on EMAIL#*': erases,
  'outbox dynamodb:GetItem': joined(sendsReset),
  'outbox dynamodb:PutItem on CONTACT#*': atOnce(sendsInvitation),
  'outbox dynamodb:PutItem on REQUEST#*': atOnce(sendsReset),
  'outbox dynamodb:Query': erases,
  'outbox dynamodb:Query on index by-end': mistypes,
  'outbox dynamodb:Query on index by-start': mistypes,
  'outbox events:PutEvents': atOnce(sendsInvitation),
  'outbox ses:SendRawEmail as the sender': atOnce(sendsInvitation),
  'outbox ses:SendRawEmail under others': atOnce(sendsInvitation),
  'outbox ses:SendRawEmail under resets': joined(sendsReset),
  'email-events dynamodb:BatchWriteItem on CONTACT#*': hears,
  'email-events dynamodb:GetItem on CONTACT#*': hears,
  'email-events dynamodb:PutItem on CONTACT#*': hears,
  'sweep dynamodb:GetItem': overdue((region) => invite(region, 'jane')),
  'sweep dynamodb:PutItem on CONTACT#*': overdue((region) => invite(region, 'jane')),
  'sweep dynamodb:PutItem on REQUEST#*': overdue((region) =>
    askForReset(region, 'jane@example.com'),
  ),
  [`canary dynamodb:GetItem on CONTACT#${canary.contactId}`]: atOnce((region) => region.canary()),
  [`canary dynamodb:PutItem on CONTACT#${canary.contactId}`]: atOnce((region) => region.canary()),
  'canary dynamodb:PutItem on EMAIL#success+portal-canary-*': atOnce((region) => region.canary()),
  'sweep dynamodb:Query on index due': atOnce((region) => region.sweep()),
  'webhook secretsmanager:GetSecretValue': atOnce(sendsInvitation),
  'webhook sqs:ChangeMessageVisibility': tellsInVain,
};

/** The rights that stand in docs/rights.md, which the roles' own test keeps true. */
const rights = readFileSync('docs/rights.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, name = '', allowed = ''] = line.split('|').map((cell) => cell.trim());
    if (!/^`[\w-]+`$/.test(name) || allowed === 'nothing') return [];
    return allowed.split('<br>').map((right) => `${name} ${right}`.replaceAll('`', ''));
  });

const parsed =
  /^(?<by>\S+) (?<service>\S+):(?<action>\w+)(?: on index (?<index>\S+)| on (?<prefix>[^*\s]+)| under (?<set>\S+))?/;

/** Whether a call needs this right. */
const needs = (right: string) => {
  const { by, service, action, index, prefix, set } = parsed.exec(right)?.groups ?? {};
  return (call: Call): boolean =>
    call.by === by &&
    call.service === service &&
    call.action === action &&
    (action !== 'Query' || call.input['IndexName'] === index) &&
    (prefix === undefined || JSON.stringify(call.input).includes(`"${prefix}`)) &&
    (set === undefined || call.input['ConfigurationSetName'] === set);
};

const alarms: Alarm[] = [];
const roles = new Map<string, readonly Statement[]>();
beforeAll(async () => {
  const folder = await synthesizedInto();
  const names = [stack, `${stack}-mail`];
  for (const one of readAssembly(folder).filter(({ place }) => names.includes(place.name))) {
    alarms.push(...alarmsOf(one));
    for (const [name, statements] of rolesOf(one)) roles.set(name, statements);
  }
});

/** The names of the alarms that told people of trouble. */
const rungIn = (region: Region): string[] =>
  alarms
    .filter((alarm) =>
      rings(alarm, statesOf(alarm, region.data, { from: region.startedAt, to: Date.now() })),
    )
    .map(({ AlarmDescription }) => AlarmDescription.split('#')[1] ?? '');

const rows: string[] = [];

describe('a right that is taken away', () => {
  it('is tried for every right that there is', () => {
    expect(Object.keys(uses).sort()).toEqual([...rights].sort());
  });

  it.each(rights)('rings, and its line names it: %s', async (right) => {
    const region = await openRegion();
    const use = await uses[right]?.(region);
    const isDenied = needs(right);
    region.state.broken = (call) => (isDenied(call) ? denied() : undefined);
    await use?.();
    await region.live(5);
    const [by = '', action = ''] = right.split(/ \S+?:/);
    const operation = action.split(' ')[0];
    expect(region.lines).toContainEqual(
      expect.objectContaining({
        event: 'aws_failed',
        operation,
        error: expect.stringMatching('AccessDenied'),
      }),
    );
    const rung = rungIn(region);
    expect(rung).toContain(by === 'email-events' ? 'email-events-failing' : 'calls-refused');
    const { service } = region.lines.find((line) => line['operation'] === operation) ?? {};
    rows.push(
      `| \`${by}\` | ${right.slice(by.length + 1)} | \`${service} ${operation}\` | ${rung.map((one) => `\`${one}\``).join(', ')} |`,
    );
  });

  it('to read the stream: emails are late', async () => {
    const region = await openRegion();
    await join(region, 'jane');
    await askForReset(region, 'jane@example.com');
    await region.live(10, undefined, { isRead: false });
    expect(rungIn(region)).toEqual(['emails-late']);
  });

  it('to lay a failed event aside: events are lost', async () => {
    const region = await openRegion();
    await region.live(5, () =>
      region.emit('AWS/Lambda', 'DestinationDeliveryFailures', {
        FunctionName: `${stack}-email-events`,
      }),
    );
    expect(rungIn(region)).toEqual(['email-events-lost']);
  });

  it('to write a log is in every role', () => {
    for (const [name, statements] of roles) {
      const actions = statements.flatMap(({ Action }) => Action);
      expect(actions, name).toContain('logs:PutLogEvents');
      expect(actions, name).toContain('logs:CreateLogStream');
    }
    expect(roles.size).toBe(functionNames.length);
  });

  it('to write its log: the sweep counts as stopped', async () => {
    const region = await openRegion();
    await region.live(10);
    region.state.isSilent = true;
    await region.live(10);
    expect(rungIn(region)).toEqual(['sweep-stopped']);
  });

  it('stands in docs/missing-rights.md', async () => {
    const page = [
      '# What tells of a missing right',
      '',
      'Written by `test/infra/stacks/alarms/missing-rights.test.ts` (`vitest run -u`): each right of each',
      'role was taken away by itself, somebody then needed it, and this is what an engineer on call sees.',
      'The line is an `aws_failed` line in the log of the function.',
      '',
      '| function | right taken away | line: service and operation | alarms that ring |',
      '|---|---|---|---|',
      ...rows,
      '',
      'Rights that Lambda itself uses in a function’s name leave no line of ours:',
      '',
      '| right | what tells |',
      '|---|---|',
      '| `outbox`: to read the stream | `emails-late`: the sweep finds what the stream did not bring |',
      '| `outbox`: to lay failed records aside (`sqs:SendMessage`) | `outbox-failing`: the records fail before |',
      '| `email-events`: to lay failed events aside (`sqs:SendMessage`) | `email-events-lost`, by `DestinationDeliveryFailures` |',
      '| `sweep`: to write its log | `sweep-stopped`: its counts are lines of its log |',
      '| another function: to write its log | its alarms of AWS’s own metrics only (`requests-failing`, Lambda errors); a test of the templates holds that every role has the right |',
      '| `webhook`: to take events from its queue (`sqs:ReceiveMessage`, `sqs:DeleteMessage`) | `webhook-stopped` |',
      '',
    ];
    await expect(page.join('\n')).toMatchFileSnapshot('../../../../docs/missing-rights.md');
  });
});
