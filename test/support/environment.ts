import { beforeEach } from 'vitest';
import { readConfiguration } from '../../infra/stacks/configuration/configuration.ts';

const [first] = readConfiguration({ PORTAL_STAGE: 'prod' });

/** What a function finds in its environment while it starts; nothing here is ever called. */
Object.assign(process.env, {
  AWS_REGION: 'ap-southeast-2',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  PORTAL_REGION: JSON.stringify(first?.region),
  VERSION: 'test',
  TABLE_NAME: 'portal',
  TABLE_REGION: 'ap-southeast-2',
  USER_POOL_ID: 'ap-southeast-2_test',
  USER_POOL_CLIENT_ID: 'test',
  EMAIL_REGION: 'ap-southeast-2',
  RESET_CONFIGURATION_SET: 'resets',
  CONFIGURATION_SET: 'others',
  EVENT_BUS_NAME: 'portal',
  WEBHOOK: JSON.stringify({
    url: 'https://crm.example.com/portal-events',
    retries: { firstWaitSeconds: 30, longestWaitSeconds: 3_600, tries: 36 },
  }),
  WEBHOOK_KEYS: 'webhook',
  WEBHOOK_QUEUE_URL: 'https://sqs.ap-southeast-2.amazonaws.com/111122223333/webhook',
  STAFF_CONSOLE: JSON.stringify({
    issuer: 'https://issuer.example.com',
    clientId: 'staff-console',
    scope: 'openid portal/read portal/write',
    parameters: [],
    readScope: 'portal/read',
    writeScope: 'portal/write',
    frameOrigins: [],
  }),
});

/** What the code under test logged since the test began: shown if it fails. */
const logged: string[] = [];
const isLogLine = (chunk: unknown): chunk is string =>
  typeof chunk === 'string' && /^\{"(?:timestamp|_aws)":/.test(chunk);

type Write = typeof process.stdout.write;
const plainWrite = Symbol.for('portal.plain-write');
/** Files that share a process find the one before them in its place. */
const stdout: typeof process.stdout & { [plainWrite]?: Write } = process.stdout;
stdout[plainWrite] ??= stdout.write.bind(stdout);
const write = stdout[plainWrite];
stdout.write = ((...given: Parameters<Write>) =>
  isLogLine(given[0]) ? logged.push(given[0]) > 0 : write(...given)) as Write;

beforeEach(({ onTestFailed }) => {
  logged.length = 0;
  onTestFailed(() => void write(logged.join('')));
});
