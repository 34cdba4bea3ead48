import * as z from 'zod/mini';
import { type Region, regionCodes } from './region.ts';

const name = z.string().check(z.minLength(1));
const json = z.pipe(
  z.string(),
  z.transform((text) => JSON.parse(text) as unknown),
);

/** A region as the stacks wrote it. They checked all of it, which would take 6 ms of every start. */
const region = z.custom<Region>(
  (value) => z.safeParse(z.object({ code: z.enum(regionCodes) }), value).success,
);

/**
 * Every environment variable a function can be given. The constructs that set them use these
 * names; each function reads those it needs, once, through `readEnvironment`.
 */
const variables = {
  /** The region's row and numbers, as JSON. */
  PORTAL_REGION: z.pipe(json, region),
  VERSION: name,
  TABLE_NAME: name,
  /** The AWS region of the table, for a function that runs elsewhere. */
  TABLE_REGION: name,
  USER_POOL_ID: name,
  USER_POOL_CLIENT_ID: name,
  EMAIL_REGION: name,
  /** SES configuration set of reset emails, and the one of all others. */
  RESET_CONFIGURATION_SET: name,
  CONFIGURATION_SET: name,
  EVENT_BUS_NAME: name,
  STAFF_ISSUER: name,
  STAFF_AUDIENCE: name,
  STAFF_KEYS_URL: name,
  STAFF_READ_SCOPE: name,
  STAFF_WRITE_SCOPE: name,
  STAFF_CLIENT_ID: name,
  /** How the staff console signs people in, and who may frame it, as JSON. */
  STAFF_CONSOLE: json,
  /** Where events are sent, and how long that is tried, as JSON. */
  WEBHOOK: json,
  /** What Secrets Manager calls the secret that signs them. */
  WEBHOOK_KEYS: name,
  /** The queue that they wait in. */
  WEBHOOK_QUEUE_URL: name,
} as const;

/** Whether this is Lambda, and not a test (AWS Lambda Developer Guide, 'Defined runtime environment variables'). */
export const isLambda = (
  from: Readonly<Record<string, string | undefined>> = process.env,
): boolean => from['AWS_LAMBDA_FUNCTION_NAME'] !== undefined;

export type VariableName = keyof typeof variables;
type Environment<Name extends VariableName> = { [N in Name]: z.output<(typeof variables)[N]> };

/**
 * Reads the named variables.
 * @throws Error naming the first variable that is missing or malformed.
 */
export const readEnvironment = <Name extends VariableName>(
  names: readonly Name[],
  from: Readonly<Record<string, string | undefined>> = process.env,
): Environment<Name> =>
  Object.fromEntries(
    names.map((variable) => {
      const read = z.safeParse(variables[variable], from[variable]);
      if (!read.success) throw new Error(`The environment variable ${variable} is not usable.`);
      return [variable, read.data];
    }),
  ) as Environment<Name>;
