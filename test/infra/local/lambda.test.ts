import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LocalFunction } from '../../../infra/local/emulators/lambda/function.ts';

/** A bundle with a door to everything that these tests ask about. */
const bundle = `
let calls = 0;
const doors = {
  echo: (event) => event,
  count: () => ++calls,
  variables: () => ({ ...process.env }),
  context: (_, { functionName, memoryLimitInMB, awsRequestId, getRemainingTimeInMillis }) =>
    ({ functionName, memoryLimitInMB, awsRequestId, left: getRemainingTimeInMillis() }),
  fail: () => { throw new TypeError('it broke'); },
  print: () => { console.log('a line'); return null; },
  hang: () => new Promise(() => {}),
  spin: () => { for (;;); },
  exit: () => process.exit(3),
  slow: async () => { await new Promise((done) => setTimeout(done, 100)); return 'slow'; },
};
export const handler = async (event, context) => doors[event.door](event, context);
`;

let folder: string;
let logFile: string;
const started: LocalFunction[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'function-'));
  logFile = join(folder, 'function.log');
  writeFileSync(join(folder, 'index.mjs'), bundle);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()));
});
afterAll(() => rmSync(folder, { recursive: true }));

const start = (settings: { timeoutSeconds?: number; idleMs?: number } = {}) => {
  const definition = {
    name: 'portal-local-au-pages',
    arn: 'arn:pages',
    region: 'ap-southeast-2',
    folder,
    handler: 'index.handler',
    timeoutSeconds: settings.timeoutSeconds ?? 5,
    memoryInMb: 256,
    variables: { TABLE_NAME: 'portal-local-au' },
  };
  const endpoints = {
    AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://127.0.0.1:2',
    AWS_ENDPOINT_URL_SES: 'http://127.0.0.1:3',
    AWS_ENDPOINT_URL_SESV2: 'http://127.0.0.1:3',
    AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://127.0.0.1:4',
    AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:5',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:6',
  };
  const one = new LocalFunction(definition, {
    endpoints,
    logFile,
    ...(settings.idleMs && { idleMs: settings.idleMs }),
  });
  started.push(one);
  return (door: string) => one.invoke({ door });
};

describe('a function', () => {
  it('answers, and keeps its memory between calls', async () => {
    const call = start();
    expect(await call('echo')).toEqual({ result: { door: 'echo' } });
    expect(await call('count')).toEqual({ result: 1 });
    expect(await call('count')).toEqual({ result: 2 });
  });

  it("sees the template's variables, Lambda's own, and nothing of this machine", async () => {
    const outcome = await start()('variables');
    expect(outcome).toMatchObject({
      result: {
        TABLE_NAME: 'portal-local-au',
        AWS_REGION: 'ap-southeast-2',
        AWS_LAMBDA_FUNCTION_NAME: 'portal-local-au-pages',
        AWS_ACCESS_KEY_ID: 'AKIDLOCALPORTALLOCALAUPAGES',
        AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
      },
    });
    const { result } = outcome as { result: Record<string, string> };
    expect(result).not.toHaveProperty('PATH');
    expect(result).not.toHaveProperty('HOME');
  });

  it('is told about itself and its time', async () => {
    const { result } = (await start()('context')) as { result: Record<string, unknown> };
    expect(result).toMatchObject({
      functionName: 'portal-local-au-pages',
      memoryLimitInMB: '256',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(result['left']).toBeGreaterThan(0);
    expect(result['left']).toBeLessThanOrEqual(5_000);
  });

  it('that throws is an error for its caller and a line in its log', async () => {
    expect(await start()('fail')).toMatchObject({
      error: { name: 'TypeError', message: 'it broke' },
    });
    expect(readFileSync(logFile, 'utf8')).toContain('TypeError: it broke');
  });

  it('prints to its log', async () => {
    await start()('print');
    await expect.poll(() => readFileSync(logFile, 'utf8')).toContain('a line\n');
  });

  it('takes several calls at once', async () => {
    const call = start();
    const outcomes = await Promise.all([call('slow'), call('echo'), call('slow')]);
    expect(outcomes).toEqual([
      { result: 'slow' },
      { result: { door: 'echo' } },
      { result: 'slow' },
    ]);
  });

  it.each(['hang', 'spin'])(
    'is ended at its time limit when it %ss, and starts anew',
    async (door) => {
      const call = start({ timeoutSeconds: 1 });
      await call('count');
      expect(await call(door)).toMatchObject({ error: { name: 'Sandbox.Timedout' } });
      // On a busy machine its start may take longer than its limit.
      await expect.poll(() => call('count')).toEqual({ result: 1 });
    },
  );

  it('that exits is an error, and starts anew', async () => {
    const call = start();
    expect(await call('exit')).toHaveProperty('error');
    expect(await call('count')).toEqual({ result: 1 });
  });

  it('that is killed answers an error, and starts anew', async () => {
    const call = start();
    await call('count');
    const hanging = call('hang');
    await started.at(-1)?.kill();
    expect(await hanging).toMatchObject({ error: { name: 'Runtime.ExitError' } });
    expect(await call('count')).toEqual({ result: 1 });
  });

  it('gives its memory back when nobody calls for a while', async () => {
    const call = start({ idleMs: 50 });
    expect(await call('count')).toEqual({ result: 1 });
    await expect.poll(() => call('count'), { interval: 200 }).toEqual({ result: 1 });
  });
});
