import { setTimeout as wait } from 'node:timers/promises';
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  BatchWriteItemCommand,
  DynamoDBClient,
  ListTablesCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../infra/local/emulators/aws-call.ts';
import type { Endpoints } from '../../../infra/local/emulators/lambda/environment.ts';
import type { SesEvent } from '../../../infra/local/emulators/ses/events.ts';
import { guardedQuery } from '../../../infra/local/emulators/ses/query.ts';
import { LocalError } from '../../../infra/local/host/local-error.ts';
import { startLocal } from '../../../infra/local/local.ts';
import { key, partitions } from '../../../shared/aws/table/table.ts';
import type { EmailKind } from '../../../shared/email/kinds.ts';
import { browserAt, emailsAt, linkIn, staffAt } from '../../support/portal-calls.ts';
import { events } from '../../support/ses-events.ts';
import type { Place } from './desk.ts';

/** The clock of a run starts here, as in the region of the other tests. */
const start = Date.UTC(2026, 5, 1, 2);

type Mail = {
  readonly messageId: string;
  readonly destination: readonly [string];
  readonly tags: Readonly<Record<string, readonly [string]>>;
};
type Pools = Readonly<Record<string, { readonly users: Readonly<Record<string, unknown>> }>>;

/** Below the ports that systems give to clients, so that only another run can have taken them. */
const firstPort = 10_100;
const otherPort = (): number => firstPort + 100 * Math.floor(Math.random() * 200);

/** Until something is so, for as long as a test may take. */
const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await wait(10);
};

/** What an engineer calls AWS with. */
const engineer = {
  region: 'ap-southeast-2',
  credentials: { accessKeyId: 'engineer', secretAccessKey: 'local' },
};

/** Deletes every item of every table, but for the sessions of staff. */
const emptyTables = async (endpoint: string): Promise<void> => {
  const client = new DynamoDBClient({ endpoint, ...engineer });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) {
    for (;;) {
      const { Items = [] } = await client.send(
        new ScanCommand({
          TableName,
          ProjectionExpression: '#pk, #sk',
          FilterExpression: 'NOT begins_with(#pk, :staff)',
          ExpressionAttributeNames: { '#pk': key.partition, '#sk': key.sort },
          ExpressionAttributeValues: { ':staff': { S: partitions.staffSession } },
        }),
      );
      if (Items.length === 0) break;
      const deletions = Items.slice(0, 25).map((Key) => ({ DeleteRequest: { Key } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: deletions } }));
    }
  }
  client.destroy();
};

export type Run = {
  readonly place: Place;
  readonly portal: string;
  /** Forgets everything that happened; the clock goes on, and who is signed in to the console stays so. */
  readonly empty: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * The local run of Australia as a place of situations, empty at each start; one start after the
 * other takes the ports and the templates of the first.
 * @param folder where its templates and logs are
 */
export const runsIn = (folder: string) => {
  let port = firstPort;

  const open = async (): Promise<Run> => {
    let endpoints: Endpoints | undefined;
    let isRejecting = false;
    const sent = new Map<string, { mail: Mail; tell: (event: SesEvent) => void }>();
    const local = await startLocal({
      ...{ port, folder, regions: ['AU'], now: start },
      between: (found) => {
        endpoints = found;
        return found;
      },
      intercept: (call, proceed) =>
        isRejecting && call.action === 'SendRawEmail'
          ? guardedQuery(() => Promise.reject(new AwsError('MessageRejected', 'Bad content.')))
          : proceed(),
      // Nothing is heard of an email until the situation says what.
      report: (event, tell) => {
        const mail = event.mail as Mail;
        sent.set(mail.messageId, { mail, tell });
      },
    });
    const { portal = '', staffTokens } = local.run.regions['AU'] ?? {};
    const call = staffAt(portal, staffTokens?.readWrite ?? '');
    const { mailbox } = local.run;
    let refusals = 0;
    const isSettled = () => local.isIdle() || local.sesRefusals() > refusals;
    const drain = () => until(isSettled);
    const post = async (path: string, body: object) => {
      const { status } = await browserAt(portal).send('POST', path, body);
      await drain();
      return status;
    };
    const pass = (seconds: number) => local.moveClock(seconds * 1_000);
    const newest = async (to: string) => {
      const [email] = await emailsAt(mailbox, to);
      if (!email) throw new Error('No such email came.');
      return email;
    };
    const forEachUser = async (
      Command: typeof AdminDeleteUserCommand | typeof AdminDisableUserCommand,
    ) => {
      const endpoint = endpoints?.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER ?? '';
      const client = new CognitoIdentityProviderClient({ endpoint, ...engineer });
      for (const [UserPoolId, { users }] of Object.entries(local.dumpCognito() as Pools)) {
        for (const Username of Object.keys(users)) {
          await client.send(new Command({ UserPoolId, Username }));
        }
      }
      client.destroy();
    };
    const place: Place = {
      staff: (words, body) => {
        const [method = '', path = ''] = words.split(' ');
        return call(method, path.replace('/staff', ''), body);
      },
      client: {
        forgetsPassword: (email) => post('/api/password-reset-requests', { email }),
        accepts: async (email, password) => {
          const { token } = linkIn(await newest(email));
          return post('/api/invitation-acceptances', { token, password });
        },
        signsIn: (email, password) => post('/api/sessions', { email, password }),
      },
      drain,
      pass,
      live: async (seconds, step) => {
        for (let passed = 0; passed < seconds; passed += step) {
          pass(step);
          await drain();
        }
      },
      hear: async (to, what) => {
        const { id } = await newest(to);
        await until(() => sent.has(id));
        const { mail, tell } = sent.get(id) ?? {};
        const [contactId = '', emailId = '', kind = ''] = ['contactId', 'emailId', 'kind'].map(
          (name) => mail?.tags[name]?.[0],
        );
        const told = { to, at: Date.now(), contactId, emailId, kind: kind as EmailKind };
        tell?.(events[what](told));
        await drain();
        pass(10);
      },
      mailIs: (answer) => {
        if (answer === 'rejected') isRejecting = true;
        else local.setSesDown(true);
      },
      accountIs: (state) =>
        forEachUser(state === 'deleted' ? AdminDeleteUserCommand : AdminDisableUserCommand),
      suppressionListIsDown: () => local.setSesDown(true),
    };
    const empty = async () => {
      isRejecting = false;
      local.setSesDown(false);
      // What is still tried again would write into the next situation.
      await until(() => local.isIdle());
      await emptyTables(local.dynamodb);
      await forEachUser(AdminDeleteUserCommand);
      await until(() => local.isIdle());
      await fetch(`${mailbox}/emails`, { method: 'DELETE' });
      sent.clear();
      refusals = local.sesRefusals();
    };
    return { place, portal, empty, stop: () => local.stop() };
  };

  return async () => {
    for (;;) {
      try {
        return await open();
      } catch (error) {
        if (!(error instanceof LocalError) || !error.message.startsWith('Port')) throw error;
        port = otherPort();
      }
    }
  };
};
