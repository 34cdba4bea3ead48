import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { readConfiguration } from '../../../infra/stacks/configuration/configuration.ts';
import { accountsIn } from '../../../shared/aws/accounts.ts';
import { claimsIn } from '../../../shared/aws/claims.ts';
import { contactsIn } from '../../../shared/aws/contacts.ts';
import { unknownContact } from '../../../shared/contact/contact.ts';
import { formatToken, hashOf, newSecret } from '../../../shared/contact/token.ts';
import { regionTable } from '../../shared/aws/dynamodb.ts';

const day = 86_400_000;
export const peerTable = 'peer';

/** Creates OpenAuth's table and a region's table and user pool in the emulated services. */
export const openRegion = async () => {
  const [row] = readConfiguration({ PORTAL_STAGE: 'prod' });
  if (!row) throw new Error('There is no region.');
  const { region } = row;
  const client = new DynamoDBClient({});
  const keys = { pk: 'HASH', sk: 'RANGE' } as const;
  const names = ['pk', 'sk'] as const;
  await client.send(
    new CreateTableCommand({
      TableName: peerTable,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: names.map((name) => ({ AttributeName: name, KeyType: keys[name] })),
      AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    }),
  );
  await client.send(new CreateTableCommand(regionTable('portal')));
  for (const TableName of [peerTable, 'portal']) {
    await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName });
  }
  const cognito = new CognitoIdentityProviderClient({});
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'portal' }));
  const UserPoolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'portal',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
    }),
  );
  const table = { name: 'portal', client };
  const contacts = contactsIn(table, region.limits);
  const claims = claimsIn(table);
  const accounts = accountsIn(UserPoolId);

  return {
    env: {
      PORTAL_REGION: JSON.stringify(region),
      TABLE_NAME: 'portal',
      USER_POOL_ID: UserPoolId,
      USER_POOL_CLIENT_ID: UserPoolClient?.ClientId ?? '',
      PEER_TABLE: peerTable,
    },
    /** An accepted contact with an account and a link to reset its password. */
    accept: async (contactId: string, email: string, password: string): Promise<string> => {
      const now = Date.now();
      const username = `user-${contactId}`;
      await accounts.create(username, password);
      await claims.make(email, { contactId, at: now }, undefined);
      const unknown = unknownContact(contactId);
      const secret = newSecret();
      const expiresAt = now + day;
      const sent = { email, name: 'Jane Citizen', invitedAt: now, invitedBy: 'crm', sends: 1 };
      await contacts.commit({
        ...unknown,
        invitation: { state: 'accepted', ...sent, expiresAt, acceptedAt: now, username },
        links: [{ purpose: 'reset', hash: hashOf('reset', region, unknown, secret), expiresAt }],
      });
      return formatToken({ contactId, secret });
    },
  };
};
