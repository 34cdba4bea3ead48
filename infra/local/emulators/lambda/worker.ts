import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import { machineNow, shiftDate } from '../../host/shifted-date.ts';
import type { Answered, Asked, Loaded } from './messages.ts';

/** Runs one function's bundle, in a thread of its own. */
const { folder, handler: path, name, arn, memoryInMb, ahead } = workerData as Loaded;
shiftDate(ahead);
const [file = 'index', exported = 'handler'] = path.split('.');

const contextOf = ({ id, deadline }: Asked): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: arn,
  memoryLimitInMB: String(memoryInMb),
  awsRequestId: id,
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: 'local',
  getRemainingTimeInMillis: () => Math.max(0, deadline - machineNow()),
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
});

type Handler = (event: unknown, context: Context) => Promise<unknown>;

const load = async (): Promise<Handler> => {
  const bundle = await import(pathToFileURL(join(folder, `${file}.mjs`)).href);
  const handler: unknown = bundle[exported];
  if (typeof handler !== 'function') throw new Error(`${file} exports no function ${exported}.`);
  return handler as Handler;
};

const errorOf = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack ?? '' }
    : { name: 'Error', message: String(error), stack: '' };

const loading = load();
loading.catch(() => undefined);

parentPort?.on('message', async (asked: Asked) => {
  const answer = (answered: Answered) => parentPort?.postMessage(answered);
  try {
    const handler = await loading;
    const result = await handler(JSON.parse(asked.event), contextOf(asked));
    answer({ id: asked.id, result: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    answer({ id: asked.id, error: errorOf(error) });
  }
});
