import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../infra/stacks/configuration/configuration.ts';
import { functionNames } from '../../../infra/stacks/configuration/functions.ts';
import { build } from '../../../infra/tools/build.ts';
import { loadedAtStart } from '../../support/bundle-parts.ts';

beforeAll(async () => {
  if (!existsSync('build/meta.json')) await build();
});

const [row] = readConfiguration({ PORTAL_STAGE: 'prod' });
/** Whatever a function can be given. */
const environment = {
  AWS_REGION: 'ap-southeast-2',
  PORTAL_REGION: JSON.stringify(row?.region),
  VERSION: '1',
  TABLE_NAME: 'portal',
  TABLE_REGION: 'ap-southeast-2',
  USER_POOL_ID: 'ap-southeast-2_1',
  USER_POOL_CLIENT_ID: '1',
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
  STAFF_ISSUER: 'https://issuer.example.com',
  STAFF_AUDIENCE: 'staff',
  STAFF_KEYS_URL: 'https://issuer.example.com/keys',
  STAFF_READ_SCOPE: 'read',
  STAFF_WRITE_SCOPE: 'write',
  STAFF_CLIENT_ID: 'console',
  STAFF_CONSOLE: JSON.stringify({
    issuer: 'https://issuer.example.com',
    clientId: 'console',
    scope: 'openid read write',
    parameters: [],
    readScope: 'read',
    writeScope: 'write',
    frameOrigins: [],
  }),
};

/**
 * What a fresh process loads when it imports a bundle, without being asked for anything.
 * Throws what the import threw: the report of an uncaught error starts with the bundle's whole line,
 * of which a pipe takes no more than its buffer.
 */
const loadedBy = async (name: string, env: Readonly<Record<string, string>>) => {
  const bundle = pathToFileURL(`build/${name}/index.mjs`).href;
  const script = `
    const answer = await import(${JSON.stringify(bundle)}).then(
      ({ handler }) => ({ kind: typeof handler, loaded: process.moduleLoadList }),
      (error) => ({ error: String(error) }),
    );
    process.stdout.write(JSON.stringify(answer));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env },
  );
  const answer = JSON.parse(stdout) as { kind: string; loaded: string[] } | { error: string };
  if ('error' in answer) throw new Error(answer.error);
  return answer;
};

describe.each(functionNames)('the bundle of %s', (name) => {
  it('is ready once it is imported, and loads no second HTTP client', async () => {
    const { kind, loaded } = await loadedBy(name, environment);
    expect(kind).toBe('function');
    // The authorizer fetches the issuer's keys, by Node's own fetch: undici is its only client.
    const expected = name === 'staff-authorizer' ? [expect.stringContaining('undici')] : [];
    expect(loaded.filter((module) => module.includes('undici'))).toEqual(expected);
  });

  it('does not start without its configuration, and says what is missing', async () => {
    await expect(loadedBy(name, {})).rejects.toThrow(/The environment variable \w+ is not usable/);
  });

  it('carries no more than it needs: 218 KB for a reset request, 325 KB for most others on request', () => {
    // The outbox alone has clients of four services; nobody waits for its start.
    const own: Readonly<Record<string, number>> = {
      'reset-requests': 218_000,
      outbox: 345_000,
      'staff-console': 280_000,
      'staff-read': 295_000,
      'staff-write': 285_000,
    };
    const most = own[name] ?? 325_000;
    expect(loadedAtStart(name).bytes).toBeLessThan(most);
  });

  it('takes credentials only from the environment', () => {
    const inputs = loadedAtStart(name).inputs.map(([file]) => file);
    expect(inputs).not.toEqual([]);
    expect(inputs.filter((file) => file.includes('credential-provider'))).toEqual([]);
  });
});

it('the staff console loads CSV and OAuth only for who imports or signs in', () => {
  const packages = loadedAtStart('staff-console').inputs.map(([file]) => file);
  expect(packages.filter((file) => /csv-|oauth|jose/.test(file))).toEqual([]);
});

it.each(['staff-read', 'staff-write'])(
  '%s loads the clients of Cognito and of the suppression list only for who asks them',
  (name) => {
    const packages = loadedAtStart(name).inputs.map(([file]) => file);
    expect(packages.filter((file) => /client-(sesv2|cognito)/.test(file))).toEqual([]);
  },
);

it('a function does not start for a region that nobody knows', async () => {
  const env = { ...environment, PORTAL_REGION: '{"code":"XX"}' };
  await expect(loadedBy('reset-requests', env)).rejects.toThrow('PORTAL_REGION is not usable');
});
