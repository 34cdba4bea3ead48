import { beforeAll, describe, expect, it } from 'vitest';
import { isAllowed, type Question } from '../../../infra/local/emulators/iam/decide.ts';
import { decisionsOf } from '../../../infra/local/emulators/iam/decisions.ts';
import { leadingKeys } from '../../../infra/local/emulators/iam/leading-keys.ts';
import { rolesOf, type Statement } from '../../../infra/local/emulators/iam/roles.ts';
import { readAssembly } from '../../../infra/local/emulators/template/assembly.ts';
import { functionNames } from '../../../infra/stacks/configuration/functions.ts';
import { synthesizedInto } from '../../support/synthesized.ts';

const roles = new Map<string, readonly Statement[]>();
beforeAll(async () => {
  for (const stack of readAssembly(await synthesizedInto())) {
    for (const [name, statements] of rolesOf(stack)) roles.set(name, statements);
  }
});

const roleOf = (name: string, region = 'nz') => {
  const role = roles.get(`portal-prod-${region}-${name}`);
  if (!role) throw new Error(`No role of ${name}`);
  return role;
};

const home = 'arn:aws:dynamodb:ap-southeast-6:000000000000:table/portal-prod-nz';
const put = (partition: string): Question => ({
  action: 'dynamodb:PutItem',
  resources: [home],
  context: { 'dynamodb:LeadingKeys': [partition] },
});
const ses = 'arn:aws:ses:ap-southeast-2:000000000000';
const send = (from: string, set = 'portal-prod-nz-resets'): Question => ({
  action: 'ses:SendRawEmail',
  resources: [`${ses}:identity/customer.gjgardner.co.nz`, `${ses}:configuration-set/${set}`],
  context: { 'ses:FromAddress': [from] },
});

/** What Lambda itself does with a role: it keeps logs, and follows the stream. */
const platform = (action: string) => /^(logs|sqs):|Stream|GetRecords|GetShardIterator/.test(action);

describe('IAM', () => {
  const table = [home];
  const may = (Condition?: Statement['Condition']): Statement[] => [
    {
      Effect: 'Allow',
      Action: ['dynamodb:PutItem'],
      Resource: table,
      ...(Condition && { Condition }),
    },
  ];
  const keys = (...values: string[]) => ({ 'dynamodb:LeadingKeys': values });
  const one = put('REQUEST#1');

  it('lets ForAllValues hold where the key is absent, unless Null says otherwise', async () => {
    const all = { 'ForAllValues:StringLike': keys('REQUEST#*') };
    const absent = { ...one, context: {} };
    expect(await isAllowed(may(all), absent)).toBe(true);
    const present = { ...all, Null: keys('false') };
    expect(await isAllowed(may(present), absent)).toBe(false);
    expect(await isAllowed(may(present), one)).toBe(true);
    expect(await isAllowed(may(present), { ...one, context: keys('REQUEST#1', 'CONTACT#1') })).toBe(
      false,
    );
  });

  it('denies what nothing allows, and what one statement denies', async () => {
    expect(await isAllowed([], one)).toBe(false);
    const deny: Statement = { Effect: 'Deny', Action: ['dynamodb:*'], Resource: ['*'] };
    expect(await isAllowed(may(), one)).toBe(true);
    expect(await isAllowed([...may(), deny], one)).toBe(false);
  });

  it('refuses a resource in another account or region', async () => {
    const elsewhere = [home.replace('ap-southeast-6', 'ap-southeast-2')];
    expect(await isAllowed(may(), { ...one, resources: elsewhere })).toBe(false);
    expect(await isAllowed(may(), { ...one, resources: [...table, ...elsewhere] })).toBe(false);
  });
});

describe('a decision that is kept', () => {
  it('is the one that would be made again, for every role and kind of key', async () => {
    const partitions = [
      'REQUEST#1',
      'CONTACT#1',
      'EMAIL#jane@example.com',
      'SIGN-INS#2',
      'CONTACT',
    ];
    for (const name of functionNames) {
      const allows = decisionsOf(roleOf(name));
      for (const partition of partitions) {
        const expected = await isAllowed(roleOf(name), put(partition));
        expect(await allows(put(partition)), `${name} ${partition}`).toBe(expected);
        expect(await allows(put(`${partition}2`))).toBe(
          await isAllowed(roleOf(name), put(`${partition}2`)),
        );
      }
    }
  });

  it('tells keys apart where the role does', async () => {
    const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['CONTACT#1*'] } };
    const Action = ['dynamodb:PutItem'];
    const allows = decisionsOf([{ Effect: 'Allow', Action, Resource: [home], Condition }]);
    expect(await allows(put('CONTACT#12'))).toBe(true);
    expect(await allows(put('CONTACT#2'))).toBe(false);
  });
});

describe('the leading keys of a call', () => {
  const item = (partition: string) => ({ pk: { S: partition }, sk: { S: 'x' } });
  it.each([
    ['PutItem', { Item: item('A') }, ['A']],
    ['GetItem', { Key: item('A') }, ['A']],
    ['BatchGetItem', { RequestItems: { t: { Keys: [item('A'), item('B')] } } }, ['A', 'B']],
    [
      'BatchWriteItem',
      {
        RequestItems: {
          t: [{ PutRequest: { Item: item('A') } }, { DeleteRequest: { Key: item('B') } }],
        },
      },
      ['A', 'B'],
    ],
    [
      'Query',
      {
        KeyConditionExpression: '#p = :p AND #s BETWEEN :a AND :b',
        ExpressionAttributeNames: { '#p': 'pk', '#s': 'sk' },
        ExpressionAttributeValues: { ':p': { S: 'A' }, ':a': { S: '1' }, ':b': { S: '2' } },
      },
      ['A'],
    ],
    ['Scan', {}, []],
  ])('%s', (_, input, expected) => {
    expect(leadingKeys({ TableName: 't', ...input })).toEqual(expected);
  });
});

describe('a role', () => {
  it('of the pages and of the authorizer allows nothing at all', () => {
    for (const name of ['pages', 'staff-authorizer']) {
      const actions = roleOf(name).flatMap(({ Action }) => Action);
      expect(actions.filter((action) => !platform(action))).toEqual([]);
    }
  });

  it('of the reset requests allows one thing: to note a request', async () => {
    const role = roleOf('reset-requests');
    const actions = role.flatMap(({ Action }) => Action).filter((action) => !platform(action));
    expect(actions).toEqual(['dynamodb:PutItem']);
    expect(await isAllowed(role, put('REQUEST#jane@example.com'))).toBe(true);
    for (const partition of ['CONTACT#1', 'EMAIL#jane@example.com', 'SIGN-INS#jane@example.com']) {
      expect(await isAllowed(role, put(partition))).toBe(false);
    }
    const unnamed = { ...put(''), context: {} };
    expect(await isAllowed(role, unnamed)).toBe(false);
    expect(await isAllowed(role, { ...put('REQUEST#1'), action: 'dynamodb:GetItem' })).toBe(false);
  });

  it('sends as the sender of its region alone, under its own configuration sets', async () => {
    const role = roleOf('outbox');
    expect(await isAllowed(role, send('no-reply@customer.gjgardner.co.nz'))).toBe(true);
    expect(await isAllowed(role, send('ceo@customer.gjgardner.co.nz'))).toBe(false);
    expect(await isAllowed(role, send('no-reply@customer.gjgardner.co.nz', 'another'))).toBe(false);
    expect(await isAllowed(roleOf('staff-write'), send('no-reply@customer.gjgardner.co.nz'))).toBe(
      false,
    );
  });

  it('reaches the table and the pool of its own region alone', () => {
    for (const name of functionNames) {
      for (const [region, other] of [
        ['nz', 'portal-prod-au'],
        ['au', 'portal-prod-nz'],
        ['us', 'portal-prod-au'],
      ] as const) {
        const resources = roleOf(name, region).flatMap(({ Resource }) => Resource);
        expect(resources.filter((resource) => resource.includes(other))).toEqual([]);
      }
    }
  });

  it('deletes nothing on the request path', async () => {
    const remove = (partition: string): Question => ({
      ...put(partition),
      action: 'dynamodb:DeleteItem',
    });
    for (const name of functionNames.filter((one) => one !== 'outbox')) {
      expect(await isAllowed(roleOf(name), remove('SIGN-INS#jane@example.com'))).toBe(false);
      expect(await isAllowed(roleOf(name), remove('CONTACT#1'))).toBe(false);
    }
  });

  it('sets passwords only where a client proves who they are, and never where staff call', () => {
    const may = functionNames.filter((name) =>
      roleOf(name).some(({ Action }) => Action.includes('cognito-idp:AdminSetUserPassword')),
    );
    expect(may).toEqual(['credentials', 'sessions']);
  });

  it('names a resource for every action that knows one', () => {
    const anywhere = functionNames.flatMap((name) =>
      roleOf(name)
        .filter(({ Resource }) => Resource.includes('*'))
        .flatMap(({ Action }) => Action),
    );
    expect([...new Set(anywhere)].sort()).toEqual([
      'ses:DeleteSuppressedDestination',
      'ses:GetSuppressedDestination',
    ]);
    const wide = functionNames.flatMap((name) =>
      roleOf(name).flatMap(({ Action }) => Action.filter((action) => action.includes('*'))),
    );
    expect(wide).toEqual([]);
  });

  it('asks about suppressed addresses in the email region alone', async () => {
    const question = (region: string): Question => ({
      action: 'ses:GetSuppressedDestination',
      resources: ['*'],
      context: { 'aws:RequestedRegion': [region] },
    });
    expect(await isAllowed(roleOf('staff-read'), question('ap-southeast-2'))).toBe(true);
    expect(await isAllowed(roleOf('staff-read'), question('ap-southeast-6'))).toBe(false);
  });
});
