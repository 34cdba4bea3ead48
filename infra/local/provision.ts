import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type ExplicitAuthFlowsType,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  CreateTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  CreateConfigurationSetCommand,
  SESClient,
  VerifyDomainIdentityCommand,
} from '@aws-sdk/client-ses';
import type { Aws } from './aws.ts';
import { type MailDefinition, mailOf } from './emulators/template/mail.ts';
import type { Stack } from './emulators/template/stack.ts';
import { type Table, tablesOf } from './emulators/template/tables.ts';
import { userPoolClientsOf, userPoolsOf } from './emulators/template/user-pools.ts';
import { LocalError } from './host/local-error.ts';

const clientFor = (endpoint: string, region: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 2,
  requestHandler: { requestTimeout: 5_000, throwOnRequestTimeout: true },
});

/** The SDK adds lines for developers; a body that is no JSON fails in its parser. */
const reasonIn = (error: unknown, what: string): string => {
  if (error instanceof SyntaxError) return `it does not answer as ${what} does`;
  const [line = ''] = (error instanceof Error ? error.message || error.name : String(error)).split(
    '\n',
  );
  return line.replace(/\.$/, '');
};

/** @throws LocalError saying which server did not do what */
const at = async <Result>(what: string, endpoint: string, work: () => Promise<Result>) => {
  try {
    return await work();
  } catch (error) {
    throw new LocalError(`${what} at ${endpoint} can't be prepared: ${reasonIn(error, what)}.`);
  }
};

/** Creates a table, unless the server has kept it. */
export const createTable = (endpoint: string, { name, region, definition }: Table) =>
  at('DynamoDB', endpoint, async () => {
    const client = new DynamoDBClient(clientFor(endpoint, region));
    try {
      await client.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [...definition.AttributeDefinitions],
          KeySchema: [...definition.KeySchema],
          ...(definition.GlobalSecondaryIndexes && {
            GlobalSecondaryIndexes: definition.GlobalSecondaryIndexes,
          }),
          ...(definition.LocalSecondaryIndexes && {
            LocalSecondaryIndexes: definition.LocalSecondaryIndexes,
          }),
        }),
      );
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
    const wait = { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 };
    await waitUntilTableExists(wait, { TableName: name });
    client.destroy();
  });

/** Creates the user pools and clients of a stack, unless the server has kept them, and notes their ids. */
const createUserPools = (endpoint: string, stack: Stack) =>
  at('Cognito', endpoint, async () => {
    const client = new CognitoIdentityProviderClient(clientFor(endpoint, stack.place.region));
    for (const { logicalId, properties } of userPoolsOf(stack)) {
      const { UserPoolName: PoolName, ...rest } = properties;
      const { UserPools } = await client.send(new ListUserPoolsCommand({ MaxResults: 60 }));
      const kept = UserPools?.find(({ Name }) => Name === PoolName)?.Id;
      const id =
        kept ?? (await client.send(new CreateUserPoolCommand({ PoolName, ...rest }))).UserPool?.Id;
      if (!id) throw new LocalError('it gave a new user pool no id');
      const { region, account } = stack.place;
      const Arn = `arn:aws:cognito-idp:${region}:${account}:userpool/${id}`;
      stack.note(logicalId, { ref: id, attributes: { Arn, UserPoolId: id } });
    }
    for (const { logicalId, properties } of userPoolClientsOf(stack)) {
      const { UserPoolId, ClientName, ExplicitAuthFlows, ...rest } = properties;
      const { UserPoolClients } = await client.send(
        new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 60 }),
      );
      const kept = UserPoolClients?.find((one) => one.ClientName === ClientName)?.ClientId;
      const create = new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName,
        ...rest,
        ...(ExplicitAuthFlows && {
          ExplicitAuthFlows: ExplicitAuthFlows as ExplicitAuthFlowsType[],
        }),
      });
      const id = kept ?? (await client.send(create)).UserPoolClient?.ClientId;
      if (!id) throw new LocalError('it gave a new app client no id');
      stack.note(logicalId, { ref: id });
    }
    client.destroy();
  });

/**
 * Makes identities and configuration sets known to SES. Other implementations may lack these calls,
 * or have what is asked for already, so that nothing here is a reason to stop.
 */
export const prepareMail = async (endpoint: string, mail: MailDefinition): Promise<void> => {
  const client = new SESClient({ ...clientFor(endpoint, mail.region), maxAttempts: 1 });
  await Promise.allSettled([
    ...mail.identities.map((Domain) => client.send(new VerifyDomainIdentityCommand({ Domain }))),
    ...mail.configurationSets.map((Name) =>
      client.send(new CreateConfigurationSetCommand({ ConfigurationSet: { Name } })),
    ),
  ]);
  client.destroy();
};

/**
 * Creates what a stack has in the databases of others: tables, user pools, identities.
 * @throws LocalError saying which server did not do what
 */
export const provision = async (stack: Stack, { behind, mailbox, tap }: Aws): Promise<void> => {
  for (const table of tablesOf(stack)) {
    await createTable(behind.dynamodb, table);
    tap.watch(table);
  }
  await createUserPools(behind.cognito, stack);
  const mail = mailOf(stack);
  await prepareMail(mailbox, mail);
  if (behind.ses) await prepareMail(behind.ses, mail);
};
