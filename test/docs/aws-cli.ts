import * as z from 'zod/mini';

/**
 * The AWS CLI's commands, as it makes them from the model of a service: the SDK's clients hold the
 * same model. An operation is a command, each member of its input an option, both in kebab case.
 */
const clients: Readonly<Record<string, () => Promise<object>>> = {
  account: () => import('@aws-sdk/client-account'),
  acm: () => import('@aws-sdk/client-acm'),
  apigateway: () => import('@aws-sdk/client-api-gateway'),
  cloudformation: () => import('@aws-sdk/client-cloudformation'),
  cloudtrail: () => import('@aws-sdk/client-cloudtrail'),
  cloudwatch: () => import('@aws-sdk/client-cloudwatch'),
  'cognito-idp': () => import('@aws-sdk/client-cognito-identity-provider'),
  dynamodb: () => import('@aws-sdk/client-dynamodb'),
  events: () => import('@aws-sdk/client-eventbridge'),
  iam: () => import('@aws-sdk/client-iam'),
  lambda: () => import('@aws-sdk/client-lambda'),
  logs: () => import('@aws-sdk/client-cloudwatch-logs'),
  route53: () => import('@aws-sdk/client-route-53'),
  secretsmanager: () => import('@aws-sdk/client-secrets-manager'),
  ses: () => import('@aws-sdk/client-ses'),
  sesv2: () => import('@aws-sdk/client-sesv2'),
  'service-quotas': () => import('@aws-sdk/client-service-quotas'),
  sqs: () => import('@aws-sdk/client-sqs'),
  sts: () => import('@aws-sdk/client-sts'),
};

type Option = { readonly isFlag: boolean; readonly isRequired: boolean };
type Options = ReadonlyMap<string, Option>;

/** Global ones (AWS CLI User Guide, 'Command line options'), and those that every command has. */
const everywhere = new Map(
  Object.entries({
    '--region': false,
    '--query': false,
    '--output': false,
    '--profile': false,
    '--cli-binary-format': false,
    '--cli-input-json': false,
    '--max-items': false,
    '--no-cli-pager': true,
    '--no-paginate': true,
  }).map(([name, isFlag]) => [name, { isFlag, isRequired: false }]),
);

const valued: Option = { isFlag: false, isRequired: false };
/** What the CLI adds to the model (AWS CLI Command Reference, of each). */
const added: Readonly<Record<string, Options>> = {
  'logs tail': new Map([
    ['--since', valued],
    ['--filter-pattern', valued],
    ['--follow', { isFlag: true, isRequired: false }],
  ]),
  'sso login': new Map(),
};

/** Words of a name as botocore divides it (`xform_name`): `AllowedOAuthFlows` is four, `CallbackURLs` two. */
const kebab = (name: string): string =>
  name
    .replace(/[A-Z]{2,}s$/, (plural) => `-${plural.toLowerCase()}`)
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/-+/g, '-')
    .toLowerCase();

/** A structure of the model: names and types of its members, of which the first so many are required. */
const structure = z.tuple(
  [z.literal(3), z.string(), z.string(), z.unknown(), z.array(z.string()), z.array(z.unknown())],
  z.number(),
);
const operation = z.tuple(
  [z.literal(9), z.string(), z.string(), z.unknown(), z.unknown()],
  z.unknown(),
);
const booleanType = 2;

const lazily = (value: unknown): unknown => (typeof value === 'function' ? value() : value);

const inputOf = (command: unknown): Options => {
  const schema: unknown = Reflect.get(Reflect.construct(command as () => void, [{}]), 'schema');
  const read = z.safeParse(structure, lazily(z.parse(operation, schema)[4]));
  const options = new Map<string, Option>();
  if (!read.success) return options; // An operation that takes nothing.
  const [, , , , names, types, required = 0] = read.data;
  for (const [index, name] of names.entries()) {
    const isFlag = lazily(types[index]) === booleanType;
    options.set(`--${kebab(name)}`, { isFlag, isRequired: index < required });
    if (isFlag) options.set(`--no-${kebab(name)}`, { isFlag, isRequired: false });
  }
  return options;
};

/** Options of everything that looks: a waiter asks one of these, and the SDK does not say which. */
const lookingOptions = (members: readonly (readonly [string, unknown])[]): Options =>
  new Map(
    members
      .filter(([name]) => /^(Describe|Get|List)\w+Command$/.test(name))
      .flatMap(([, command]) => [...inputOf(command)])
      .map(([name, option]) => [name, { ...option, isRequired: false }]),
  );

/**
 * The options of a command.
 * @returns a sentence when the CLI has no such command
 */
export const optionsOf = async (
  service: string,
  name: string,
  waiter: string | undefined,
): Promise<Options | string> => {
  const own = added[`${service} ${name}`];
  if (own) return new Map([...own, ...everywhere]);
  const load = clients[service];
  if (!load) return `the CLI's model of '${service}' is not known here`;
  const members = Object.entries(await load());
  if (name === 'wait') {
    const isThere = members.some(
      ([one]) => one.startsWith('waitUntil') && kebab(one.slice(9)) === waiter,
    );
    return isThere
      ? new Map([...lookingOptions(members), ...everywhere])
      : `'aws ${service} wait' knows no '${waiter}'`;
  }
  const found = members.find(
    ([one]) => one.endsWith('Command') && kebab(one.slice(0, -7)) === name,
  );
  return found
    ? new Map([...inputOf(found[1]), ...everywhere])
    : `'aws ${service}' has no command '${name}'`;
};
