import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Statement } from './roles.ts';

/** What IAM is asked: may this be done to all of these, under these circumstances? */
export type Question = {
  /** With its service: `dynamodb:PutItem`. */
  readonly action: string;
  readonly resources: readonly string[];
  /** Condition keys and their values. */
  readonly context: Readonly<Record<string, readonly string[]>>;
};

const accountIn = (statements: readonly Statement[]): string =>
  statements
    .flatMap(({ Resource }) => Resource)
    .map((resource) => resource.split(':')[4])
    .find((account) => account) ?? '000000000000';

/**
 * Whether a role allows an action on every resource that it touches, as IAM evaluates its policy
 * (IAM User Guide, 'Policy evaluation logic').
 * @throws Error for what is no request or no policy
 */
export const isAllowed = async (
  statements: readonly Statement[],
  { action, resources, context }: Question,
): Promise<boolean> => {
  const accountId = accountIn(statements);
  const contextVariables = Object.fromEntries(
    Object.entries(context).map(([key, values]) => [key, [...values]]),
  );
  for (const resource of resources) {
    const simulated = await runSimulation(
      {
        request: {
          principal: `arn:aws:sts::${accountId}:assumed-role/function/local`,
          action,
          resource: { resource, accountId },
          contextVariables,
        },
        identityPolicies: [
          { name: 'role', policy: { Version: '2012-10-17', Statement: statements } },
        ],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (simulated.resultType === 'error') throw new Error(JSON.stringify(simulated.errors));
    if (simulated.overallResult !== 'Allowed') return false;
  }
  return true;
};
