import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { watchNothing } from './emulators/aws-call.ts';
import { startCognito } from './emulators/cognito/cognito.ts';
import { startDynamodb } from './emulators/dynamodb/embedded.ts';
import { Ses } from './emulators/ses/ses.ts';
import { LocalError } from './host/local-error.ts';

const usage = `Runs the emulated AWS services alone, for another program to use.

  npm run emulators -- [--port 4600] [--data folder] [--only dynamodb,cognito,ses]

DynamoDB is on the port, Cognito on the next, SES with its mailbox on the one after. The lines it
prints are what the other program needs in its environment.
`;

const services = ['dynamodb', 'cognito', 'ses'] as const;
type Service = (typeof services)[number];
type Server = { readonly url: string; close(): Promise<void> };

const variable: Record<Service, string> = {
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  cognito: 'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER',
  ses: 'AWS_ENDPOINT_URL_SES',
};

const read = () => {
  try {
    const options = {
      port: { type: 'string', default: '4600' },
      only: { type: 'string', default: services.join(',') },
      data: { type: 'string' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ options }).values;
  } catch (error) {
    throw new LocalError(`${error instanceof Error ? error.message : error} See --help.`);
  }
};

const starters = (port: number, data: string | undefined) => {
  const file = (name: string) => (data ? join(data, name) : undefined);
  const mailbox = file('mailbox.json');
  return {
    dynamodb: () => startDynamodb(port, file('dynamodb')),
    cognito: () => startCognito(port && port + 1, watchNothing, file('cognito.json')),
    ses: () =>
      Ses.start(port && port + 2, {
        intercept: watchNothing,
        publish: () => undefined,
        regionOf: () => undefined,
        ...(mailbox && { file: mailbox }),
      }),
  } satisfies Record<Service, () => Promise<Server>>;
};

const start = async (): Promise<void> => {
  const { port, only, data, help } = read();
  if (help) {
    process.stdout.write(usage);
    return;
  }
  const start = starters(Number(port), data);
  const running: Server[] = [];
  for (const service of services.filter((name) => only.split(',').includes(name))) {
    const server = await start[service]();
    running.push(server);
    process.stdout.write(`${variable[service]}=${server.url}\n`);
  }
  const stop = async () => {
    await Promise.all(running.map((server) => server.close()));
    process.exit();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

try {
  await start();
} catch (error) {
  if (!(error instanceof LocalError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
