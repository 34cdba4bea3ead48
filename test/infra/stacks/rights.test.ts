import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { canary } from '../../../shared/contact/canary.ts';
import { type Stack, synthesized } from '../../support/synthesized.ts';

let stacks: Readonly<Record<string, Stack>> = {};
beforeAll(async () => {
  stacks = await synthesized();
});

const policy = z.object({ Statement: z.array(z.unknown()) });

type Statement = {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

const statementsOf = (name: string, stack: string): Statement[] =>
  (stacks[stack]?.all('AWS::IAM::Policy') ?? [])
    .filter(({ Properties }) => JSON.stringify(Properties['Roles']).includes(`"${name}Role`))
    .flatMap(
      ({ Properties }) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement,
    );

/** `PutItem` and the rest, by the partition keys they are bound to. */
const writes = (name: string, stack = 'portal-prod-nz') =>
  Object.fromEntries(
    statementsOf(name, stack).flatMap(({ Action, Condition }) =>
      [Action]
        .flat()
        .filter((action) => /dynamodb:(Put|Update|Delete|BatchWrite|Transact)/.test(action))
        .map((action) => [
          action.replace('dynamodb:', ''),
          [Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? 'anything'].flat(),
        ]),
    ),
  );

describe('a function writes only what it owns', () => {
  it.each([
    ['resetrequests', { PutItem: ['REQUEST#*'] }],
    ['credentials', { PutItem: ['CONTACT#*', 'SIGN-INS#*'] }],
    ['sessions', { PutItem: ['CONTACT#*', 'SIGN-INS#*'] }],
    ['staffread', {}],
    ['staffwrite', { PutItem: ['CONTACT#*', 'EMAIL#*'], UpdateItem: ['BUDGET#*'] }],
    ['staffconsole', { PutItem: ['STAFF-SESSION#*'] }],
    ['sweep', { PutItem: ['CONTACT#*', 'REQUEST#*'] }],
    [
      'canary',
      {
        PutItem: [`CONTACT#${canary.contactId}`, 'EMAIL#success+portal-canary-*'],
      },
    ],
    [
      'outbox',
      {
        PutItem: ['CONTACT#*', 'REQUEST#*'],
        BatchWriteItem: ['CONTACT#*', 'REQUEST#*'],
        DeleteItem: ['EMAIL#*'],
      },
    ],
  ])('%s', (name, expected) => {
    expect(writes(name)).toEqual(expected);
  });

  it('emailevents', () => {
    expect(writes('emailevents', 'portal-prod-nz-mail')).toEqual({
      BatchWriteItem: ['CONTACT#*'],
      PutItem: ['CONTACT#*'],
    });
  });

  it('and no call passes without naming a key, for which ForAllValues would hold', () => {
    for (const stack of Object.values(stacks)) {
      for (const { Properties } of stack.all('AWS::IAM::Policy')) {
        const { Statement } = Properties['PolicyDocument'] as { Statement: Statement[] };
        for (const { Condition = {} } of Statement) {
          expect(Condition['Null'] === undefined).toBe(
            Condition['ForAllValues:StringLike'] === undefined,
          );
        }
      }
    }
  });
});

describe('mail', () => {
  const key = (stage: string) => stacks[`portal-${stage}-nz-mail`]?.one('AWS::KMS::Key');

  it('has events that are encrypted by a key which SES may use, for this account only', () => {
    const topic = stacks['portal-prod-nz-mail']?.one('AWS::SNS::Topic', 'mail-events');
    expect(JSON.stringify(topic?.['KmsMasterKeyId'])).toContain('MailEventsKey');
    expect(key('prod')).toMatchObject({ EnableKeyRotation: true });
    const { Statement } = z.parse(policy, key('prod')?.['KeyPolicy']);
    expect(Statement).toContainEqual({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } },
      Effect: 'Allow',
      Principal: { Service: 'ses.amazonaws.com' },
      Resource: '*',
    });
  });

  it('reaches a verified recipient of the sandbox, as the sender and nobody else', () => {
    const sending = (stage: string) =>
      statementsOf('outbox', `portal-${stage}-nz`).find(({ Action }) =>
        [Action].flat().includes('ses:SendRawEmail'),
      );
    expect(JSON.stringify(sending('dev')?.Resource)).toContain(':identity/*');
    expect(JSON.stringify(sending('prod')?.Resource)).not.toContain('*');
    expect(sending('dev')?.Condition).toEqual({
      StringEquals: { 'ses:FromAddress': 'no-reply@customer-dev.gjgardner.co.nz' },
    });
  });
});
