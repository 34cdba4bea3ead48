import { awsFailure, count, log } from '../../core/log.ts';

type Context = { readonly clientName?: string; readonly commandName?: string };
type Middleware = <Args, Result>(
  next: (args: Args) => Promise<Result>,
  context: Context,
) => (args: Args) => Promise<Result>;

/** The part of an AWS client that this needs. */
type Client = {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: 'initialize'; priority: 'high' }): void;
  };
};

/** Whether an error is one of the answers that the adapter turns into a value. */
type IsExpected = (error: unknown, operation: string) => boolean;

/**
 * Hands on what goes wrong in any call of a client, after its last attempt: one log line and one
 * metric per service. Every client of AWS goes through here, so that no adapter drops a cause.
 */
export const reportFailures = <C extends Client>(client: C, isExpected: IsExpected): C => {
  client.middlewareStack.add(
    (next, { clientName = 'AWS', commandName = '' }) =>
      async (args) => {
        const startedAt = performance.now();
        try {
          return await next(args);
        } catch (error) {
          const service = clientName.replace(/Client$/, '');
          const operation = commandName.replace(/Command$/, '');
          if (!isExpected(error, operation)) {
            const milliseconds = Math.round(performance.now() - startedAt);
            reportFailure(service, operation, { ...awsFailure(error), milliseconds });
          }
          throw error;
        }
      },
    { step: 'initialize', priority: 'high' },
  );
  return client;
};

/** One thing that AWS did not do: a call, or a part of one. */
export const reportFailure = (
  service: string,
  operation: string,
  failure: ReturnType<typeof awsFailure> & { readonly milliseconds?: number },
): void => {
  log({ level: 'error', event: 'aws_failed', service, operation, ...failure });
  count(`${service}Failures`);
  if (isRefused(failure)) count('AwsRefusals');
};

/** AWS's names for 'not now'; every other 4xx stays until an engineer changes something. */
const isThrottle = (name: string): boolean => /throttl|throughput|limit|toomany|slow/i.test(name);

const isRefused = ({ status = 0, error = '' }: ReturnType<typeof awsFailure>): boolean =>
  status >= 400 && status < 500 && status !== 429 && !isThrottle(error);
