import { beforeAll, expect, it } from 'vitest';
import { type Stack, synthesized } from '../../support/synthesized.ts';

let stacks: Readonly<Record<string, Stack>> = {};
beforeAll(async () => {
  stacks = await synthesized();
});

/** What holds nothing and is known to nobody: a new name costs nothing. */
const replaceable = /^AWS::(CloudWatch|IAM)::/;

/** The names that a resource gives itself. */
const namesIn = (properties: Readonly<Record<string, unknown>>): string[] =>
  ['Name', 'EmailIdentity', 'ClientName', 'AuthorizerName', 'StageName']
    .map((property) => properties[property])
    .concat(Object.entries(properties).map(([key, value]) => (/\wName$/.test(key) ? value : '')))
    .filter((value): value is string => typeof value === 'string' && value !== '');

const stateful =
  /^AWS::(DynamoDB|Cognito|KMS|SQS|SNS|SES|Logs)::(?!.*(Policy|Destination|Subscription)$)/;

/** One line for each resource that is stateful or named: its logical id, its type and its name. */
const pinned = (stage: string, code: string): string[] => {
  const name = `portal-${stage}-${code}`;
  return [name, `${name}-mail`].flatMap((stack) => {
    const lines = Object.entries(stacks[stack]?.resources ?? {}).flatMap(
      ([logicalId, { Type, Properties = {} }]) => {
        const [own] = namesIn(Properties);
        return replaceable.test(Type) || !(own || stateful.test(Type))
          ? []
          : [`${logicalId} ${Type} ${own ?? ''}`.trim()];
      },
    );
    return [`${stack}:`, ...lines.sort()];
  });
};

it('keeps logical id, type and name of everything that is stateful or named', async () => {
  // A change here is a second, empty resource in place of the one in use. Mean it, then `vitest -u`.
  await expect(`${pinned('prod', 'nz').join('\n')}\n`).toMatchFileSnapshot('pinned-names.txt');
});

it('names the same in every region and stage', () => {
  const shape = (stage: string, code: string) =>
    pinned(stage, code).map((line) =>
      line
        .split(' ')
        .slice(0, 2)
        .join(' ')
        .replace(/^portal-\w+-\w+/, ''),
    );
  const expected = shape('prod', 'nz');
  for (const stage of ['dev', 'prod']) {
    for (const code of ['au', 'nz', 'us']) expect(shape(stage, code)).toEqual(expected);
  }
});
