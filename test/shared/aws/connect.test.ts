import { execFile } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { firstRequests } from '../../bench/requests.ts';
import { startStub } from '../../bench/stub.ts';

/** Imports the bundle as Lambda does, and asks it so many times. Certificates are read at a process's start. */
const run = async (env: Readonly<Record<string, string>>, times: number): Promise<number[]> => {
  const bundle = pathToFileURL('build/reset-requests/index.mjs').href;
  const script = `
    const { handler } = await import(${JSON.stringify(bundle)});
    const statuses = [];
    for (let i = 0; i < ${times}; i += 1) {
      const { statusCode } = await handler(${JSON.stringify(firstRequests['reset-requests'])}, {});
      statuses.push(statusCode);
    }
    process.stderr.write(JSON.stringify(statuses));
    process.exit(0);`;
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env: { ...process.env, ...env } },
  );
  return JSON.parse(stderr.slice(stderr.lastIndexOf('['))) as number[];
};

const start = async () => {
  const stub = await startStub();
  onTestFinished(stub.stop);
  const env = { NODE_EXTRA_CA_CERTS: stub.certificate, AWS_ENDPOINT_URL: stub.url };
  return { stub, env };
};

const onLambda = { AWS_LAMBDA_FUNCTION_NAME: 'portal' };

describe('a function that starts on Lambda', () => {
  it('opens its connection to the table while it starts, and asks nothing of it', async () => {
    const { stub, env } = await start();
    await run({ ...env, ...onLambda }, 0);
    expect(stub.requests).toEqual(['GET /']);
  });

  it('makes its first calls on that connection', async () => {
    const { stub, env } = await start();
    expect(await run({ ...env, ...onLambda }, 2)).toEqual([202, 202]);
    expect(stub.requests).toEqual(['GET /', 'POST / PutItem', 'POST / PutItem']);
    expect(stub.connections()).toBe(1);
  });

  it('starts all the same when the table cannot be reached', async () => {
    expect(await run({ ...onLambda, AWS_ENDPOINT_URL: 'https://127.0.0.1:1' }, 0)).toEqual([]);
  });

  it('opens nothing elsewhere', async () => {
    const { stub, env } = await start();
    await run(env, 0);
    expect(stub.requests).toEqual([]);
  });
});
