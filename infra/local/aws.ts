import { join } from 'node:path';
import type { Intercept } from './emulators/aws-call.ts';
import { type Cognito, startCognito } from './emulators/cognito/cognito.ts';
import { startDynamodb } from './emulators/dynamodb/embedded.ts';
import { DynamodbTap } from './emulators/dynamodb/tap.ts';
import type { EventBuses } from './emulators/event-bus/event-buses.ts';
import type { Endpoints } from './emulators/lambda/environment.ts';
import type { Secrets } from './emulators/secrets-manager/secrets.ts';
import { Ses } from './emulators/ses/ses.ts';
import { serveQueues } from './emulators/sqs/operations.ts';
import type { Queues } from './emulators/sqs/queues.ts';

type Environment = Readonly<Record<string, string | undefined>>;

type Settings = {
  readonly mailboxPort: number;
  /** The standard variables `AWS_ENDPOINT_URL…` say where AWS is, if it is not to be embedded. */
  readonly environment: Environment;
  /** Where data is kept; in memory without. */
  readonly data: string | undefined;
  readonly intercept: Intercept;
  readonly emit: Parameters<typeof DynamodbTap.start>[1]['emit'];
  readonly publish: Parameters<typeof Ses.start>[1]['publish'];
  readonly regionOf: Parameters<typeof Ses.start>[1]['regionOf'];
  readonly buses: EventBuses;
  readonly queues: Queues;
  readonly secrets: Secrets;
};

export type Aws = {
  /** Where the functions find AWS. */
  readonly endpoints: Endpoints;
  /** Where tables and pools are to be created: behind the taps. */
  readonly behind: { readonly dynamodb: string; readonly cognito: string; readonly ses?: string };
  readonly mailbox: string;
  readonly eventBus: string;
  readonly ses: Ses;
  readonly tap: DynamodbTap;
  /** The stand-in for Cognito, if it is the embedded one. */
  readonly cognito: Cognito | undefined;
  close(): Promise<void>;
};

/** The server that a service's standard variable names, or the one for all services. */
const configured = (environment: Environment, service: string): string | undefined =>
  environment[`AWS_ENDPOINT_URL_${service}`] || environment['AWS_ENDPOINT_URL'] || undefined;

/**
 * Starts the embedded services, but for those that the environment says are elsewhere, and the taps
 * in front: of DynamoDB for streams, of SES for the mailbox and its events.
 */
export const startAws = async (settings: Settings): Promise<Aws> => {
  const { environment, data, intercept } = settings;
  const file = (name: string) => (data ? join(data, name) : undefined);
  const elsewhere = {
    dynamodb: configured(environment, 'DYNAMODB'),
    cognito: configured(environment, 'COGNITO_IDENTITY_PROVIDER'),
    ses: configured(environment, 'SES'),
    sesv2: configured(environment, 'SESV2'),
  };
  const mailbox = await Ses.start(settings.mailboxPort, {
    intercept,
    publish: settings.publish,
    regionOf: settings.regionOf,
    ...(elsewhere.ses && { upstream: elsewhere.ses }),
    ...(data && { file: join(data, 'mailbox.json') }),
  });
  const dynalite = elsewhere.dynamodb ? undefined : await startDynamodb(0, file('dynamodb'));
  const cognito = elsewhere.cognito
    ? undefined
    : await startCognito(0, intercept, file('cognito.json'));
  const dynamodb = elsewhere.dynamodb ?? dynalite?.url ?? '';
  const tap = await DynamodbTap.start(0, { upstream: dynamodb, intercept, emit: settings.emit });
  const cognitoUrl = elsewhere.cognito ?? cognito?.url ?? '';
  // Always embedded: what is published is shown (`npx portal events`).
  const events = await settings.buses.serve(0, intercept);
  const queues = await serveQueues(0, settings.queues, intercept);
  const secrets = await settings.secrets.serve(0, intercept);
  return {
    endpoints: {
      AWS_ENDPOINT_URL_DYNAMODB: tap.url,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognitoUrl,
      AWS_ENDPOINT_URL_SES: mailbox.url,
      AWS_ENDPOINT_URL_SESV2: elsewhere.sesv2 ?? mailbox.url,
      AWS_ENDPOINT_URL_EVENTBRIDGE: events.url,
      AWS_ENDPOINT_URL_SQS: queues.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    },
    behind: { dynamodb, cognito: cognitoUrl, ...(elsewhere.ses && { ses: elsewhere.ses }) },
    mailbox: mailbox.url,
    eventBus: events.url,
    ses: mailbox.ses,
    tap: tap.tap,
    cognito,
    close: async () => {
      const others = [tap, mailbox, cognito, events, queues, secrets];
      await Promise.all(others.map((server) => server?.close()));
      await dynalite?.close();
    },
  };
};
